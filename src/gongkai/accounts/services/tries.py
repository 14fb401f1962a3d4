"""Acts on failures in a row: count a try, take it back, unlock."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.enums import Counted
from gongkai.accounts.models import Tries, User
from gongkai.audit import services as audit
from gongkai.audit.rules import VISITOR, Actor
from gongkai.privacy.digests import blind
from gongkai.tries.rules import Count, Locked, begin, take_back

_FIELDS = ("failures", "last_at", "locked_until")


def begin_try(*, kind: Counted, whose: str, now: datetime | None = None) -> None:
    """Count a try before its answer is known; raises Locked, the same for a name that exists and one that does not."""
    policy = settings.SIGN_IN
    limit = policy.lock_after_at_address if kind is Counted.ADDRESS else policy.lock_after
    moment = now or timezone.now()
    with transaction.atomic():
        row, _made = Tries.objects.select_for_update().get_or_create(
            kind=kind.value, whose=_digest(kind, whose), defaults={"last_at": moment}
        )
        count = begin(Count(row.failures, row.last_at, row.locked_until), now=moment, limit=limit, lock=policy.lock)
        _store(row, count)


def try_failed(*, kind: Counted, whose: str, act: str) -> None:
    """Put a failure on the record, and the lock if this try was one too many. Names stand there as digests only."""
    digest = _digest(kind, whose)
    with transaction.atomic():
        audit.record(act=act, actor=VISITOR, object_kind=f"accounts.{kind.value}", object_id=digest)
        if Tries.objects.filter(kind=kind.value, whose=digest, locked_until__gt=timezone.now()).exists():
            audit.record(act="accounts.locked", actor=VISITOR, object_kind=f"accounts.{kind.value}", object_id=digest)


def try_succeeded(*, kind: Counted, whose: str) -> None:
    """Forget the failures of a name or a person; an address only gets its one try back, since it may be guessing on."""
    with transaction.atomic():
        row = Tries.objects.select_for_update().filter(kind=kind.value, whose=_digest(kind, whose)).first()
        if row is None:
            return
        if kind is Counted.ADDRESS:
            _store(row, take_back(Count(row.failures, row.last_at, row.locked_until)))
        else:
            row.delete()


@transaction.atomic
def unlock(*, user_id: int, by: Actor) -> bool:
    """Lift the lock of a person's sign-in name and second factor; whether there was anything to lift."""
    user = User.objects.get(pk=user_id)
    lifted = 0
    for kind, whose in ((Counted.ACCOUNT, user.username), (Counted.FACTOR, str(user.pk))):
        lifted += Tries.objects.filter(kind=kind.value, whose=_digest(kind, whose)).delete()[0]
    if lifted:
        audit.record(act="accounts.unlocked", actor=by, object_kind="accounts.user", object_id=user.pk)
    return bool(lifted)


def _digest(kind: Counted, whose: str) -> str:
    return blind(f"{kind.value}:{whose.strip().lower()}")


def _store(row: Tries, count: Count) -> None:
    row.failures, row.last_at, row.locked_until = count.failures, count.last_at or row.last_at, count.locked_until
    row.save(update_fields=_FIELDS)


__all__ = ["Locked", "begin_try", "try_failed", "try_succeeded", "unlock"]
