"""The one place where these pages ask for annual reports, as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.reports import selectors
from gongkai.reports.models import Report
from gongkai.ui.navigation import address_of

SHELF = "reports:shelf"
REPORT = "reports:report"


@dataclass(frozen=True)
class ReportLine:
    """年度报告的一行：which report, and how many of its figures do not agree."""

    organ: str
    year: int
    title: str
    url: str
    findings: int
    checked: int


def latest_reports(limit: int) -> list[ReportLine]:
    """The newest published annual reports."""
    return _lines(selectors.latest_published(limit)) if _can_be_opened() else []


def reports_of(code: str) -> list[ReportLine]:
    """The published annual reports of one organ, newest first."""
    return _lines(selectors.for_organ(code)) if _can_be_opened() else []


def _can_be_opened() -> bool:
    return address_of(SHELF) is not None


def _lines(reports: Iterable[Report]) -> list[ReportLine]:
    shelf = address_of(SHELF) or ""
    return [
        ReportLine(
            organ=report.organ_name,
            year=report.year,
            title=report.title or f"{report.organ_name} {report.year} 年政府信息公开工作年度报告",
            url=address_of(REPORT, report.slug) or shelf,
            findings=report.errors,
            checked=report.checked,
        )
        for report in reports
    ]
