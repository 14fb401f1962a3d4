"""Reads of this context: the shelf, one report, series over years, comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet

from gongkai.reports.reading.model import Reading
from gongkai.reports.reading.segments import organ_key

from .models import Report, ReportFinding, SourceText

_HEAVY = ("reading", "source")


def published() -> QuerySet[Report]:
    """All published reports for lists: without their figures."""
    return Report.objects.defer(*_HEAVY)


def latest_published(limit: int) -> list[Report]:
    """The newest reports by report year, then by day of publication."""
    return list(published().order_by("-year", "-published_at", "organ_name")[:limit])


def on_shelf(*, organ: str = "", year: int | None = None, words: str = "") -> QuerySet[Report]:
    """Reports by organ (code or name), year and words in the organ's name."""
    found = published()
    if organ:
        found = found.filter(organ_key=organ)
    if year is not None:
        found = found.filter(year=year)
    if words.strip():
        found = found.filter(organ_name__icontains=words.strip())
    return found.order_by("-year", "organ_name", "scope")


def years() -> list[int]:
    """The report years on the shelf, newest first."""
    return list(Report.objects.order_by("-year").values_list("year", flat=True).distinct())


def organs() -> list[tuple[str, str]]:
    """The organs on the shelf: key and name as last printed."""
    rows = Report.objects.order_by("year").values_list("organ_key", "organ_name")
    return sorted(dict(rows).items(), key=lambda pair: pair[1])


def by_slug(slug: str) -> Report | None:
    """One report with its figures; its source text is not loaded."""
    return Report.objects.select_related("source").defer("source__text").filter(slug=slug).first()


def by_slugs(slugs: Sequence[str]) -> list[Report]:
    """Several reports with their figures, in the order asked for; unknown ones are left out."""
    found = {r.slug: r for r in Report.objects.filter(slug__in=slugs).defer("source")}
    return [found[s] for s in dict.fromkeys(slugs) if s in found]


def findings_of(report: Report) -> list[ReportFinding]:
    """Every comparison of a report in the order of the checks."""
    return list(ReportFinding.objects.filter(report=report))


def series(report: Report) -> list[Report]:
    """The same organ's reports of the same scope by year, without their figures."""
    return list(published().filter(organ_key=report.organ_key, scope=report.scope).order_by("year"))


def for_organ(code: str) -> list[Report]:
    """The reports of an organ of the directory, newest first."""
    return list(published().filter(organ_code=code).order_by("-year", "scope"))


def source_text(report: Report) -> str:
    """The kept text of the report's source, or nothing when only figures are held."""
    if report.source_id is None:
        return ""
    return SourceText.objects.values_list("text", flat=True).get(pk=report.source_id)


def known_digests(digests: Iterable[str]) -> set[str]:
    """Those of the files that have been read in before."""
    return set(SourceText.objects.filter(digest__in=list(digests)).values_list("digest", flat=True))


def standing(reading: Reading) -> Report | None:
    """The published report of the same organ, scope and year, if there is one."""
    return Report.objects.filter(
        organ_key=organ_key(reading.organ), scope=reading.scope.value, year=reading.year
    ).first()


def year_before(report: Report) -> Report | None:
    """Last year's report of the same organ and scope."""
    return Report.objects.filter(organ_key=report.organ_key, scope=report.scope, year=report.year - 1).first()


def year_after(report: Report) -> Report | None:
    """Next year's report of the same organ and scope."""
    return Report.objects.filter(organ_key=report.organ_key, scope=report.scope, year=report.year + 1).first()


def gravest_first(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The same reports, those with most errors first."""
    return reports.order_by(F("errors").desc(), F("warnings").desc(), "-year", "organ_name")
