"""Check a letter by its code, by its file, or by both. No account, no JavaScript, nothing kept of what is sent."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.accounts.rules.sessions import address_of
from gongkai.portal import columns
from gongkai.seals import selectors
from gongkai.seals.enums import Verdict
from gongkai.seals.forms import VerifyForm
from gongkai.seals.rules import codes
from gongkai.tries import services as tries
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

from . import hashing, shown

KIND = "seals.verify"
MOST_TRIES = 50  # an office or a library has one address for many people; a code has 80 bits
LOCK = timedelta(minutes=15)
# An address holds the code of a letter, and its answer may be another tomorrow: neither gathered nor kept.
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@csrf_exempt  # only the outer half: what handles the upload must stand before the form's token is read
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form; what is sent is answered, and a code alone by its own address."""
    if request.method != "POST":
        return _page(request, VerifyForm())
    if hashing.announced_too_large(request):
        return _too_large(request)
    hashing.hash_uploads(request)
    answered: HttpResponse = _sent(request)
    return answered


@csrf_protect
def _sent(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.POST, request.FILES)
    handler = request.upload_handlers[0]
    if isinstance(handler, hashing.HashingHandler) and handler.too_large:
        return _too_large(request)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    code, file = form.cleaned_data["code"], form.cleaned_data["file"]
    if code and not file:
        return HttpResponseRedirect(reverse("portal:verify-paper", args=[code]), status=HTTPStatus.SEE_OTHER)
    return _answered(request, code, file.sha256)


@read_only
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What stands under a code, as the square code leads to it."""
    return _answered(request, code, "")


def _answered(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    address = address_of(request.META, behind_proxy=settings.TRUST_PROXY)
    try:
        if code:
            tries.begin_try(kind=KIND, whose=address, limit=MOST_TRIES, lock=LOCK)
    except tries.Locked:
        form = VerifyForm(initial={"code": codes.shown(code)})
        told = _("尝试的次数太多，请 15 分钟以后再试；也可以按本站公布的电话向发文机关核实。")
        return _page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS, refused=told)
    answer = selectors.answer(code=code, sha256=sha256)
    if code and answer.paper is not None:
        tries.take_back(kind=KIND, whose=address)
    known = answer.paper is not None or answer.verdict is Verdict.MISMATCH
    form = VerifyForm(initial={"code": codes.shown(codes.cleaned(code))})
    status = HTTPStatus.OK if known else HTTPStatus.NOT_FOUND
    return _page(request, form, status=status, told=shown.told(answer, sha256))


def _too_large(request: HttpRequest) -> HttpResponse:
    told = _("文件超过 50 MB，没有核验。本平台盖章的文书没有这么大，请核对是不是选错了文件。")
    return _page(request, VerifyForm(), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, refused=told)


def _page(request: HttpRequest, form: VerifyForm, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    response = page(
        request,
        "portal/verify.html",
        column=columns.VERIFY,
        status=status,
        crumbs=columns.trail((columns.VERIFY.name, "")),
        form=form,
        **context,
    )
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
