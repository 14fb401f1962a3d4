"""Acts of this context: count a try before its answer is known, and take it back when it succeeded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.privacy.digests import blind

from . import rules
from .models import Guesses
from .rules import Count, Locked

__all__ = ["Locked", "begin_try", "take_back"]
_FIELDS = ("failures", "last_at", "locked_until")
FORGOTTEN = timedelta(days=1)  # after this, a row tells nothing any more


def begin_try(*, kind: str, whose: str, limit: int, lock: timedelta, now: datetime | None = None) -> None:
    """Count one more try; the one that reaches `limit` locks for `lock`. Raises Locked."""
    moment = now or timezone.now()
    with transaction.atomic():
        Guesses.objects.filter(kind=kind, last_at__lt=moment - FORGOTTEN).delete()
        row, _made = Guesses.objects.select_for_update().get_or_create(
            kind=kind, whose=_digest(kind, whose), defaults={"last_at": moment}
        )
        _store(row, rules.begin(_count(row), now=moment, limit=limit, lock=lock))


@transaction.atomic
def take_back(*, kind: str, whose: str) -> None:
    """Undo the try just counted, which succeeded; failures before it stay, since one may be guessing on."""
    row = Guesses.objects.select_for_update().filter(kind=kind, whose=_digest(kind, whose)).first()
    if row is not None:
        _store(row, rules.take_back(_count(row)))


def _count(row: Guesses) -> Count:
    return Count(row.failures, row.last_at, row.locked_until)


def _store(row: Guesses, count: Count) -> None:
    row.failures, row.last_at, row.locked_until = count.failures, count.last_at or row.last_at, count.locked_until
    row.save(update_fields=_FIELDS)


def _digest(kind: str, whose: str) -> str:
    return blind(f"{kind}:{whose.strip().lower()}")
