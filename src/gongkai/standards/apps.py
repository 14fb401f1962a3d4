"""Wiring of the standards context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "gongkai.standards"
    label = "standards"
    verbose_name = _("标准目录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.standards import receivers  # noqa: PLC0415 - its tables are there once the apps are

        receivers.listen()
