"""Pages of the second factor. The work is allauth's; the pages are ours."""

from __future__ import annotations

from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.utils.translation import gettext_lazy as _

from gongkai.workbench.signin.frame import Framed


class Authenticate(Framed, AuthenticateView):
    """The second step of signing in."""

    template_name = "workbench/signin/code.html"
    title = _("输入验证码")


class Again(Framed, ReauthenticateView):
    """The code once more, before something that matters."""

    template_name = "workbench/signin/code.html"
    title = _("请再次验证")


class Index(Framed, IndexView):
    """What is set up."""

    template_name = "workbench/signin/factor.html"
    title = _("第二验证因素")


class Activate(Framed, ActivateTOTPView):
    """Set up an authenticator app."""

    template_name = "workbench/signin/factor_set_up.html"
    title = _("设置第二验证因素")


class Deactivate(Framed, DeactivateTOTPView):
    """Give it up."""

    template_name = "workbench/signin/factor_give_up.html"
    title = _("停用第二验证因素")


class Codes(Framed, ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "workbench/signin/codes.html"
    title = _("恢复码")


class NewCodes(Framed, GenerateRecoveryCodesView):
    """New recovery codes in place of the old."""

    template_name = "workbench/signin/codes_new.html"
    title = _("重新生成恢复码")
