"""The desk's first page, the search over what one may see, and the keys of the keyboard."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors as applications
from gongkai.catalogue.selectors import desk as library
from gongkai.deadlines import selectors as deadlines
from gongkai.organisations import selectors as organisations
from gongkai.reports import selectors as reports
from gongkai.ui.http import read_only
from gongkai.ui.paging import keys_first
from gongkai.workbench import keys
from gongkai.workbench.applications.shown import rows, soon
from gongkai.workbench.rendering import desk_page

from . import shown

MOST = 15


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done today: my tasks by their last day, how my organs stand, what kind of day tomorrow is."""
    standing, today, calendar = standing_of(request), timezone.localdate(), deadlines.calendar()
    if applications.only_observes(standing):
        return _watched(request)
    tasks = applications.tasks(standing)
    tallies = applications.tallies(standing, today=today, soon=soon(today))
    return desk_page(
        request,
        "workbench/home.html",
        title=shown.heading(tallies),
        today=today,
        tomorrow=shown.tomorrow(calendar, today + timedelta(days=1)),
        tiles=shown.tiles(tallies) if standing.organs_where(*applications.HANDLERS) else [],
        rows=rows(keys_first(tasks, 0, MOST), today=today),
        more=max(0, tasks.count() - MOST),
        items=library.tasks(standing)[:MOST],
        besides=shown.besides(standing),
    )


def _watched(request: HttpRequest) -> HttpResponse:
    """The first page of an observer: how the organs stand, and where the figures are; there is nothing to be done."""
    standing, today = standing_of(request), timezone.localdate()
    tallies = applications.tallies(standing, today=today, soon=soon(today))
    return desk_page(
        request,
        "workbench/watched.html",
        title=_("政务公开观察"),
        today=today,
        tiles=shown.watched(tallies),
        organs=organisations.by_codes(sorted(standing.organs_where(Role.OBSERVER))).values(),
    )


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Applications the person may see, and published reports, by words or by number."""
    text = request.GET.get("q", "").strip()[:100]
    standing, today = standing_of(request), timezone.localdate()
    found = keys_first(applications.found(standing, text), 0, MOST) if text else []
    return desk_page(
        request,
        "workbench/search.html",
        title=_("查找"),
        text=text,
        rows=rows(found, today=today),
        reports=reports.for_words(text)[:MOST] if text else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys of the keyboard, and the switch that turns them on or off (WCAG 2.1.4)."""
    if request.method == "POST":
        response = redirect("workbench:keys")
        keys.choose(response, on=request.POST.get("keys") == "on")
        return response
    return desk_page(request, "workbench/keys.html", title=_("键盘快捷键"), keys=keys.KEYS, on=keys.are_on(request))
