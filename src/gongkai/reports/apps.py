"""Wiring of this context."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports: read, checked, published."""

    name = "gongkai.reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from gongkai.files import selectors as files  # noqa: PLC0415 - tables are there once the apps are
        from gongkai.reports import filing, searching  # noqa: PLC0415
        from gongkai.search import services as search  # noqa: PLC0415
        from gongkai.workflow import services as workflow  # noqa: PLC0415

        workflow.bind(filing.binding())
        files.register_owner(filing.OWNER, filing.may_read)
        search.register(searching.NAME, searching.ReportSource(), searching.labels)
