"""Sign-in and sign-out. The work is allauth's; the pages are ours."""

from __future__ import annotations

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gongkai.workbench.signin.frame import Framed


class SignIn(Framed, LoginView):
    """Sign-in by name and password."""

    template_name = "workbench/signin/sign_in.html"
    title = _("登录工作台")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request, show_message=False)
    return redirect("account_login")
