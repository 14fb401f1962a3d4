"""Where an application stands, and what its applicant may do, for who holds its number and code.

Both travel in the body of each request, never in an address.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.applications import selectors, services
from gongkai.applications.forms import StatusForm
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.portal.applications import acting, dates, shown
from gongkai.portal.applications.milestones import headline, milestones
from gongkai.portal.applications.refusing import in_words
from gongkai.portal.applications.rendering import download, show
from gongkai.seals.rules import Refused as NotSealed
from gongkai.ui.downloads import Content, send
from gongkai.workflow.rules import Refused

RECEIVED = gettext_noop("已经收到。机关接着办理，您可以在这里查看。")


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """The form for number and code; then the application."""
    if request.method != "POST":
        return lookup(request, StatusForm())
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    return found(request, form, application) if application else lost(request, form)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the application back, after it was asked whether that is meant."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return lost(request, form)
    if request.POST.get("sure") != "yes":
        return show(request, "portal/apply/withdraw.html", _("撤回申请"), application=application, form=form)
    key = f"withdraw-{application.pk}-{application.version}"
    try:
        application = services.withdraw(application=application, key=key, today=timezone.localdate())
    except Refused as error:
        form.add_error(None, in_words(error))
    return found(request, form, application)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The applicant supplements, or gives reasons; a mistake keeps what was written and uploaded."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return lost(request, form)
    if acting.done_before(application, request):
        return found(request, form, application, told=_(RECEIVED))
    said = acting.form_of(application, request)
    if said is None:
        form.add_error(None, _("这一申请现在不需要您补正、说明理由或者报告缴费。"))
        return found(request, form, application, status=HTTPStatus.CONFLICT)
    if not said.is_valid():
        return found(request, form, application, said=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        application = acting.act(application, said)
    except Refused as error:
        said.add_error(None, in_words(error))
        return found(request, form, application, said=said, status=HTTPStatus.CONFLICT)
    return found(request, form, application, told=_(RECEIVED))


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """A paper addressed to the applicant as PDF or Word."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return lost(request, form, status=HTTPStatus.NOT_FOUND)
    try:
        paper = shown.letter_file(application, request.POST.get("letter", ""), request.POST.get("as", "pdf"))
    except NotSealed:
        form.add_error(None, _("文书正在盖章，请过几分钟再下载。"))
        return found(request, form, application, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if paper is None:
        form.add_error(None, _("没有这份文书，或者还没有送达。"))
        return found(request, form, application, status=HTTPStatus.NOT_FOUND)
    return download(*paper)


@require_POST
def given(request: HttpRequest) -> HttpResponseBase:
    """A file given with the reply; that it is read is recorded."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return lost(request, form, status=HTTPStatus.NOT_FOUND)
    try:
        file = selectors.given_file(application, UUID(request.POST.get("file", "")))
    except ValueError:
        file = None
    if file is None:
        form.add_error(None, _("没有这个附件，或者还没有送达。"))
        return found(request, form, application, status=HTTPStatus.NOT_FOUND)
    reader = services.applicant_of(application).actor
    keeping.tell_of_reading(file=file, actor=reader, purpose=_("申请人取得所申请的信息"))
    return send(request, Content(file.name, file.media_type, file.size, file.sha256, partial(files.content, file)))


@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """The last days that concern the applicant, as a file for his or her own calendar."""
    form = StatusForm(request.POST)
    application = shown.held(request, form)
    if application is None:
        return lost(request, form, status=HTTPStatus.NOT_FOUND)
    content = dates.calendar_file(application, timezone.now())
    return download(content, "text/calendar; charset=utf-8", f"dates-{application.number}.ics")


def found(
    request: HttpRequest,
    form: StatusForm,
    application: selectors.Application,
    *,
    said: forms.Form | None = None,
    told: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page of one application."""
    return show(
        request,
        "portal/apply/status.html",
        headline(application),
        status=status,
        application=application,
        form=form,
        said=said or acting.form_of(application),
        told=told,
        milestones=milestones(application),
        outcome=shown.outcome(application),
        letters=shown.letters(application),
        given=selectors.given_files(application),
        remedies=shown.remedies(application),
        fee=shown.fee(application),
        dates=dates.of(application),
        can_withdraw=application.state in shown.WITHDRAWABLE and not application.correcting,
        **shown.days(application),
    )


def lost(request: HttpRequest, form: StatusForm, *, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    """Number and code do not go together, or there were too many tries."""
    return lookup(request, form, status=status)


def lookup(request: HttpRequest, form: StatusForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The form for number and code."""
    return show(request, "portal/apply/lookup.html", _("查询申请进度"), status=status, form=form)
