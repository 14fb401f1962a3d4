"""Wiring of the deadlines context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "gongkai.deadlines"
    label = "deadlines"
    verbose_name = _("期限")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.deadlines import receivers  # noqa: PLC0415 - tables are there once the apps are

        receivers.subscribe()
