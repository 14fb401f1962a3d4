"""What is read and looked for, between two days: by item, organ and word; nothing of who reads."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications.selectors import suggestion_figures
from gongkai.readership import selectors
from gongkai.ui.http import read_only
from gongkai.ui.sheets import CSV, csv_file
from gongkai.workbench.rendering import desk_page

from . import shown

MOST = 20
USUAL = timedelta(days=29)


@read_only
def overview(request: HttpRequest) -> HttpResponse:
    """The totals, the items and organs that are read most, the words that are asked for most and in vain, the years."""
    since, until = _days(request)
    items = shown.items(since, until)
    return desk_page(
        request,
        "workbench/readership/overview.html",
        title=_("阅读与搜索统计"),
        since=since,
        until=until,
        total=selectors.total(since, until),
        items=items[:MOST],
        organs=shown.organs(items)[:MOST],
        terms=selectors.terms(since, until, most=MOST),
        vain=selectors.terms(since, until, empty=True, most=MOST),
        years=selectors.years(),
        suggested=suggestion_figures(since, until),
    )


@read_only
def figures(request: HttpRequest) -> HttpResponse:
    """The same as a table, with every item and word."""
    since, until = _days(request)
    headers = {"Content-Disposition": f'attachment; filename="readership-{since}-{until}.csv"'}
    return HttpResponse(csv_file(shown.table(since, until)), content_type=CSV, headers=headers)


def _days(request: HttpRequest) -> tuple[date, date]:
    """The two days that are asked for; where one is none, the last thirty days."""
    today = timezone.localdate()
    try:
        since, until = (date.fromisoformat(request.GET[name]) for name in ("since", "until"))
    except (KeyError, ValueError):
        return today - USUAL, today
    return min(since, until), max(since, until)
