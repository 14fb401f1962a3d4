"""Wiring of the readership context."""

import atexit

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadershipConfig(AppConfig):
    name = "gongkai.readership"
    label = "readership"
    verbose_name = _("阅读统计")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.readership import services  # noqa: PLC0415 - its tables are there once the apps are

        atexit.register(services.flush_quietly)
