"""What a password must not be, beyond Django's own checks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import FormerPassword, User


class NotUsedBeforeValidator:
    """Refuses the password in use and the last few before it."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when the person has had this password."""
        if not isinstance(user, User) or user.pk is None:
            return
        kept = FormerPassword.objects.filter(user=user).values_list("password", flat=True)
        if any(check_password(password, old) for old in [user.password, *kept]):
            raise ValidationError(_("这个密码您最近用过。请换一个没有用过的密码。"), code="password_used_before")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("不能与最近五次用过的密码相同。")
