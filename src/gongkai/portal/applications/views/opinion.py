"""征求意见答复 (art. 32)：who holds the organ's letter and the code in it says whether to disclose. Never who applied."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.rules.sessions import address_of
from gongkai.applications import selectors, services
from gongkai.applications.enums import Opinion, State
from gongkai.applications.forms import ThirdPartyKeyForm, ThirdPartyOpinionForm
from gongkai.portal.applications import shown
from gongkai.portal.applications.refusing import in_words
from gongkai.portal.applications.rendering import download, show
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest) -> HttpResponse:
    """Number and code; then the question, and the answer once."""
    if request.method != "POST":
        return _lookup(request, ThirdPartyKeyForm())
    form = ThirdPartyKeyForm(request.POST)
    found = _held(request, form)
    if found is None:
        return _lookup(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.note_reading(consultation=found, now=timezone.now())
    if "opinion" not in request.POST and "answer" not in request.POST:
        return _question(request, form, found, ThirdPartyOpinionForm())
    said = ThirdPartyOpinionForm(request.POST)
    if not said.is_valid():
        return _question(request, form, found, said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _take(found, Opinion(said.cleaned_data["opinion"]), said.cleaned_data["reason"])
    except Refused as error:
        said.add_error(None, in_words(error))
        return _question(request, form, found, said, status=HTTPStatus.CONFLICT)
    found.refresh_from_db()
    return _question(request, form, found, said)


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """A paper addressed to the third party as PDF or Word."""
    form, kind = ThirdPartyKeyForm(request.POST), request.POST.get("as", "pdf")
    found = _held(request, form)
    if found is None:
        return _lookup(request, form, status=HTTPStatus.NOT_FOUND)
    wanted = {str(one.pk): one for one in selectors.letters_to_party(found)}.get(request.POST.get("paper", ""))
    said = ThirdPartyOpinionForm()
    if wanted is None or kind not in services.LETTER_TYPES:
        form.add_error(None, _("没有这份文书，或者还没有送达。"))
        return _question(request, form, found, said, status=HTTPStatus.NOT_FOUND)
    try:
        content = services.letter_file(wanted, kind)
    except NotSealed:
        form.add_error(None, _("文书正在盖章，请过几分钟再下载。"))
        return _question(request, form, found, said, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return download(content, services.LETTER_TYPES[kind], f"letter-{wanted.pk}.{kind}")


def _held(request: HttpRequest, form: ThirdPartyKeyForm) -> selectors.Consultation | None:
    """The consultation whose number and code stand in the form; None, with the reason in the form, if there is none."""
    if not form.is_valid():
        return None
    number, code = form.cleaned_data["letter"], form.cleaned_data["code"]
    address = address_of(request.META, behind_proxy=settings.TRUST_PROXY)
    if not services.may_try(number=number, address=address):
        form.add_error(None, _("尝试的次数太多，请 15 分钟以后再试；也可以书面答复，或者打电话向发文机关询问。"))
        return None
    found = selectors.consultation_by_code(number, code)
    if found is None:
        services.note_wrong_try(number=number, address=address)
        form.add_error("code", _("文号与答复码对不上。请对照征求意见书核对；答复码不分大小写，没有字母 O、I、L、U。"))
    return found


def _take(found: selectors.Consultation, said: Opinion, reason: str) -> None:
    """In time, or after the term: each by its own act."""
    today, row = timezone.localdate(), found.application
    late = (found.due_on and today > found.due_on) or row.state != State.CONSULTING.value
    take = services.take_late_opinion if late else services.take_opinion
    take(
        consultation=found.pk,
        pk=row.pk,
        by=services.party_of(found),
        version=row.version,
        key=f"opinion-{found.pk}-{'late' if late else 'portal'}",
        on=today,
        opinion=said,
        reason=reason,
        today=today,
    )


def _question(
    request: HttpRequest,
    form: ThirdPartyKeyForm,
    found: selectors.Consultation,
    said: forms.Form,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    answered = found.opinion in {Opinion.CONSENT.value, Opinion.REFUSE.value} or bool(found.late_opinion)
    context: dict[str, Any] = {
        "asked": found,
        "organ": found.application.organ,
        "form": form,
        "said": said,
        "answered": answered,
        "decided": found.application.decided,
        "late": found.due_on is not None and timezone.localdate() > found.due_on,
        "papers": shown.papers(selectors.letters_to_party(found)),
    }
    return show(request, "portal/apply/opinion.html", _("征求意见答复"), status=status, **context)


def _lookup(request: HttpRequest, form: ThirdPartyKeyForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return show(request, "portal/apply/opinion_key.html", _("征求意见答复"), status=status, form=form)
