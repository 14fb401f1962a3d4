"""Acts of this context: tell (`telling.py`), send (`delivery.py`), read, choose, settle by hand what went wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.rules import Standing
from gongkai.audit.services import record

from . import selectors
from .delivery import deliver_due, look_after_lost
from .enums import Channel, Outcome, State
from .forgetting import forget
from .models import Message, Outgoing, Preference, Try
from .telling import notify, notify_administrators, notify_each
from .wording import Unfit, reword, spoken

__all__ = [
    "Unfit",
    "choose",
    "deliver_due",
    "drop",
    "forget",
    "look_after_lost",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_administrators",
    "notify_each",
    "over",
    "reword",
    "send_again",
    "spoken",
]


def mark_read(*, user_id: int, ids: Iterable[int]) -> int:
    """Call messages of a person's own inbox read; how many were not before."""
    mine = Message.objects.filter(user_id=user_id, pk__in=list(ids), read_at__isnull=True)
    return mine.update(read_at=timezone.now())


def mark_all_read(*, user_id: int) -> int:
    """Call every message of a person's inbox read."""
    return Message.objects.filter(user_id=user_id, read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def over(*, events: Collection[str], keys: Collection[str]) -> int:
    """What people were told to do has been done: their messages are called read, and what is not sent yet is not sent.

    In the caller's transaction; of how many. `keys` are those that the notices were written with.
    """
    told, now = {"event__in": list(events), "key__in": list(keys)}, timezone.now()
    # Found by what they tell of: with the state beside it, all that waits or is unread would be looked through.
    rows = list(Outgoing.objects.filter(**told).order_by().values_list("pk", "state"))
    seen = list(Message.objects.filter(**told).order_by().values_list("pk", "read_at"))
    waiting = [pk for pk, state in rows if state == State.WAITING.value]
    unread = [pk for pk, read_at in seen if read_at is None]
    count = 0
    if waiting:
        still = Outgoing.objects.filter(pk__in=waiting, state=State.WAITING.value)
        count += still.update(state=State.DROPPED.value, settled_at=now)
    if unread:
        count += Message.objects.filter(pk__in=unread).update(read_at=now)
    return count


@transaction.atomic
def choose(*, user_id: int, wanted: Mapping[tuple[str, Channel], bool]) -> None:
    """Keep what a person wants to hear of, and by which channels."""
    for (event, channel), yes in wanted.items():
        Preference.objects.update_or_create(
            user_id=user_id, event=event, channel=channel.value, defaults={"wanted": yes}
        )


def send_again(*, notice_id: UUID, by: Standing) -> bool:
    """Send a notice that failed, or of which nobody knows, once more: a person has decided. False if it moved on, or is not theirs."""
    return _settle(notice_id, by, State.WAITING, "notifications.send_again")


def drop(*, notice_id: UUID, by: Standing) -> bool:
    """Let a notice be that failed, or of which nobody knows: a person has decided. False if it moved on, or is not theirs."""
    return _settle(notice_id, by, State.DROPPED, "notifications.drop")


@transaction.atomic
def _settle(notice_id: UUID, by: Standing, state: State, act: str) -> bool:
    now = timezone.now()
    ended = None if state is State.WAITING else now
    changed = (
        selectors.cared_for(by)
        .filter(pk=notice_id, state__in=selectors.SETTLED_BY_HAND)
        .update(state=state.value, tries=0, due_at=now, claimed_at=None, settled_at=ended)
    )
    if changed:
        Try.objects.create(notice_id=notice_id, outcome=Outcome.SETTLED.value, answer=act)
        record(act=act, actor=by.actor, object_kind="notice", object_id=notice_id)
    return bool(changed)
