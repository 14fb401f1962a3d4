"""Acts on second factors: keep its secret, spend a code, reset."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.accounts.enums import Change, Counted
from gongkai.accounts.models import FactorSecret, SpentCode, User
from gongkai.audit.rules import Actor
from gongkai.privacy.digests import blind

from . import safety, sessions, tries

REMEMBERED = timedelta(minutes=10)  # longer than any code of the clock is good


def keep_secret(*, secret: str) -> str:
    """Keep a secret encrypted; returns the text that names it."""
    return str(FactorSecret.objects.create(secret=secret).pk)


def secret_of(name: str) -> str:
    """The secret that a text names; a secret nobody could have, when there is none."""
    try:
        return str(FactorSecret.objects.get(pk=UUID(name)).secret)
    except (FactorSecret.DoesNotExist, ValueError, ValidationError):
        return ""


def spend_code(*, user_id: int, code: str) -> bool:
    """Accept a code once; False when it was accepted before, be it by another process a moment ago."""
    now = timezone.now()
    SpentCode.objects.filter(user_id=user_id, spent_at__lt=now - REMEMBERED).delete()
    try:
        with transaction.atomic():
            SpentCode.objects.create(user_id=user_id, digest=blind(f"code:{code}"), spent_at=now)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def reset_factor(*, user_id: int, by: Actor) -> bool:
    """Take a person's second factor and recovery codes away, and end the sessions; False when there was none."""
    user = User.objects.select_for_update().get(pk=user_id)
    found = list(Authenticator.objects.filter(user_id=user.pk))
    for authenticator in found:
        authenticator.delete()
    if not found:
        return False
    sessions.close_all(user_id=user.pk)
    tries.try_succeeded(kind=Counted.FACTOR, whose=str(user.pk))
    safety.record_change(user_id=user.pk, change=Change.FACTOR_RESET, by=by)
    return True
