"""Reports as lines of lists: who, which year, how many mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from gongkai.reports.enums import Form, Scope
from gongkai.reports.models import Report
from gongkai.reports.selectors.stored import published

_MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One published report in a list."""

    slug: str
    organ: str
    organ_code: str
    year: int
    form: str
    scope: str
    errors: int
    warnings: int
    notes: int
    checked: int
    new_received: int | None
    handled_total: int | None
    published_at: datetime

    @property
    def title(self) -> str:
        return f"{self.organ} {self.year} 年政府信息公开工作年度报告"

    @property
    def to_correct(self) -> int:
        """Errors and warnings: what the organ should look at."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class OrganRow:
    """One organ of the shelf and its reports, one for each year shown (or none)."""

    organ: str
    organ_code: str
    scope: str
    cells: tuple[tuple[int, ReportLine | None], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the shelf: organs down, years across."""

    years: tuple[int, ...]
    rows: tuple[OrganRow, ...]
    organs: int
    page: int
    pages: int


def line_of(report: Report) -> ReportLine:
    """The line of a stored report."""
    return ReportLine(
        slug=report.slug,
        organ=report.organ_name,
        organ_code=report.organ_code,
        year=report.year,
        form=Form(report.form).label,
        scope=Scope(report.scope).label,
        errors=report.errors,
        warnings=report.warnings,
        notes=report.notes,
        checked=report.checked,
        new_received=report.new_received,
        handled_total=report.handled_total,
        published_at=report.published_at,
    )


def latest_published(limit: int) -> list[ReportLine]:
    """The newest reports by report year, then by day of publication."""
    return [line_of(r) for r in published().order_by("-year", "-published_at", "organ_name")[:limit]]


def choices(words: str, *, chosen: Sequence[str], limit: int) -> list[ReportLine]:
    """Reports to choose from: those chosen first, then the newest whose organ's name or year holds the words."""
    found = published()
    for word in words.split():
        found = found.filter(year=int(word)) if _is_year(word) else found.filter(organ_name__icontains=word)
    kept = [line_of(r) for r in published().filter(slug__in=chosen)]
    others = found.exclude(slug__in=chosen).order_by("-year", "organ_name")[:limit]
    return [*kept, *(line_of(r) for r in others)]


def _is_year(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) == len("2026")


def for_organ(code: str) -> list[ReportLine]:
    """The reports of an organ of the directory, newest first."""
    return [line_of(r) for r in published().filter(organ_code=code).order_by("-year", "scope")]


def series(slug: str) -> list[ReportLine]:
    """The same organ's reports of the same scope, by year."""
    report = published().filter(slug=slug).first()
    if report is None:
        return []
    same = published().filter(organ_key=report.organ_key, scope=report.scope)
    return [line_of(r) for r in same.order_by("year")]


def shelf_counts() -> dict[str, int]:
    """How many reports and organs the shelf holds, how many comparisons were made and how many failed."""
    sums = Report.objects.aggregate(
        reports=Count("pk"), checked=Sum("checked"), errors=Sum("errors"), warnings=Sum("warnings")
    )
    organs = Report.objects.values("organ_key", "scope").distinct().count()
    return {"organs": organs, **{key: value or 0 for key, value in sums.items()}}


def shelf(*, words: str = "", year: int | None = None, page: int = 1, size: int = 40, most_years: int = 8) -> Shelf:
    """A page of the shelf for organs whose name holds ``words``; the years shown end with ``year`` or the newest.

    A page beyond the last gives the last. Four queries, however many reports there are.
    """
    found = Report.objects.all()
    if words:
        found = found.filter(organ_name__icontains=words)
    if year is not None:
        found = found.filter(year=year)
    groups = found.order_by().values("organ_key", "scope").annotate(newest=Count("pk"))
    total = groups.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    keys = list(groups.order_by("organ_key", "scope")[(page - 1) * size : page * size])
    shown = _years(found, most_years)
    reports = published().filter(organ_key__in={k["organ_key"] for k in keys}, year__in=shown)
    by_place = {(r.organ_key, r.scope, r.year): line_of(r) for r in reports}
    rows = tuple(_row(k["organ_key"], k["scope"], shown, by_place) for k in keys)
    return Shelf(shown, rows, total, page, pages)


def _years(found: QuerySet[Report], most: int) -> tuple[int, ...]:
    return tuple(found.order_by("-year").values_list("year", flat=True).distinct()[:most])


def _row(key: str, scope: str, years: tuple[int, ...], by_place: dict[tuple[str, str, int], ReportLine]) -> OrganRow:
    cells = tuple((year, by_place.get((key, scope, year))) for year in years)
    first = next((line for _, line in cells if line), None)
    return OrganRow(first.organ if first else key, first.organ_code if first else "", Scope(scope).label, cells)


def years() -> list[int]:
    """The report years on the shelf, newest first."""
    return list(Report.objects.order_by("-year").values_list("year", flat=True).distinct())


def for_words(text: str) -> list[ReportLine]:
    """Published reports of organs whose name holds the words; a year among the words narrows to it."""
    words = text.split()
    found = published().order_by("-year", "organ_name")
    for word in words:
        is_year = word.isdecimal() and len(word) == len("2025")
        found = found.filter(year=int(word)) if is_year else found.filter(organ_name__icontains=word)
    return [line_of(report) for report in found[:_MOST_FOUND]] if words else []
