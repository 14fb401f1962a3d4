"""Wiring of the notifications context."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Checks the templates when the program starts, and listens to what happened below."""

    name = "gongkai.notifications"
    label = "notifications"
    verbose_name = _("通知")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.notifications import checks, receivers, subjects  # noqa: F401, PLC0415 - tables are loaded by now

        subjects.registered()
