"""Wiring of the promotions context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "gongkai.promotions"
    label = "promotions"
    verbose_name = _("转主动公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.promotions import flow, receivers  # noqa: PLC0415 - its table is there once the apps are
        from gongkai.workflow import services as workflow  # noqa: PLC0415

        workflow.bind(flow.binding())
        workflow.bind(flow.compilation_binding())
        receivers.listen()
