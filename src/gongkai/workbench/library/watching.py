"""What must be looked at: clocks, evaluations, classes, cleaning, and the rate of disclosure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.permissions import standing_of
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item, figures, watching
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page

MOST = 50


@read_only
def watch(request: HttpRequest) -> HttpResponse:
    """Every list of the organs for which the reader watches, the nearest day first; the rates of the year."""
    organs, today = watching.own(standing_of(request)), timezone.localdate()
    chosen = request.GET.get("year", "")
    year = (
        int(chosen) if chosen.isascii() and chosen.isdigit() and 2008 <= int(chosen[:4]) <= today.year else today.year
    )
    lists = _lists(request, organs, today)
    whole = lists[0] if len(lists) == 1 else None
    return desk_page(
        request,
        "workbench/library/watch.html",
        title=whole.heading if whole else _("期限与清理"),
        lists=lists,
        whole=whole,
        page_links=page_links(request, whole.shown) if whole else None,
        rates=None if whole else figures.rates(organs, year),
        by_kind=[] if whole else _by_kind(organs, year),
        year=year,
        years=range(today.year, today.year - 9, -1),
    )


@dataclass(frozen=True)
class Watchlist:
    """One list: its rows, of which one page is shown; `day` names the field that the row is looked at for."""

    name: str
    heading: str
    shown: Page[Any]
    day: str = ""

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """(row, its day)."""
        return [(row, getattr(row, self.day) if self.day else None) for row in self.shown]


def _lists(request: HttpRequest, organs: frozenset[str], today: date) -> list[Watchlist]:
    """Every list at its first page; or the one that is asked for alone, at the page asked for."""
    made: dict[str, tuple[str, Callable[[], Sequence[Any] | QuerySet[Item]], str]] = {
        "clocks": (_("公开时限"), lambda: watching.clocks(organs, today=today), ""),
        "evaluate": (_("有效期将满，应当评估"), lambda: watching.to_evaluate(organs, today=today), "last_day"),
        "reassess": (_("不公开的，应当评估审查"), lambda: watching.to_reassess(organs, today=today), "reassess_on"),
        "ended": (_("已废止或者失效，可以归档"), lambda: watching.ended(organs), "validity_since"),
        "outdated": (_("过时的通知公告，可以归档"), lambda: watching.outdated(organs, today=today), "published_on"),
        "twins": (_("重复发布的"), lambda: watching.redundant(organs), ""),
    }
    chosen = request.GET.get("list", "")
    asked, number = ([chosen], request.GET.get("page")) if chosen in made else (list(made), 1)
    shown = ((name, *made[name]) for name in asked)
    return [
        Watchlist(name, heading, Paginator(rows(), MOST).get_page(number), day) for name, heading, rows, day in shown
    ]


def _by_kind(organs: frozenset[str], year: int) -> list[tuple[str, figures.Rate]]:
    kinds = declared.kinds()
    return [(kinds[kind].label, rate) for kind, rate in figures.by_kind(organs, year).items()]
