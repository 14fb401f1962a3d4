"""What Django and allauth tell: a person signed in or out, or did something with a second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as factors_told
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils import timezone

from .enums import Change, Counted
from .models import User
from .rules.sessions import SEEN, STARTED, address_of
from .rules.standing import person
from .services import safety, sessions, tries


def connect() -> None:
    """Listen to all of it."""
    user_logged_in.connect(signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="accounts.signed_out")
    factors_told.authenticator_added.connect(factor_added, dispatch_uid="accounts.factor_added")
    factors_told.authenticator_removed.connect(factor_removed, dispatch_uid="accounts.factor_removed")
    factors_told.authenticator_reset.connect(codes_made, dispatch_uid="accounts.codes_made")
    factors_told.authenticator_used.connect(factor_used, dispatch_uid="accounts.factor_used")
    factors_told.authentication_failed.connect(factor_failed, dispatch_uid="accounts.factor_failed")


def signed_in(*, request: HttpRequest, user: User, **_rest: Any) -> None:
    """Begin the session's clock and its row."""
    now = timezone.now()
    request.session[STARTED] = request.session[SEEN] = now.timestamp()
    if request.session.session_key is None:
        request.session.create()
    sessions.open_session(
        user_id=user.pk,
        session_key=str(request.session.session_key),
        address=address_of(request.META, behind_proxy=settings.TRUST_PROXY),
        browser=request.headers.get("User-Agent", ""),
        by=person(user.pk),
        now=now,
    )


def signed_out(*, request: HttpRequest, user: User | None, **_rest: Any) -> None:
    """End the session's row."""
    if user is not None and user.pk:
        key = str(request.session.session_key or "")
        sessions.end_session(user_id=user.pk, session_key=key, by=person(user.pk))


def factor_added(*, user: User, **_rest: Any) -> None:
    """A person set up a second factor."""
    safety.record_change(user_id=user.pk, change=Change.FACTOR_ADDED, by=person(user.pk))


def factor_removed(*, user: User, authenticator: Any, **_rest: Any) -> None:
    """A person gave up a second factor; the recovery codes go with it and are not told of apart."""
    if authenticator.type == "totp":
        safety.record_change(user_id=user.pk, change=Change.FACTOR_REMOVED, by=person(user.pk))


def codes_made(*, user: User, **_rest: Any) -> None:
    """A person made new recovery codes."""
    safety.record_change(user_id=user.pk, change=Change.RECOVERY_CODES_MADE, by=person(user.pk))


def factor_used(*, user: User, authenticator: Any, **_rest: Any) -> None:
    """A second factor was right; a recovery code that is spent is worth telling."""
    tries.try_succeeded(kind=Counted.FACTOR, whose=str(user.pk))
    if authenticator.type == "recovery_codes":
        safety.record_change(user_id=user.pk, change=Change.RECOVERY_CODE_USED, by=person(user.pk))


def factor_failed(*, user: User, **_rest: Any) -> None:
    """A second factor was wrong."""
    tries.try_failed(kind=Counted.FACTOR, whose=str(user.pk), act="accounts.second_factor_failed")
