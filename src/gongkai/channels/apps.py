"""Wiring of the channels context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "gongkai.channels"
    label = "channels"
    verbose_name = _("发布渠道")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.channels import checks, receivers  # noqa: F401, PLC0415 - its tables are there once the apps are

        receivers.listen()
