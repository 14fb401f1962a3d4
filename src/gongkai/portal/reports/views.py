"""政府信息公开年报：pages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.portal import columns
from gongkai.reports import selectors
from gongkai.ui.http import read_only
from gongkai.ui.meta import Article, Column, ColumnType
from gongkai.ui.rendering import page

from .charts import compared_charts, series_chart
from .words import RELATIONS

SHELF = Column(
    gettext_lazy("政府信息公开年报"),
    gettext_lazy("各机关历年政府信息公开工作年度报告，数字可下载，勾稽关系逐项核对。"),
    gettext_lazy("年度报告,政府信息公开,勾稽关系"),
    ColumnType.REPORT,
)
_LONGEST_WORDS = 60
_SIZE = 40


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_WORDS]


@read_only
def shelf(request: HttpRequest) -> HttpResponse:
    """Organs down, years across; filtered by name and year, paged."""
    words = _words(request)
    year = _number(request.GET.get("year"))
    found = selectors.shelf(words=words, year=year, page=_number(request.GET.get("page")) or 1, size=_SIZE)
    paginator = Paginator(range(found.organs), _SIZE)
    return page(
        request,
        "portal/reports/shelf.html",
        column=SHELF,
        crumbs=columns.trail((columns.DISCLOSURE.name, "portal:disclosure"), (SHELF.name, "")),
        shelf=found,
        words=words,
        year=year,
        counts=selectors.shelf_counts(),
        all_years=selectors.years(),
        page_links=_links(request, found.page, list(paginator.get_elided_page_range(found.page))),
    )


def _links(request: HttpRequest, current: int, numbers: list[int | str]) -> dict[str, object] | None:
    """What the pagination partial needs; nothing when there is one page."""
    if len(numbers) < 2:
        return None

    def address(n: int) -> str:
        query = request.GET.copy()
        query["page"] = str(n)
        return f"?{query.urlencode()}"

    last = max(n for n in numbers if isinstance(n, int))
    return {
        "previous": address(current - 1) if current > 1 else "",
        "next": address(current + 1) if current < last else "",
        "numbers": [(n, address(n) if isinstance(n, int) and n != current else "") for n in numbers],
    }


@read_only
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: tables, findings beside their sentence, claims, the years before."""
    found = selectors.page_of(slug)
    if found is None:
        raise Http404(_("没有这份年度报告。"))
    line = found.line
    years = selectors.series(slug)
    return page(
        request,
        "portal/reports/report.html",
        column=SHELF,
        article=_article(line),
        crumbs=columns.trail(
            (columns.DISCLOSURE.name, "portal:disclosure"),
            (SHELF.name, "reports:shelf"),
            (_("%(year)s 年报告") % {"year": line.year}, ""),
        ),
        report=found,
        tiles=_tiles(found),
        series=years,
        chart=series_chart(years, line),
        compare_query="&".join(f"r={y.slug}" for y in years),
    )


def _article(line: selectors.ReportLine) -> Article:
    return Article(
        title=line.title,
        published=line.published_at,
        source=line.organ,
        keywords=f"{line.organ},{line.year},政府信息公开工作年度报告",
        description=line.title,
    )


def _tiles(found: selectors.ReportPage) -> list[dict[str, object]]:
    names = {
        "new_received": _("本年新收"),
        "carried_in": _("上年结转"),
        "handled_total": _("已答复"),
        "carried_over": _("结转下年"),
    }
    tiles: list[dict[str, object]] = [
        {"label": names[key], "value": f"{value:,}", "unit": _("件")}
        for key, value in found.main.items()
        if value is not None
    ]
    line = found.line
    held = line.checked - line.errors - line.warnings - line.notes
    tiles.append({"label": _("核对相符"), "value": held, "unit": f"/ {line.checked}", "url": "#held"})
    tiles.append(
        {
            "label": _("待更正或说明"),
            "value": line.to_correct,
            "unit": _("处"),
            "alert": line.to_correct > 0,
            "url": "#check",
        }
    )
    return tiles


@read_only
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The kept text of a report, its findings marked in their places."""
    found = selectors.text_parts(slug)
    if found is None:
        raise Http404(_("这份报告只收录了数字，没有保存原文。"))
    line, parts = found
    return page(
        request,
        "portal/reports/text.html",
        column=SHELF,
        article=_article(line),
        crumbs=columns.trail(
            (columns.DISCLOSURE.name, "portal:disclosure"), (SHELF.name, "reports:shelf"), (_("原文"), "")
        ),
        line=line,
        parts=parts,
    )


@read_only
def compare(request: HttpRequest) -> HttpResponse:
    """Reports side by side; without a choice, the list to choose from."""
    chosen = [slug[:90].replace("\0", "") for slug in request.GET.getlist("r")][:50]
    found = selectors.compare(chosen)
    enough = len(found.lines) > 1
    slugs = [line.slug for line in found.lines]
    return page(
        request,
        "portal/reports/compare.html",
        column=SHELF,
        crumbs=columns.trail(
            (columns.DISCLOSURE.name, "portal:disclosure"), (SHELF.name, "reports:shelf"), (_("比较"), "")
        ),
        comparison=found if enough else None,
        charts=compared_charts(found) if enough else [],
        chosen=slugs,
        asked=bool(chosen) and "find" not in request.GET,
        words=_words(request),
        choices=selectors.choices(_words(request), chosen=slugs, limit=_SIZE),
        most=selectors.MOST_COMPARED,
    )


@read_only
def method(request: HttpRequest) -> HttpResponse:
    """How the reports are read and checked."""
    return page(
        request,
        "portal/reports/method.html",
        column=SHELF,
        crumbs=columns.trail(
            (columns.DISCLOSURE.name, "portal:disclosure"), (SHELF.name, "reports:shelf"), (_("怎样核对"), "")
        ),
        relations=RELATIONS,
    )
