"""Wiring of the disputes context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = _("行政复议与行政诉讼")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.disputes import flow, receivers  # noqa: PLC0415 - its table is there once the apps are
        from gongkai.workflow import services as workflow  # noqa: PLC0415

        workflow.bind(flow.binding())
        receivers.subscribe()
