"""Annual reports at the desk: what was uploaded, the review beside the source, a correction, the acts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.files.rules import Refused as FileRefused
from gongkai.organisations import selectors as organisations
from gongkai.reports import selectors, services
from gongkai.reports.rules.corrections import NoSuchCell, place
from gongkai.reports.rules.flow import flow
from gongkai.reports.services import Unreadable
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

from .forms import CorrectForm, PublishForm, StepForm, UploadForm

PER_PAGE = 25
UPLOADERS = (Role.OFFICER, Role.DISCLOSURE_OFFICE)
STEPS: dict[str, Callable[..., Any]] = {
    "submit": services.submit,
    "send_back": services.send_back,
    "publish": services.publish,
    "discard": services.discard,
}


@read_only
def shelf(request: HttpRequest) -> HttpResponse:
    """What was uploaded for the person's organs, the newest first."""
    shown = Paginator(selectors.filings(standing_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    organs = organisations.by_codes([filing.organ for filing in shown])
    return desk_page(
        request,
        "workbench/filings/shelf.html",
        title=_("年度报告"),
        rows=[(filing, organs[filing.organ].short_name, filing.figures.year) for filing in shown],
        page_links=page_links(request, shown),
        may_upload=bool(standing_of(request).organs_where(*UPLOADERS)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a report; what it says is read at once."""
    codes = sorted(standing_of(request).organs_where(*UPLOADERS))
    organs = [(organ.code, organ.name) for organ in organisations.by_codes(codes).values()]
    form = UploadForm(request.POST or None, request.FILES or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = services.file_report(upload=data["file"], organ=data["organ"], by=standing_of(request))
        except (FileRefused, Unreadable, Refused) as error:
            form.add_error("file", str(error))
        else:
            return redirect("filings:review", pk=found[0].pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, "workbench/filings/new.html", title=_("上传年度报告"), form=form, status=status)


@read_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as read, beside the text they were read from."""
    found = _found(request, pk)
    return desk_page(
        request,
        "workbench/filings/review.html",
        title=found.figures.title or _("年度报告"),
        review=selectors.review_of(found),
        acts=_acts(request, found),
        may_correct=any(rule.act == "correct" for rule in _open(request, found)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one figure right, with a reason, its place in the source before one's eyes."""
    found = _found(request, pk)
    try:
        where = place(request.POST.get("cell") or request.GET.get("cell", ""))
        label = where.label
    except NoSuchCell as error:
        raise Http404(_("报告中没有这一格。")) from error
    cell = selectors.cell_of(selectors.review_of(found), where.text)
    if cell is None:
        raise Http404(_("报告中没有这一格。"))
    form = CorrectForm(request.POST or None, initial=_first(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = {name: data[name] for name in ("version", "key", "reason")} | {"where": where, "text": data["value"]}
        if _done(request, form, services.correct, found.pk, step):
            return redirect("filings:review", pk=pk)
    return _form(request, "correct", found, form, _("更正：%(cell)s") % {"cell": label}, cell=cell)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Hand over, hand back, publish or let be."""
    found = _found(request, pk)
    rule = flow().rule(found.state, act)
    if rule is None or act not in STEPS:
        messages.error(request, _("现在的状态下没有这一办理事项。"))
        return redirect("filings:review", pk=pk)
    form = (PublishForm if act == "publish" else StepForm)(request.POST or None, initial=_first(found))
    if request.method == "POST" and form.is_valid() and _done(request, form, STEPS[act], pk, form.cleaned_data):
        return redirect("filings:review", pk=pk)
    return _form(request, "act", found, form, rule.label, rule=rule)


def _done(request: HttpRequest, form: Any, do: Callable[..., Any], pk: int, data: dict[str, Any]) -> bool:
    try:
        do(pk=pk, by=standing_of(request), **data)
    except Refused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("已办理。"))
    return True


def _form(request: HttpRequest, name: str, found: Any, form: Any, title: str, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    template = f"workbench/filings/{name}.html"
    return desk_page(request, template, title=title, filing=found, form=form, status=status, **context)


def _found(request: HttpRequest, pk: int) -> Any:
    found = selectors.filing(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这份报告，或者它不属于您负责的机关。"))
    return found


def _open(request: HttpRequest, found: Any) -> Any:
    return flow().open_to(found.state, standing_of(request).roles_in(found.organ))


def _acts(request: HttpRequest, found: Any) -> list[Any]:
    """The acts with a button of their own; a correction begins at its figure."""
    return [rule for rule in _open(request, found) if rule.act in STEPS]


def _first(found: Any) -> dict[str, Any]:
    return {"version": found.version, "key": secrets.token_urlsafe(24)}
