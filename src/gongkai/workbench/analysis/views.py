"""The analysis of a year's applications. Nothing is written; what is shown is what the reader may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors
from gongkai.applications.rules import analysis
from gongkai.applications.rules.analysis import By, Measure
from gongkai.deadlines import selectors as deadlines
from gongkai.organisations import selectors as organisations
from gongkai.ui import sheets
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.applications.shown import rows
from gongkai.workbench.rendering import desk_page

from . import shown

PER_PAGE = 25
FIRST_YEAR = 2008
READERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)
FILES = {"csv": sheets.CSV, "xlsx": sheets.XLSX}


@read_only
def page(request: HttpRequest) -> HttpResponse:
    """A year's figures: tables, charts, files."""
    chosen, today, calendar = _chosen(request), timezone.localdate(), deadlines.calendar()
    cases = selectors.counted(standing_of(request), year=chosen.year, organ=chosen.organ)
    found = shown.tables(cases, chosen, calendar=calendar, today=today)
    return desk_page(
        request,
        "workbench/analysis/page.html",
        title=_("%(year)s 年申请的统计分析") % {"year": chosen.year},
        chosen=chosen,
        tiles=shown.tiles(cases, chosen, calendar=calendar, today=today),
        tables=shown.linked(found, chosen),
        measures=list(Measure),
        years=range(today.year, today.year - 6, -1),
    )


@read_only
def cases(request: HttpRequest) -> HttpResponse:
    """The cases behind one figure, page by page."""
    chosen, today = _chosen(request), timezone.localdate()
    by, key = request.GET.get("by", ""), request.GET.get("key", "")[:60]
    measure = request.GET.get("of", Measure.RECEIVED.value)
    if (by and by not in set(By)) or measure not in set(Measure):
        raise Http404(_("没有这个数字。"))
    found = selectors.analysed(standing_of(request), year=chosen.year, organ=chosen.organ)
    picked = analysis.chosen(found, by=By(by) if by else None, key=key, measure=Measure(measure), today=today)
    label = analysis.labels(By(by), chosen.organs, chosen.year).get(key, key) if by else _("全部")
    pages = Paginator(sorted(picked, key=lambda case: (case.received_on, case.pk)), PER_PAGE)
    part = pages.get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/analysis/cases.html",
        title=_("%(label)s，%(measure)s：%(n)d 件")
        % {"label": _(label), "measure": _(Measure(measure).label), "n": len(picked)},
        rows=rows(selectors.these(standing_of(request), [case.pk for case in part]), today=today),
        page_links=page_links(request, part),
        chosen=chosen,
    )


@read_only
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same figures for a spreadsheet."""
    if kind not in FILES:
        raise Http404(_("没有这种格式。请用 csv 或者 xlsx。"))
    chosen, today, calendar = _chosen(request), timezone.localdate(), deadlines.calendar()
    found = selectors.counted(standing_of(request), year=chosen.year, organ=chosen.organ)
    tables = shown.tables(found, chosen, calendar=calendar, today=today)
    lines = analysis.plain_rows((by.label, lines) for by, lines in tables)
    content = sheets.csv_file(lines) if kind == "csv" else sheets.xlsx_file(lines, title=f"{chosen.year}")
    response = HttpResponse(content, content_type=FILES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="applications-{chosen.year}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest) -> shown.Chosen:
    """The year and the organ of the address; this year and all organs where it says nothing that can be."""
    today, year = timezone.localdate(), request.GET.get("year", "")
    plain = int(year) if year.isascii() and year.isdigit() and len(year) == len("2025") else today.year
    opened, observed = standing_of(request).organs_where(*READERS), standing_of(request).organs_where(Role.OBSERVER)
    codes = opened | observed
    organs = {code: organ.short_name for code, organ in organisations.by_codes(sorted(codes)).items()}
    organ = request.GET.get("organ", "")
    organ = organ if organ in organs else ""
    return shown.Chosen(
        plain if FIRST_YEAR <= plain <= today.year else today.year,
        organ,
        organs,
        opens={organ} <= opened if organ else codes <= opened,
    )
