"""Apply online. No account, no JavaScript, nothing in a URL."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.applications import services
from gongkai.applications.forms import ApplicationForm
from gongkai.applications.rules import codes
from gongkai.portal.applications import shown
from gongkai.portal.applications.rendering import show
from gongkai.workflow.rules import Refused


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
        return show(request, "portal/apply/check.html", _("核对您填写的内容"), form=form, answers=shown.answers(form))
    try:
        receipt = services.submit(draft=form.draft(), key=form.cleaned_data["key"])
    except Refused as error:
        form.add_error(None, str(error))
        return _form(request, form, status=HTTPStatus.CONFLICT)
    return show(
        request,
        "portal/apply/receipt.html",
        _("申请已经提交"),
        application=receipt.application,
        code=codes.shown(receipt.code),
    )


def _form(request: HttpRequest, form: ApplicationForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return show(request, "portal/apply/form.html", _("网上申请公开政府信息"), status=status, form=form)
