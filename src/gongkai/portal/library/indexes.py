"""信息公开索引 and 公开属性动态调整: what there is, in a line each, and what changed its class."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item, listing, watching
from gongkai.organisations import selectors as organisations
from gongkai.portal import columns
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.rendering import page
from gongkai.ui.sheets import XLSX, safe_cell, xlsx_file

from .exports import Echo, asked

PER_PAGE = 50
MOST = 20_000  # rows of a workbook
STEP = (columns.DISCLOSURE.name, "portal:disclosure")
HEAD = ("索引号", "名称", "内容概述", "主题分类", "发布机关", "生成日期", "公开日期")  # art. 12, and where it is


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """Art. 12: index number, name, summary, day, of everything public; by words, organ, theme and year."""
    found = _ordered(asked(request))
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    what = listing.asked({name: request.GET.getlist(name) for name in listing.FACETS}, request.GET.get("q", ""))
    return page(
        request,
        "portal/library/index.html",
        column=columns.INDEX,
        crumbs=columns.trail(STEP, (columns.INDEX.name, "")),
        rows=[(item, declared.themes().get(item.theme, item.theme)) for item in shown],
        count=shown.paginator.count,
        words=what.words,
        chosen={name: (what.chosen[name] or ("",))[0] for name in ("organ", "theme", "year")},
        organs=organisations.organs(),
        themes=declared.themes().items(),
        years=[one.value for one in listing.options_of(what, "year")],
        parameters=request.GET.urlencode(),
        page_links=page_links(request, shown),
    )


@read_only
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the index shows, whole, as a stream."""
    response = StreamingHttpResponse(_csv(_ordered(asked(request))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="index.csv"'
    return response


@read_only
def index_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook; one that does not hold everything says so in its last line."""
    found = _ordered(asked(request))
    lines: list[tuple[Any, ...]] = [HEAD, *(_line(item) for item in found[:MOST])]
    if len(lines) > MOST and (count := found.count()) > MOST:
        told = _("以上是前 %(most)d 条，共 %(count)d 条。全部条目请下载 CSV。") % {"most": MOST, "count": count}
        lines.append(("", told, *("" for _name in HEAD[2:])))
    response = HttpResponse(xlsx_file(lines, title=_("信息公开索引")), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="index.xlsx"'
    return response


@read_only
def class_changes(request: HttpRequest) -> HttpResponse:
    """Art. 18: each change of class with its reason; what is not public is told by its title, and shown to nobody."""
    shown = Paginator(watching.class_changes(), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "portal/library/class_changes.html",
        column=columns.CLASS_CHANGES,
        crumbs=columns.trail(STEP, (columns.CLASS_CHANGES.name, "")),
        changes=shown,
        page_links=page_links(request, shown),
    )


def _ordered(found: QuerySet[Item]) -> QuerySet[Item]:
    return found.select_related("organ").defer("body", "anchors").order_by("-published_on", "-pk")


def _line(item: Item) -> tuple[Any, ...]:
    day = item.signed_on or item.published_on
    theme = declared.themes().get(item.theme, item.theme)
    days = (day.isoformat() if day else "", item.published_on.isoformat() if item.published_on else "")
    return (item.index_number, item.title, item.summary, theme, item.organ.name, *days)


def _csv(found: QuerySet[Item]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"
    yield str(writer.writerow(HEAD))
    for item in found.iterator(chunk_size=2000):
        yield str(writer.writerow([safe_cell(one) for one in _line(item)]))
