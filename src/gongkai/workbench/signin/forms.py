"""Forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.accounts.enums import Counted
from gongkai.accounts.services import factors
from gongkai.workbench.signin.adapters import AccountAdapter, begin

LONGEST = 128  # characters of a password or a code: more is only work for the digest


def _plain(field: forms.Field, label: Any, autocomplete: str) -> None:
    """A field in our words, without allauth's placeholder, bounded."""
    field.label, field.help_text = label, ""
    field.widget.attrs = {"autocomplete": autocomplete, "maxlength": str(LONGEST)}
    if isinstance(field, forms.CharField):
        field.max_length = LONGEST


class SignInForm(LoginForm):
    """Sign-in name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], gettext_lazy("登录名"), "username")
        _plain(self.fields["password"], gettext_lazy("密码"), "current-password")

    def clean(self) -> Any:
        """Refuse what could only be an attack before any digest is made."""
        if any(len(str(self.data.get(name, ""))) > LONGEST for name in ("login", "password")):
            raise ValidationError(AccountAdapter.error_messages["username_password_mismatch"])
        return super().clean()


class AgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], gettext_lazy("密码"), "current-password")


class _Counted:
    """A code that is counted, and accepted once."""

    def clean_code(self) -> str:
        """The code; ValidationError when it is wrong, was used before, or the person is locked."""
        user = self.user  # type: ignore[attr-defined]
        begin(Counted.FACTOR, str(user.pk))
        code: str = super().clean_code()  # type: ignore[misc]
        if not factors.spend_code(user_id=user.pk, code=code):
            raise ValidationError(AccountAdapter.error_messages["incorrect_code"])
        return code


class FactorForm(_Counted, AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], gettext_lazy("验证码或者恢复码"), "one-time-code")


class FactorAgainForm(_Counted, FactorReauthenticateForm):
    """The same once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], gettext_lazy("验证码或者恢复码"), "one-time-code")


class ActivateFactorForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], gettext_lazy("认证应用显示的六位验证码"), "one-time-code")


class PasswordForm(forms.Form):
    """One's own password: the old one, and the new one twice."""

    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输入一次新密码"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        """The password in use; ValidationError when it is another, or the person is locked by now."""
        old: str = self.cleaned_data["old"]
        if not AccountAdapter().reauthenticate(self.user, old):
            raise ValidationError(AccountAdapter.error_messages["incorrect_password"])
        return old

    def clean(self) -> dict[str, Any]:
        """Both new ones alike."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次输入的新密码不一样。请重新输入。"))
        return cleaned
