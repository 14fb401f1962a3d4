"""Wiring of the accounts context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = _("用户与职责")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers, subjects  # noqa: PLC0415 - their tables are loaded after the applications

        receivers.connect()
        subjects.registered()
