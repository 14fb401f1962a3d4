"""What is due is sent to its receiver: at least once, signed; what cannot be sent stands aside and holds nothing up."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.catalogue.selectors import Item
from gongkai.channels import selectors
from gongkai.channels.enums import OPEN, Kind, State
from gongkai.channels.models import Receiver, Sending, Telling
from gongkai.channels.rules.telling import MOST_TRIES, PATIENCE, wait_after
from gongkai.clients.services import Answer, send_signed
from gongkai.notifications.rules import Notice, Recipient
from gongkai.notifications.services import notify_administrators, notify_each

from .telling import content_of

LEASE = timedelta(minutes=2)  # longer than any try
BATCH = 100
STOCK_BATCH = 10  # entries of a stock before it is looked whether something fresh has come
STOCK_SECONDS = 20.0  # of a run that are given to stocks: other work waits for this worker too
EVENT = "channels.given_up"


def deliver(*, most: int = 1000) -> dict[str, int]:
    """Send what is due; how many by what came of them. Any number of workers may run; never inside a transaction."""
    done = {state.value: 0 for state in State}
    failed: Counter[int] = Counter()
    for sending, item in _claimed(most, failed):
        state = _send(sending, item)
        done[state.value] += 1
        receiver = sending.receiver_id or 0
        failed[receiver] = 0 if state is State.SENT else failed[receiver] + 1
    return done


def _claimed(most: int, failed: Counter[int]) -> Iterator[tuple[Sending, Item | None]]:
    """Entries that are ours, those of a stock with their items: marked as being sent, and that committed, before anything is sent.

    A receiver that has failed several times in a row waits for the next run, so that the others are not kept waiting.
    What is of a stock goes when nothing fresh is due.
    """
    given, until = 0, time.monotonic() + STOCK_SECONDS
    while given < most:
        tired = [pk for pk, times in failed.items() if times >= PATIENCE]
        due = _due().exclude(receiver__in=tired)
        ids, items = list(due.filter(stock__isnull=True)[: min(BATCH, most - given)]), {}
        if not ids and time.monotonic() < until:
            ids = list(due.filter(stock__isnull=False)[: min(STOCK_BATCH, most - given)])
            items = selectors.items_of([pk for pk, _receiver in ids])
        if not ids:
            return
        for pk, receiver in ids:
            if failed[receiver] >= PATIENCE:
                continue
            if _due().filter(pk=pk).update(state=State.SENDING.value, claimed_at=timezone.now()):
                given += 1
                sending = Sending.objects.select_related("receiver__organ", "telling").get(pk=pk)
                yield sending, items.get(sending.telling.item_id)


def _due() -> QuerySet[Sending, Any]:
    now = timezone.now()
    open_ = Q(state__in=OPEN, due_at__lte=now)
    lost = Q(state=State.SENDING.value, claimed_at__lt=now - LEASE)
    going = Receiver.objects.filter(paused_at__isnull=True, ended_at__isnull=True)
    earlier = Sending.objects.filter(
        receiver=OuterRef("receiver"),
        telling__item=OuterRef("telling__item"),
        telling__lt=OuterRef("telling"),
        state=State.SENDING.value,
        claimed_at__gte=now - LEASE,
    )
    found = Sending.objects.filter(open_ | lost, ~Exists(earlier), receiver__in=going)
    return found.order_by("due_at", "telling", "pk").values_list("pk", "receiver")


def _send(sending: Sending, item: Item | None) -> State:
    receiver, told = sending.receiver, sending.telling
    if receiver is None:
        raise LookupError("What has no receiver is never claimed.")
    content = _told_of(told, item)
    if content is None:
        return _let_go(sending)
    event = Kind.RELEASED.value if told.kind == Kind.STOCK else told.kind
    message = {
        "id": str(sending.pk),
        "event": event,
        "stock": told.kind == Kind.STOCK,
        "at": told.at.isoformat(),
        "sequence": told.pk,
        "channel": sending.channel,
        "item": content,
    }
    body = json.dumps(message, ensure_ascii=False, default=str).encode()
    answer = send_signed(url=receiver.url, secret=receiver.secret, event=event, key=str(sending.pk), body=body)
    return _settle(sending, answer)


def _told_of(told: Telling, item: Item | None) -> dict[str, object] | None:
    """What is told of the item; of a stock, the item as it is now, or nothing where it is not public any more."""
    if told.kind == Kind.STOCK:
        return content_of(item, Kind.RELEASED) if item is not None else None
    kept: dict[str, object] = json.loads(told.body)
    return kept


def _let_go(sending: Sending) -> State:
    """There is nothing to send any more."""
    state = State.REPLACED
    _mine(sending).update(state=state.value, settled_at=timezone.now())
    return state


@transaction.atomic
def _settle(sending: Sending, answer: Answer) -> State:
    now, tries = timezone.now(), sending.tries + 1
    state = State.SENT if answer.taken else State.GIVEN_UP if tries >= MOST_TRIES else State.FAILED
    done = _mine(sending).update(
        state=state.value,
        tries=tries,
        answer=answer.words,
        due_at=now + wait_after(tries),
        settled_at=None if state is State.FAILED else now,
    )
    if done and state is State.GIVEN_UP:
        _stood_aside(sending)
    return state


def _mine(sending: Sending) -> QuerySet[Sending]:
    """The entry, as long as nobody else has taken it up."""
    return Sending.objects.filter(pk=sending.pk, state=State.SENDING.value, claimed_at=sending.claimed_at)


def _stood_aside(sending: Sending) -> None:
    """The poison guard: an entry that has failed so often stands aside, and the administrators are told once a day."""
    receiver = sending.receiver
    if receiver is None:
        return
    today, organ = timezone.localdate(), receiver.organ.code
    audit.record(
        act="channels.give_up",
        actor=Actor(ActorKind.SYSTEM),
        organ=organ,
        object_kind="channels.receiver",
        object_id=receiver.pk,
        facts={"sending": str(sending.pk), "item": sending.telling.item_id},
    )
    key, url = f"receiver:{receiver.pk}:{today}", f"/workbench/channels/receivers/{receiver.pk}/"
    context = {"name": receiver.name, "tries": MOST_TRIES}
    people = accounts.holders(Role.ADMINISTRATOR, organ, today)
    if not people:
        notify_administrators(event=EVENT, key=key, context=context, url=url)
    notify_each([Notice(EVENT, key, Recipient(user_id=one.pk), context, url=url, organ=organ) for one in people])
