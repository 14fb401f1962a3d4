"""Reads of sessions, second factors, locks and kept forms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.accounts.enums import Counted
from gongkai.accounts.models import KeptForm, OpenSession, Tries, User
from gongkai.privacy.digests import blind


@dataclass(frozen=True)
class Kept:
    """What a person had typed when the session ran out: the page, and each field with its values."""

    pk: UUID
    path: str
    fields: tuple[tuple[str, str], ...]


def has_factor(user_id: int) -> bool:
    """Whether a person has set up a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists())


def is_linked(user_id: int) -> bool:
    """Whether an account of the single sign-on leads to this person already."""
    return bool(SocialAccount.objects.filter(user_id=user_id).exists())


def open_sessions(user_id: int) -> QuerySet[OpenSession]:
    """The browsers in which a person is signed in, the last used first."""
    return OpenSession.objects.filter(user_id=user_id).order_by("-seen_at")


def lock_of(user: User) -> datetime | None:
    """Until when a person's sign-in name or second factor is locked."""
    wanted = ((Counted.ACCOUNT, user.username), (Counted.FACTOR, str(user.pk)))
    digests = [blind(f"{kind.value}:{whose}") for kind, whose in wanted]
    found = Tries.objects.filter(whose__in=digests, locked_until__gt=timezone.now()).order_by("-locked_until")
    return found.values_list("locked_until", flat=True).first()


def kept_form(*, user_id: int, pk: UUID) -> Kept | None:
    """What was kept for this person, while it is kept."""
    found = KeptForm.objects.filter(user_id=user_id, pk=pk, kept_until__gt=timezone.now()).first()
    if found is None:
        return None
    typed: dict[str, list[str]] = json.loads(str(found.fields))
    return Kept(found.pk, found.path, tuple((name, value) for name, values in typed.items() for value in values))
