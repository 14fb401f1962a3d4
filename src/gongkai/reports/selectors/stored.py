"""Rows of the tables, for this context's own use."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.organisations.selectors import find_by_name
from gongkai.reports.models import Report, SourceText
from gongkai.reports.reading.model import Reading
from gongkai.reports.reading.segments import organ_key

_HEAVY = ("reading", "source")


def published() -> QuerySet[Report]:
    """All published reports for lists: without their figures."""
    return Report.objects.defer(*_HEAVY)


def by_slug(slug: str) -> Report | None:
    """One report with its figures; its source text is not loaded."""
    return Report.objects.select_related("source").defer("source__text").filter(slug=slug).first()


def exists(slug: str) -> bool:
    """Whether a report is published at that address."""
    return Report.objects.filter(slug=slug).exists()


def source_text(report: Report) -> str:
    """The kept text of the report's source, or nothing when only figures are held."""
    if report.source_id is None:
        return ""
    return SourceText.objects.values_list("text", flat=True).get(pk=report.source_id)


def known_digests(digests: Iterable[str]) -> set[str]:
    """Those of the files that have been read in before."""
    return set(SourceText.objects.filter(digest__in=list(digests)).values_list("digest", flat=True))


def key_of(name: str) -> str:
    """What an organ's reports are kept under: its name in the directory, however the report prints it."""
    organ = find_by_name(name)
    return organ_key(organ.name if organ else name)[:100]


def standing(reading: Reading) -> Report | None:
    """The published report of the same organ, scope and year, if there is one."""
    if reading.year is None:
        return None
    return Report.objects.filter(organ_key=key_of(reading.organ), scope=reading.scope.value, year=reading.year).first()


def year_before(report: Report) -> Report | None:
    """Last year's report of the same organ and scope."""
    return Report.objects.filter(organ_key=report.organ_key, scope=report.scope, year=report.year - 1).first()


def year_after(report: Report) -> Report | None:
    """Next year's report of the same organ and scope."""
    return Report.objects.filter(organ_key=report.organ_key, scope=report.scope, year=report.year + 1).first()
