"""Wiring of the house rules context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseRulesConfig(AppConfig):
    name = "gongkai.house_rules"
    label = "house_rules"
    verbose_name = _("本机关的规定")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import receivers  # noqa: PLC0415 - its tables are loaded after the applications

        receivers.connect()
