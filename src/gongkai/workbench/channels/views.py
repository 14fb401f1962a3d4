"""How often each channel told something: by channel, organ and time; every figure opens its rows, both as CSV."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.channels import selectors
from gongkai.channels.rules import declared
from gongkai.organisations import selectors as organisations
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.sheets import CSV, csv_file
from gongkai.workbench import periods
from gongkai.workbench.rendering import desk_page

from . import shown

PER_PAGE = 50


@read_only
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of a year or quarter."""
    today = timezone.localdate()
    what = shown.chosen(request, today=today)
    standing = standing_of(request)
    organs = organisations.by_codes(sorted(what.asked.organs))
    return desk_page(
        request,
        "workbench/channels/overview.html",
        title=_("发布渠道"),
        what=what,
        organs=[(code, organ.name) for code, organ in organs.items()],
        screens=list(declared.places().values()),
        csv=shown.address(what, "channels:counts-csv"),
        may_set_up=bool(standing.organs_where(Role.ADMINISTRATOR)),
        **shown.tables(what, selectors.counted(what.asked)),
        **periods.choices(today),
    )


@read_only
def counts_csv(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet."""
    what = shown.chosen(request, today=timezone.localdate())
    return _file(csv_file(shown.counts_rows(what, selectors.counted(what.asked))), "channels.csv")


@read_only
def rows(request: HttpRequest) -> HttpResponse:
    """The entries behind a figure."""
    what = shown.chosen(request, today=timezone.localdate())
    page = Paginator(selectors.sendings(what.asked), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/channels/rows.html",
        title=_("%(what)s：%(n)d 条") % {"what": shown.caption(what), "n": page.paginator.count},
        rows=page,
        labels={code: one.label for code, one in declared.channels().items()},
        csv=shown.address(what, "channels:rows-csv", **what.words),
        back=shown.address(what, "channels:overview"),
        page_links=page_links(request, page),
    )


@read_only
def rows_csv(request: HttpRequest) -> HttpResponse:
    """The same entries for a spreadsheet."""
    what = shown.chosen(request, today=timezone.localdate())
    return _file(csv_file([shown.HEAD, *shown.lines(selectors.sendings(what.asked)[: shown.MOST])]), "sendings.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
