"""Apply online, look up an application, take it back, fetch the reply. No account, no JavaScript, nothing in a URL."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.applications import services
from gongkai.applications.forms import ApplicationForm, StatusForm
from gongkai.applications.rules import codes
from gongkai.portal import columns
from gongkai.ui.navigation import address_of
from gongkai.ui.rendering import page
from gongkai.workflow.rules import Refused

from . import shown

APPLY = (columns.APPLY.name, "portal:apply")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; then the answers to be checked; then the receipt. `stage` in the post says which comes next."""
    if request.method != "POST":
        organ = request.GET.get("organ", "")
        return _form(request, ApplicationForm(initial={"key": secrets.token_urlsafe(24), "organ": organ}))
    form = ApplicationForm(request.POST)
    stage = request.POST.get("stage", "check")
    if stage == "change" or not form.is_valid():
        if stage == "change":
            form = ApplicationForm(initial=request.POST.dict())
        return _form(request, form, status=HTTPStatus.OK if stage == "change" else HTTPStatus.UNPROCESSABLE_ENTITY)
    if stage != "submit":
        return _show(request, "portal/apply/check.html", _("核对您填写的内容"), form=form, answers=shown.answers(form))
    try:
        receipt = services.submit(draft=form.draft(), key=form.cleaned_data["key"])
    except Refused as error:
        form.add_error(None, str(error))
        return _form(request, form, status=HTTPStatus.CONFLICT)
    return _show(
        request,
        "portal/apply/receipt.html",
        _("申请已经提交"),
        application=receipt.application,
        code=codes.shown(receipt.code),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Where an application stands, for who holds its number and code; both travel in the body, never in an address."""
    if request.method != "POST":
        return _lookup(request, StatusForm())
    form = StatusForm(request.POST)
    return _found(request, form)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the application back, after it was asked whether that is meant."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return _lookup(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("sure") != "yes":
        return _show(request, "portal/apply/withdraw.html", _("撤回申请"), application=application, form=form)
    try:
        services.withdraw(application=application, key=f"withdraw-{application.pk}", today=timezone.localdate())
    except Refused as error:
        form.add_error(None, str(error))
    return _found(request, form)


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """The reply letter as PDF or Word, once it has been sent."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    found = shown.letter_file(application, request.POST.get("as", "pdf")) if application else None
    if found is None:
        return _lookup(request, form, status=HTTPStatus.NOT_FOUND)
    content, media_type, name = found
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(request: HttpRequest, form: StatusForm) -> HttpResponse:
    application = shown.held(request, form)
    if application is None:
        return _lookup(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _show(
        request,
        "portal/apply/status.html",
        _("申请进度"),
        application=application,
        form=form,
        clock=shown.clock(application),
        milestones=shown.milestones(application),
        outcome=shown.outcome(application),
        can_withdraw=application.state in shown.WITHDRAWABLE,
    )


def _form(request: HttpRequest, form: ApplicationForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return _show(request, "portal/apply/form.html", _("网上申请公开政府信息"), status=status, form=form)


def _lookup(request: HttpRequest, form: StatusForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return _show(request, "portal/apply/lookup.html", _("查询申请进度"), status=status, form=form)


def _show(
    request: HttpRequest, template: str, title: str, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    crumbs = columns.trail((columns.DISCLOSURE.name, "portal:disclosure"), APPLY, (title, ""))
    response = page(
        request,
        template,
        column=columns.APPLY,
        status=status,
        crumbs=crumbs,
        title=title,
        help_url=address_of("portal:apply"),
        **context,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
