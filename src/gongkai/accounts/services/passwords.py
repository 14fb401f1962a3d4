"""Acts on passwords: change one's own, give a first one again."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.enums import Change
from gongkai.accounts.models import FormerPassword, User
from gongkai.audit.rules import Actor

from . import safety, sessions

REMEMBERED = 5  # former passwords that are not taken again
# Letters and figures that are not mistaken for each other on paper: 31 of them, so sixteen carry 79 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def first_password() -> str:
    """A random password to be written down once: four groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(GROUP)) for _group in range(GROUPS))


@transaction.atomic
def change_password(*, user_id: int, password: str, by: Actor, session_key: str = "") -> User:
    """Give a person the password he or she chose; every session but this one ends. ValidationError: it will not do."""
    user = User.objects.select_for_update().get(pk=user_id)
    validate_password(password, user)
    _replace(user, password, must_change=False)
    sessions.close_all(user_id=user.pk, but=session_key)
    safety.record_change(user_id=user.pk, change=Change.PASSWORD_CHANGED, by=by)
    return user


@transaction.atomic
def give_first_password(*, user_id: int, by: Actor) -> str:
    """A new first password for somebody who forgot the old one, to be changed at sign-in; every session ends."""
    user = User.objects.select_for_update().get(pk=user_id)
    password = first_password()
    _replace(user, password, must_change=True)
    sessions.close_all(user_id=user.pk)
    safety.record_change(user_id=user.pk, change=Change.FIRST_PASSWORD_GIVEN, by=by)
    return password


def _replace(user: User, password: str, *, must_change: bool) -> None:
    if user.password:
        FormerPassword.objects.create(user=user, password=user.password)
    kept = FormerPassword.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[: REMEMBERED - 1]
    FormerPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.must_change_password, user.password_changed_at = must_change, timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
