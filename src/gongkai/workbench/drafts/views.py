"""A report in the making: choose, look and check, enter what no case counts, open a figure to its cases."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors as applications
from gongkai.disputes import selectors as disputing
from gongkai.organisations import selectors as organisations
from gongkai.reports import selectors, services
from gongkai.reports.enums import Block, Column, Result, Row
from gongkai.reports.rules.draft import entries
from gongkai.ui.http import read_only
from gongkai.workbench.applications.shown import rows
from gongkai.workbench.rendering import desk_page

from .forms import FiguresForm
from .shown import table_four, table_three, table_two

READERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)
WRITERS = (Role.OFFICER, Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE)
FIRST_YEAR = 2019
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@read_only
def choose(request: HttpRequest) -> HttpResponse:
    """The person's organs, and the years that have a report with tables."""
    organs = organisations.by_codes(sorted(standing_of(request).organs_where(*READERS)))
    years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
    return desk_page(
        request, "workbench/drafts/choose.html", title=_("年度报告草稿"), organs=list(organs.values()), years=years[:3]
    )


@read_only
def draft(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The report as it would read today, each figure leading to its cases, each finding in words."""
    found = _draft(request, organ, year)
    return desk_page(
        request,
        "workbench/drafts/draft.html",
        title=found.reading.title,
        draft=found,
        organ=organ,
        year=year,
        three=table_three(found.reading),
        two=table_two(found.reading),
        four=table_four(found.reading),
        columns=list(Column),
        results=list(Result),
        may_write=_writes(request, organ),
    )


@read_only
def word(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The same as a Word file in the national form, for the words that only the organ can write."""
    found = _draft(request, organ, year)
    fees = _("信息处理费：本年发出收费通知 %(noticed)s 件、%(asked)s 元，收到 %(paid)s 件、%(yuan)s 元。") % vars(
        found.fees
    )
    response = HttpResponse(services.draft_as_word(found.reading, remarks=[fees]), content_type=WORD)
    name = quote(f"{found.reading.title}（草稿）.docx")
    response["Content-Disposition"] = f"attachment; filename=\"report-{year}.docx\"; filename*=UTF-8''{name}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Enter the figures of table two."""
    found = _draft(request, organ, year)
    if not _writes(request, organ):
        raise Http404(_("您不负责填写这个机关的年度报告。"))
    kept = selectors.entered(organ, year)
    initial = {entry.name: kept.get((f"{entry.table}-{entry.row}", entry.column)) for entry in entries(year)}
    form = FiguresForm(request.POST or None, year=year, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = services.enter_figures(organ=organ, year=year, figures=form.figures(), by=standing_of(request).actor)
        messages.success(request, _("已保存，改动 %(n)d 处。") % {"n": changed})
        return redirect("drafts:draft", organ=organ, year=year)
    return desk_page(
        request,
        "workbench/drafts/enter.html",
        title=_("填写表二"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        form=form,
        organ=organ,
        year=year,
        draft=found,
    )


@read_only
def cases(request: HttpRequest, organ: str, year: int, row: str, column: str) -> HttpResponse:
    """The cases behind one figure of table three."""
    _draft(request, organ, year)
    if row not in set(Row) or column not in set(Column):
        raise Http404(_("没有这一格。"))
    found = applications.cell(standing_of(request), organs=frozenset({organ}), year=year, row=row, column=column)
    return desk_page(
        request,
        "workbench/drafts/cases.html",
        title=_("%(row)s，%(column)s：%(n)d 件")
        % {"row": Row(row).label, "column": Column(column).label, "n": len(found)},
        rows=rows(found, today=timezone.localdate()),
        organ=organ,
        year=year,
    )


@read_only
def disputes(request: HttpRequest, organ: str, year: int, block: str, result: str) -> HttpResponse:
    """The disputes behind one figure of table four."""
    _draft(request, organ, year)
    if block not in set(Block) or result not in set(Result):
        raise Http404(_("没有这一格。"))
    organs = frozenset({organ})
    found = disputing.cell(standing_of(request), organs=organs, year=year, block=block, column=result)
    return desk_page(
        request,
        "workbench/drafts/disputes.html",
        title=_("%(row)s，%(column)s：%(n)d 件")
        % {"row": _(Block(block).label), "column": _(Result(result).label), "n": len(found)},
        rows=found,
        organ=organ,
        year=year,
    )


@read_only
def fees(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The cases in which a processing fee was asked for or paid in the year."""
    _draft(request, organ, year)
    found = applications.fee_cases(standing_of(request), organs=frozenset({organ}), year=year)
    return desk_page(
        request,
        "workbench/drafts/cases.html",
        title=_("信息处理费：%(n)d 件") % {"n": len(found)},
        rows=rows(found, today=timezone.localdate()),
        organ=organ,
        year=year,
    )


def _draft(request: HttpRequest, organ: str, year: int) -> selectors.Draft:
    if organ not in standing_of(request).organs_where(*READERS) or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404(_("没有这份草稿，或者它不属于您负责的机关。"))
    found = selectors.draft_of(organ, year)
    if found is None:
        raise Http404(_("没有这个机关。"))
    return found


def _writes(request: HttpRequest, organ: str) -> bool:
    return organ in standing_of(request).organs_where(*WRITERS)
