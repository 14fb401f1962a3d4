"""Wiring of the catalogue context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = _("公文库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.catalogue import checks, filing, flow, receivers  # noqa: F401, PLC0415 - its tables are there once the apps are
        from gongkai.workflow import services as workflow  # noqa: PLC0415

        workflow.bind(flow.binding())
        filing.registered()
        receivers.subscribe()
