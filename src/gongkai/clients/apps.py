"""Wiring of the clients context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "gongkai.clients"
    label = "clients"
    verbose_name = _("接口客户端")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.clients import receivers  # noqa: PLC0415 - its tables are there once the apps are

        receivers.subscribe()
