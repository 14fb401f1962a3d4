"""Pages of the work calendar."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.permissions import standing_of
from gongkai.deadlines import selectors, services
from gongkai.deadlines.enums import NoticeState
from gongkai.deadlines.forms import NoticeForm
from gongkai.deadlines.permissions import may_change_calendar
from gongkai.deadlines.rules.notices import as_json, as_rows
from gongkai.organisations import selectors as organisations
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page

from .shown import changes, feasts, months, move_lines

PER_PAGE = 50
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@read_only
def year(request: HttpRequest) -> HttpResponse:
    """A year's days, with where they stand and what is provisional."""
    calendar, today = selectors.calendar(), timezone.localdate()
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    chosen = min(max(chosen, calendar.first.year), calendar.last.year)
    found = calendar.notices.get(chosen)
    return desk_page(
        request,
        "workbench/calendar/year.html",
        title=_("工作日历"),
        year=chosen,
        years=range(calendar.first.year, calendar.last.year + 1),
        notice=found,
        provisional=chosen in calendar.provisional_years,
        months=months(calendar, chosen, today),
        feasts=feasts(found) if found else [],
        may_change=_may_change(request),
    )


@read_only
def export(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """A year's notice as a file that can be imported again."""
    found = selectors.notice_of(year)
    if found is None or form not in FORMS:
        raise Http404(_("没有这一年的日历。"))
    out = io.StringIO()
    if form == "csv":
        csv.writer(out).writerows(as_rows(found))
    else:
        out.write(as_json(found))
    text = out.getvalue().encode("utf-8-sig" if form == "csv" else "utf-8")
    headers = {"Content-Disposition": f'attachment; filename="calendar-{year}.{form}"'}
    return HttpResponse(text, content_type=FORMS[form], headers=headers)


@read_only
def notices(request: HttpRequest) -> HttpResponse:
    """The notices handed in, and what became of them."""
    shown = Paginator(selectors.notices(), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/calendar/notices.html",
        title=_("导入记录"),
        shown=shown,
        page_links=page_links(request, shown),
        may_change=_may_change(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Hand a notice in; nothing changes before it is applied on the next page."""
    if not _may_change(request):
        return _refused(request)
    form = NoticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.propose_notice(notice=form.notice, by=standing_of(request).actor)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("calendar:notice", row.pk)
    return desk_page(request, "workbench/calendar/propose.html", title=_("导入放假通知"), form=form)


@read_only
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what it would move, or has moved."""
    row = selectors.proposed(pk)
    if row is None:
        raise Http404(_("没有这份放假通知。"))
    waiting = row.state == NoticeState.PROPOSED.value
    context = _waiting(request, row) if waiting else _ended(request, row)
    return desk_page(
        request,
        "workbench/calendar/notice.html",
        title=_("%(year)d 年放假通知") % {"year": row.year},
        row=row,
        waiting=waiting,
        may_change=waiting and _may_change(request),
        feasts=feasts(row.notice),
        **context,
    )


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a notice in force."""
    if not _may_change(request):
        return _refused(request)
    version = request.POST.get("version", "")
    try:
        row = services.apply_notice(
            pk=pk,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
            by=standing_of(request).actor,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("calendar:notices" if error.code == "missing" else "calendar:notice", *_place(error, pk))
    moved = _("已启用 %(year)d 年日历：变动 %(days)d 天，变动期限 %(moves)d 件，均已留痕。")
    messages.success(request, moved % {"year": row.year, "days": row.days_changed, "moves": row.clocks_moved})
    return redirect("calendar:notice", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a notice that was handed in."""
    if not _may_change(request):
        return _refused(request)
    try:
        services.withdraw_notice(pk=pk, by=standing_of(request).actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已放弃这份通知，日历没有变动。"))
    return redirect("calendar:notices")


def _waiting(request: HttpRequest, row: Any) -> dict[str, Any]:
    found = selectors.preview(row.notice)
    shown = Paginator(found.moves, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "version": found.version,
        "changes": changes(found.days, found.before, found.after),
        "moved": len(found.moves),
        "moves": move_lines([(move.organ, move.name, move.before, move.after) for move in shown]),
        "page_links": page_links(request, shown),
    }


def _ended(request: HttpRequest, row: Any) -> dict[str, Any]:
    shown = Paginator(selectors.moves_of(row), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "moved": row.clocks_moved,
        "moves": move_lines([(move.clock.organ, move.clock.name, move.before, move.after) for move in shown]),
        "page_links": page_links(request, shown),
    }


def _place(error: ValidationError, pk: int) -> tuple[int, ...]:
    return () if error.code == "missing" else (pk,)


def _may_change(request: HttpRequest) -> bool:
    return may_change_calendar(standing_of(request), organisations.districts())


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("工作日历全区共用，由区级系统管理员或者政府信息公开工作主管部门更改。请与他们联系。"))
    return redirect("calendar:year")
