"""The one place where the other pages of the portal ask for annual reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.reports import selectors


@dataclass(frozen=True)
class ReportLine:
    """One annual report in a list: where it is, and how many findings wait for correction."""

    title: str
    url: str
    year: int
    organ: str
    findings: int


def latest_reports(limit: int) -> list[ReportLine]:
    """The newest published annual reports."""
    return [_line(line) for line in selectors.latest_published(limit)]


def reports_of(code: str) -> list[ReportLine]:
    """The published annual reports of one organ, newest first."""
    return [_line(line) for line in selectors.for_organ(code)]


def _line(line: selectors.ReportLine) -> ReportLine:
    return ReportLine(line.title, reverse("reports:report", args=[line.slug]), line.year, line.organ, line.to_correct)
