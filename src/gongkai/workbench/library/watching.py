"""What must be looked at: clocks, evaluations, classes, cleaning, and the rate of disclosure."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.permissions import standing_of
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item, figures, watching
from gongkai.ui.http import read_only
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
    return desk_page(
        request,
        "workbench/library/watch.html",
        title=_("期限与清理"),
        clocks=watching.clocks(organs, today=today)[:MOST],
        lists=_lists(organs, today),
        twins=watching.redundant(organs)[:MOST],
        rates=figures.rates(organs, year),
        by_kind=[(declared.kinds()[kind].label, rate) for kind, rate in figures.by_kind(organs, year).items()],
        year=year,
        years=range(today.year, today.year - 9, -1),
    )


def _lists(organs: frozenset[str], today: Any) -> list[tuple[str, str, list[tuple[Item, Any]]]]:
    """(name, heading, [(item, its day)]) of each list."""
    return [
        (
            "evaluate",
            _("有效期将满，应当评估"),
            [(one, one.last_day) for one in watching.to_evaluate(organs, today=today)[:MOST]],
        ),
        (
            "reassess",
            _("不公开的，应当评估审查"),
            [(one, one.reassess_on) for one in watching.to_reassess(organs, today=today)[:MOST]],
        ),
        ("ended", _("已废止或者失效，可以归档"), [(one, one.validity_since) for one in watching.ended(organs)[:MOST]]),
        (
            "outdated",
            _("过时的通知公告，可以归档"),
            [(one, one.published_on) for one in watching.outdated(organs, today=today)[:MOST]],
        ),
    ]
