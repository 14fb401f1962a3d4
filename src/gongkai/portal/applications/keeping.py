"""The unfinished application of a visitor: under a code in a cookie, or typed in where there is none."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.accounts.rules.sessions import address_of
from gongkai.applications import services
from gongkai.tries import services as tries

COOKIE = "gongkai_draft"
PATH = "/apply/"
KIND = "applications.draft"
MOST_TRIES = 50  # an office or a library has one address for many people; a code has 80 bits
LOCK = timedelta(minutes=15)


def of(request: HttpRequest) -> services.Kept | None:
    """The draft of this browser."""
    code = request.COOKIES.get(COOKIE, "")
    return services.open_draft(code=code, now=timezone.now()) if code else None


def by_code(request: HttpRequest, code: str) -> services.Kept | None:
    """The draft of who types its code. Raises `tries.Locked` after many wrong ones."""
    address = address_of(request.META, behind_proxy=settings.TRUST_PROXY)
    tries.begin_try(kind=KIND, whose=address, limit=MOST_TRIES, lock=LOCK)
    found = services.open_draft(code=code, now=timezone.now())
    if found:
        tries.take_back(kind=KIND, whose=address)
    return found


def keep(before: services.Kept | None, said: Mapping[str, str]) -> services.Kept:
    """What was said before with what was said now; the key of the submission is made once."""
    if before is None:
        return services.save_draft(code=services.new_code(), contents={"key": secrets.token_urlsafe(24), **said})
    return services.save_draft(code=before.code, contents={**before.contents, **said})


def remember(response: HttpResponse, kept: services.Kept) -> HttpResponse:
    """Have the browser find the draft again."""
    response.set_cookie(
        COOKIE,
        kept.code,
        max_age=timedelta(days=settings.DRAFT_DAYS),
        path=PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, kept: services.Kept | None) -> HttpResponse:
    """The draft is gone, here and in the browser."""
    if kept is not None:
        services.drop_draft(code=kept.code)
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
