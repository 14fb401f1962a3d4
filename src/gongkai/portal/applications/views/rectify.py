"""更正本人信息 (art. 41)：ask an organ to put a record about oneself right, and see what came of it."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.applications import selectors, services
from gongkai.applications.forms import RectificationForm, StatusForm
from gongkai.portal.applications import shown
from gongkai.portal.applications.milestones import day_of
from gongkai.portal.applications.refusing import in_words
from gongkai.portal.applications.rendering import download, show
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; then the receipt with number and code."""
    if request.method != "POST":
        return _form(request, RectificationForm(initial={"key": secrets.token_urlsafe(24)}))
    form = RectificationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    evidence = [file.pk for file in form.cleaned_data["evidence"]]
    try:
        row, code = services.ask_rectification(
            request=form.request(), key=form.cleaned_data["key"], today=timezone.localdate(), evidence=evidence
        )
    except Refused as error:
        form.add_error(None, in_words(error))
        return _form(request, form, status=HTTPStatus.CONFLICT)
    return show(
        request,
        "portal/apply/rectification_receipt.html",
        _("更正要求已经提交"),
        row=row,
        code=shown.code(code),
        due=day_of(row.due_on),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Where a request stands, for who holds its number and code; both travel in the body."""
    if request.method != "POST":
        return _lookup(request, StatusForm())
    form = StatusForm(request.POST)
    row = shown.held_rectification(request, form)
    return _found(request, form, row) if row else _lookup(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """The answer as PDF or Word."""
    form, kind = StatusForm(request.POST), request.POST.get("as", "pdf")
    row = shown.held_rectification(request, form)
    if row is None:
        return _lookup(request, form, status=HTTPStatus.NOT_FOUND)
    if row.answered_on is None or kind not in services.LETTER_TYPES:
        form.add_error(None, _("没有这份文书，或者还没有送达。"))
        return _found(request, form, row, status=HTTPStatus.NOT_FOUND)
    try:
        content = services.rectification_file(row, kind)
    except NotSealed:
        form.add_error(None, _("文书正在盖章，请过几分钟再下载。"))
        return _found(request, form, row, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return download(content, services.LETTER_TYPES[kind], f"{row.number}.{kind}")


def _found(
    request: HttpRequest, form: StatusForm, row: selectors.Rectification, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    answered = day_of(row.answered_on) if row.answered_on else ""
    title = _("您的更正要求已经答复") if answered else _("您的更正要求正在办理")
    return show(
        request,
        "portal/apply/rectification.html",
        title,
        status=status,
        row=row,
        form=form,
        received=day_of(row.received_on),
        due=day_of(row.due_on),
        answered=answered,
        answer=shown.rectification_answer(row),
    )


def _form(request: HttpRequest, form: RectificationForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return show(request, "portal/apply/rectify.html", _("更正本人信息"), status=status, form=form)


def _lookup(request: HttpRequest, form: StatusForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return show(request, "portal/apply/rectification_key.html", _("查询更正要求"), status=status, form=form)
