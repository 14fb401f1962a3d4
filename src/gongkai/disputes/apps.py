"""Wiring of the disputes context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = _("行政复议与行政诉讼")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.applications import selectors as applications  # noqa: PLC0415 - tables are there once the apps are
        from gongkai.disputes import flow, receivers, retention, selectors  # noqa: PLC0415 - as above
        from gongkai.workflow import services as workflow  # noqa: PLC0415 - as above

        workflow.bind(flow.binding())
        receivers.subscribe()
        applications.register_evidence("disputes", selectors.as_evidence)
        applications.register_retention("disputes", holds=retention.holds, erase=retention.forget)
