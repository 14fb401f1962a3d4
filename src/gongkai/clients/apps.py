"""Wiring of the clients context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "gongkai.clients"
    label = "clients"
    verbose_name = _("接口客户端")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.applications import selectors as applications  # noqa: PLC0415 - tables are there once the apps are
        from gongkai.clients import forgetting, receivers  # noqa: PLC0415 - as above

        receivers.subscribe()
        applications.register_retention("clients", erase=forgetting.forget)
