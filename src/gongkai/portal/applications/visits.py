"""Who came by a link sent to his or her address: known by a cookie of the portal's own, apart from any sign-in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.accounts.rules.sessions import address_of
from gongkai.applications import selectors
from gongkai.applications.forms import StatusForm
from gongkai.tries import services as tries

COOKIE = "gongkai_mine"
PATH = "/apply/"
BY_ADDRESS, BY_MAIL = "applications.mail_link", "applications.mail_link_to"
MOST_BY_ADDRESS, SHORT = 20, timedelta(minutes=15)  # an office or a library has one address for many people
MOST_BY_MAIL, LONG = 4, timedelta(hours=1)  # nobody's mailbox is filled by others


def secret_of(request: HttpRequest) -> str:
    """What this browser keeps of a visit."""
    return str(request.COOKIES.get(COOKIE, ""))


def of(request: HttpRequest) -> selectors.MailLink | None:
    """The visit of this browser, while it lasts."""
    return selectors.visit(secret_of(request), timezone.now())


def count_try(request: HttpRequest, email: str) -> None:
    """Count that a link was asked for, known address or not. Raises `tries.Locked` after many."""
    address = address_of(request.META, behind_proxy=settings.TRUST_PROXY)
    tries.begin_try(kind=BY_ADDRESS, whose=address, limit=MOST_BY_ADDRESS, lock=SHORT)
    tries.begin_try(kind=BY_MAIL, whose=email, limit=MOST_BY_MAIL, lock=LONG)


def own(visit: selectors.MailLink, number: str) -> selectors.Application | None:
    """One of the applications that the visit may see."""
    return selectors.made_with(visit.email_digest).filter(number=number.strip()).first()


def held(request: HttpRequest, form: StatusForm) -> selectors.Application | None:
    """The application whose number stands in the form without a code, for who came by a link; None for anybody else."""
    visit = None if request.POST.get("code") else of(request)
    found = own(visit, request.POST.get("number", "")) if visit else None
    if found is not None:
        form.fields["code"].required = False
        form.is_valid()
    return found


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Have the browser keep the visit as long as it lasts."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=selectors.VISIT_LASTS,
        path=PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The browser keeps nothing of it."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
