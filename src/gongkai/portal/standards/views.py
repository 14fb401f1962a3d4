"""标准目录：the areas, the rows of one area or of all, a catalogue as a workbook."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.portal import columns
from gongkai.standards import selectors
from gongkai.standards.enums import Carrier, Proof
from gongkai.standards.rules.areas import areas
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.rendering import page
from gongkai.ui.sheets import XLSX

from . import shown

PER_PAGE = 20
STEP = (columns.STANDARDS.name, "standards:overview")


@read_only
def overview(request: HttpRequest) -> HttpResponse:
    """Every area: how many organs have a catalogue there, and how the rows stand."""
    organ = request.GET.get("organ", "")[:60]
    found = selectors.overview(organ=organ)
    return page(
        request,
        "portal/standards/overview.html",
        column=columns.STANDARDS,
        crumbs=columns.trail((columns.STANDARDS.name, "")),
        tallies=[shown.tally(one) for one in found if one.organs or not organ],
        empty=[shown.name(one.area) for one in found if not one.organs],
        totals=shown.totals(found),
        organs=selectors.organs_of(""),
        organ=organ,
    )


@read_only
def rows(request: HttpRequest) -> HttpResponse:
    """Rows of every area, by what the address asks for."""
    return _rows(request, "")


@read_only
def area(request: HttpRequest, area: str) -> HttpResponse:
    """The rows of one area."""
    if area not in areas():
        raise Http404(_("没有这个领域的标准目录。"))
    return _rows(request, area)


@read_only
def workbook(request: HttpRequest, area: str, organ: str) -> HttpResponse:
    """A catalogue in the national form."""
    found = selectors.catalogue(area, organ) if area in areas() else None
    if found is None:
        raise Http404(_("这个机关没有这个领域的标准目录。"))
    headers = {"Content-Disposition": f'attachment; filename="{area}-{organ}.xlsx"'}
    return HttpResponse(selectors.workbook(found), content_type=XLSX, headers=headers)


def _rows(request: HttpRequest, area: str) -> HttpResponse:
    asked = selectors.Asked(
        area=area,
        **{name: request.GET.get(name, "").replace("\0", "")[:60] for name in ("organ", "carrier", "proof")},
        words=request.GET.get("q", "").replace("\0", "").strip()[:60],
    )
    found = Paginator(selectors.rows(asked), PER_PAGE).get_page(request.GET.get("page"))
    title = shown.name(areas()[area]) if area else _("全部事项")
    return page(
        request,
        "portal/standards/rows.html",
        column=columns.STANDARDS,
        crumbs=columns.trail(STEP, (title, "")),
        title=title,
        area=area,
        asked=asked,
        count=found.paginator.count,
        lines=[shown.line(row) for row in found],
        catalogues=selectors.catalogues(organ=asked.organ).filter(area=area) if area else [],
        organs=selectors.organs_of(area),
        carriers=[(one.value, one.label) for one in Carrier],
        proofs=[(one.value, one.label) for one in Proof],
        page_links=page_links(request, found),
    )
