"""Sign-in, sign-out, one's own password and sessions. The work of sign-in is allauth's; the pages are ours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView, ReauthenticateView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts import selectors as accounts
from gongkai.accounts.permissions import standing_of
from gongkai.accounts.services import kept, passwords, sessions
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workbench.signin import presence
from gongkai.workbench.signin.forms import PasswordForm
from gongkai.workbench.signin.frame import Framed


class SignIn(Framed, LoginView):
    """Sign-in by name and password."""

    template_name = "workbench/signin/sign_in.html"
    title = gettext_lazy("登录工作台")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the single sign-on, where there is one."""
        return {**super().get_context_data(**kwargs), "provider": settings.SIGN_IN.provider}


class Again(Framed, ReauthenticateView):
    """The password once more, before something that matters."""

    template_name = "workbench/signin/again.html"
    title = gettext_lazy("请再次输入密码")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request, show_message=False)
    return redirect("account_login")


@read_only
def cancelled(request: HttpRequest) -> HttpResponse:
    """The person did not go through with the single sign-on."""
    messages.info(request, _("您取消了统一身份认证。可以重试，或者用登录名和密码登录。"))
    return redirect("account_login")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.POST or None, user=accounts.user_of(request))
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("密码已修改，其他地方的登录已全部退出。"))
        return redirect("workbench:home")
    rules = password_validators_help_texts()
    return desk_page(request, "workbench/signin/password.html", title=_("修改密码"), form=form, rules=rules)


def _changed(request: HttpRequest, form: PasswordForm) -> bool:
    """Whether the password was changed; what stood in the way is written into the form."""
    try:
        changed = passwords.change_password(
            user_id=accounts.user_of(request).pk,
            password=form.cleaned_data["new"],
            by=standing_of(request).actor,
            session_key=str(request.session.session_key),
        )
    except ValidationError as error:
        form.add_error("new", error)
        return False
    _go_on_with(request, changed)
    return True


def _go_on_with(request: HttpRequest, user: Any) -> None:
    """Keep this session under a new key, and its row with it."""
    old = str(request.session.session_key)
    update_session_auth_hash(request, user)
    sessions.rename_session(old=old, new=str(request.session.session_key))


@read_only
def session_list(request: HttpRequest) -> HttpResponse:
    """The browsers in which the person is signed in."""
    found = accounts.open_sessions(accounts.user_of(request).pk)
    return desk_page(
        request,
        "workbench/signin/sessions.html",
        title=_("登录中的设备"),
        sessions=found,
        current=request.session.session_key,
    )


@require_POST
def close_sessions(request: HttpRequest) -> HttpResponse:
    """End one session (`session`, its number), or all but this one."""
    user, actor = accounts.user_of(request), standing_of(request).actor
    number = request.POST.get("session", "")
    if not number:
        count = sessions.close_all(user_id=user.pk, but=str(request.session.session_key), by=actor)
        messages.success(request, _("已退出其他 %(n)d 处登录。") % {"n": count})
    elif number.isascii() and number.isdigit() and len(number) < 19:  # the key of a row
        if not sessions.close_session(user_id=user.pk, pk=int(number), by=actor):
            raise Http404
        messages.success(request, _("已退出该处登录。"))
    else:
        raise Http404
    return redirect("signin:sessions")


@read_only
def kept_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was typed when the session ran out, to be sent again by the same person from the same browser."""
    same_browser = request.get_signed_cookie(presence.KEPT_COOKIE, default="") == str(pk)
    found = accounts.kept_form(user_id=accounts.user_of(request).pk, pk=pk) if same_browser else None
    if found is None:
        raise Http404
    return desk_page(request, "workbench/signin/kept.html", title=_("您填写的内容还在"), kept=found)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw it away."""
    kept.discard_form(user_id=accounts.user_of(request).pk, pk=pk)
    response = redirect("workbench:home")
    response.delete_cookie(presence.KEPT_COOKIE)
    return response
