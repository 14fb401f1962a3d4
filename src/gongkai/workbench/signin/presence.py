"""Is a session still good, and is the person ready to work? Asked before every page that is not public."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.accounts.rules.sessions import SEEN, STARTED, is_over, worth_noting
from gongkai.accounts.rules.words import is_local_path
from gongkai.accounts.services import kept, sessions

KEPT_COOKIE = "gongkai_kept"


def overdue(request: HttpRequest, *, keep: bool) -> HttpResponseRedirect | None:
    """Notes the act; a session that has run out is ended, and what was typed is kept when `keep` says so."""
    now = timezone.now()
    started, seen = (_moment(request, name) for name in (STARTED, SEEN))
    if not is_over(started=started, seen=seen, now=now, limits=settings.SIGN_IN.limits):
        if worth_noting(seen=seen, now=now):
            request.session[SEEN] = now.timestamp()
            sessions.note_session(session_key=str(request.session.session_key), now=now)
        return None
    form = None
    if keep and request.method == "POST":
        user_id, fields = accounts.user_of(request).pk, dict(request.POST.lists())
        form = kept.keep_form(user_id=user_id, path=request.get_full_path(), fields=fields)
    back = reverse("signin:kept", args=[form.pk]) if form else _where(request)
    logout(request)
    told = _("登录已超时。您填写的内容已保存，登录后可以继续提交。") if form else _("登录已超时，请重新登录。")
    messages.info(request, told)
    query = f"?{urlencode({'next': back})}" if back else ""
    response = redirect(reverse("account_login") + query)
    if form is not None:
        response.set_signed_cookie(
            KEPT_COOKIE,
            str(form.pk),
            max_age=kept.KEPT_FOR,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def unready(request: HttpRequest, *, second_factor: bool) -> HttpResponseRedirect | None:
    """The way to what must be done first: a password of one's own, then a second factor."""
    user = accounts.user_of(request)
    age = settings.SIGN_IN.password_age
    since = user.password_changed_at or user.created_at
    if user.must_change_password or (age and user.has_usable_password() and timezone.now() - since >= age):
        return redirect("signin:password")
    forced: frozenset[Role] = settings.SIGN_IN.second_factor_roles
    if (second_factor or forced & standing_of(request).roles) and not accounts.has_factor(user.pk):
        return redirect("mfa_activate_totp")
    return None


def _moment(request: HttpRequest, name: str) -> datetime:
    return datetime.fromtimestamp(float(request.session.get(name, 0)), tz=UTC)


def _where(request: HttpRequest) -> str:
    path = request.get_full_path()
    return path if request.method in {"GET", "HEAD"} and is_local_path(path) else ""
