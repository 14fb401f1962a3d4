"""Reports for download: figures as rows, one report as an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.reports.codec import from_data
from gongkai.reports.machine import report_object, tables_object
from gongkai.reports.models import Report, ReportFinding
from gongkai.reports.selectors.stored import by_slug

FIGURE_HEAD = ("organ", "organ_code", "scope", "year", "form", "table", "row", "column", "value")


def figure_rows(slug: str = "") -> Iterator[tuple[Any, ...]]:
    """Every cell of one report, or of all: organ, code, scope, year, form, table, row, column, value (or nothing).

    Rows come as they are read from the database, so an export of any size takes little memory.
    """
    found = Report.objects.order_by("organ_key", "scope", "year").defer("source")
    if slug:
        found = found.filter(slug=slug)
    yield FIGURE_HEAD
    for report in found.iterator(chunk_size=50):
        start = (report.organ_name, report.organ_code, report.scope, report.year, report.form)
        for table, rows in tables_object(from_data(report.reading)).items():
            for row, cells in rows.items():
                for column, value in cells.items():
                    yield (*start, table, row, column, value)


def record_of(slug: str) -> dict[str, Any] | None:
    """One report as the machine-readable object of ``gongkai report audit --json``."""
    report = by_slug(slug)
    if report is None:
        return None
    record = report_object(report.figures, [], report.source.name if report.source else report.source_note)
    record["relations"] = [_relation(f) for f in ReportFinding.objects.filter(report=report)]
    return record


def _relation(finding: ReportFinding) -> dict[str, Any]:
    place = {"start": finding.start, "end": finding.end} if finding.start is not None else None
    return {
        "relation": finding.relation,
        "where": finding.where,
        "left": _side(finding.left),
        "right": _side(finding.right),
        "holds": finding.holds,
        "severity": finding.severity or None,
        "text": finding.text,
        "cause": finding.cause or None,
        "source": place,
    }


def _side(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if text.lstrip("-").isdigit() else text
