"""Where allauth asks how things are done here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Counted
from gongkai.accounts.rules.sessions import address_of
from gongkai.accounts.rules.words import is_local_path
from gongkai.accounts.services import factors, tries
from gongkai.tries.rules import Locked
from gongkai.ui.site import site

NOT_RIGHT = gettext_lazy("登录名或者密码不正确。请核对大小写后再试；忘记密码的，请本机关系统管理员重新发给。")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by name and password: no sign-up, tries counted, ways back kept on this site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_RIGHT,
        "incorrect_password": gettext_lazy("密码不正确。"),
        "incorrect_code": gettext_lazy("验证码不正确，或者已经用过。请等认证应用显示下一个再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an administrator adds people."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this site."""
        return bool(url) and is_local_path(str(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the sessions' list shows it."""
        return _address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before it is known how it ends; ValidationError when the name or the address is locked."""
        begin(Counted.ADDRESS, _address(request))
        begin(Counted.ACCOUNT, str(credentials.get("username", "")))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person; None for a wrong password and, in the same words, for one who has left."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        if user is not None:
            tries.try_succeeded(kind=Counted.ADDRESS, whose=_address(request))
            tries.try_succeeded(kind=Counted.ACCOUNT, whose=str(credentials.get("username", "")))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put it on the record."""
        name = str(credentials.get("username", ""))
        tries.try_failed(kind=Counted.ACCOUNT, whose=name, act="accounts.sign_in_failed")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing of allauth's own counting is used."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after a sign-in: the password has just been given."""
        request = context.request
        records = get_authentication_records(request, request.user)
        recent = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record.get("method") in {"password", "mfa"} and record["at"] > recent for record in records)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what has been done."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices go out by gongkai.notifications."""


class FactorAdapter(DefaultMFAAdapter):
    """The second factor: secrets encrypted at rest, named by the site."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """The name under which the secret is kept, encrypted with the house's own keys, which are rotated."""
        return factors.keep_secret(secret=text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return factors.secret_of(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows."""
        return site().name

    def get_totp_label(self, user: Any) -> str:
        """Beside it: the sign-in name."""
        return str(user.username)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices go out by gongkai.notifications."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Single sign-on leads to people who are here already, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Lead the provider's account to the active person with its sign-in name, once; turn everyone else away."""
        if sociallogin.is_existing:
            self._forget_claims(sociallogin.account)
            if not sociallogin.user.is_active:
                self._turn_away(request)
            return
        provider = settings.SIGN_IN.provider
        claim = str(self._claims(sociallogin).get(provider.claim) or "") if provider else ""
        user = accounts.by_username(claim) if claim else None
        if user is None or not user.is_active or accounts.is_linked(user.pk):
            self._turn_away(request)
        sociallogin.connect(request, user)
        self._forget_claims(sociallogin.account)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """The provider said no, or its answer was not to be believed."""
        self._turn_away(request, _("统一身份认证没有成功。请重试；仍然不行的，用登录名和密码登录。"))

    @staticmethod
    def _forget_claims(account: Any) -> None:
        """What the provider told of the person has served; nothing here needs it again."""
        account.extra_data = {}
        account.save(update_fields=["extra_data"])

    @staticmethod
    def _claims(sociallogin: Any) -> dict[str, Any]:
        data = sociallogin.account.extra_data
        return {**data.get("id_token", {}), **data.get("userinfo", data)}

    @staticmethod
    def _turn_away(request: HttpRequest, why: str = "") -> None:
        told = why or _("统一身份认证的账号没有对应的在用工作人员。请本机关系统管理员核对登录名。")
        messages.error(request, told)
        raise ImmediateHttpResponse(redirect("account_login"))


def begin(kind: Counted, whose: str) -> None:
    """Count a try; ValidationError that says until when it is locked."""
    try:
        tries.begin_try(kind=kind, whose=whose)
    except Locked as locked:
        until = time_format(timezone.localtime(locked.until), "H:i")
        raise ValidationError(
            _("失败次数过多，已锁定至 %(until)s。请到时再试，或者请本机关系统管理员解除锁定。") % {"until": until}
        ) from locked


def _address(request: HttpRequest) -> str:
    return address_of(request.META, behind_proxy=settings.TRUST_PROXY)
