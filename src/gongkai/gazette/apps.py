"""Wiring of the gazette context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GazetteConfig(AppConfig):
    name = "gongkai.gazette"
    label = "gazette"
    verbose_name = _("政府公报")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.gazette import receivers  # noqa: PLC0415 - its tables are there once the apps are

        receivers.listen()
