"""What is told by the channels is written in the transaction in which it happened, channel by channel."""

from __future__ import annotations

import json
from datetime import date

from django.conf import settings
from django.utils import timezone

from gongkai.catalogue.selectors import Item, item_of, pages
from gongkai.channels import selectors
from gongkai.channels.enums import LIVE, OPEN, Kind, State, Way
from gongkai.channels.models import Receiver, Sending, Telling
from gongkai.channels.rules import declared
from gongkai.channels.rules.telling import digest, next_kind
from gongkai.gazette.rules.declared import admission


def released(*, item: int, on: date) -> Telling | None:
    """A release, by every channel that takes it. Called inside the transaction of the release."""
    found = item_of(item)
    return _tell(found, Kind.RELEASED, on) if found is not None else None


def changed(*, item: int) -> Telling | None:
    """What was released here before is told again where it changed, and taken back where it is not public any more."""
    last = selectors.last_of(item)
    found = item_of(item) if last is not None else None
    if last is None or found is None:
        return None
    live = found.state in LIVE
    same = live and last.digest == digest(pages.record(found))
    kind = next_kind(Kind(last.kind), live=live, same=same)
    return _tell(found, kind, timezone.localdate()) if kind else None


def _tell(item: Item, kind: Kind, on: date) -> Telling:
    told = Telling.objects.create(
        item=item, kind=kind.value, organ_id=item.organ_id, on=on, digest=digest(pages.record(item))
    )
    rows = [*_own(told, item), *_pushed(told, item, kind)]
    _replace([row.receiver_id for row in rows if row.receiver_id], item.pk)
    Sending.objects.bulk_create(rows)
    if any(row.receiver_id for row in rows):
        told.body = json.dumps(content_of(item, kind), ensure_ascii=False, default=str)
        told.save(update_fields=["body"])
    return told


def _own(told: Telling, item: Item) -> list[Sending]:
    """Our own pages show it as soon as it is committed; the gazette, if its positive list has it."""
    now = timezone.now()
    listed = admission(
        kind=item.kind, organ=item.organ.code, level=item.level, language=item.language, title=item.title
    )
    taken = {Way.OWN: True, Way.GAZETTE: bool(listed.column), Way.PUSH: False}
    return [
        Sending(telling=told, channel=one.code, state=State.SENT.value, settled_at=now)
        for one in declared.channels().values()
        if taken[one.way]
    ]


def _pushed(told: Telling, item: Item, kind: Kind) -> list[Sending]:
    """Receivers get the releases of their organ and of those below it; what they never had is not taken back."""
    found = Receiver.objects.filter(ended_at__isnull=True, organ__code__in=selectors.above(item.organ.code))
    if kind is not Kind.RELEASED:
        found = found.filter(pk__in=Sending.objects.filter(telling__item=item).values("receiver"))
    return [Sending(telling=told, channel=one.channel, receiver=one, due_at=timezone.now()) for one in found]


def _replace(receivers: list[int], item: int) -> None:
    """What has not been sent yet is not sent after what follows it."""
    waiting = Sending.objects.filter(receiver__in=receivers, telling__item=item, state__in=OPEN)
    waiting.update(state=State.REPLACED.value, settled_at=timezone.now())


def content_of(item: Item, kind: Kind) -> dict[str, object]:
    """The item as programs get it; of what is not public any more its names, its state and the reason alone."""
    url = f"{settings.PUBLIC_URL.rstrip('/')}/library/{item.slug}/"
    if kind is not Kind.TAKEN_BACK:
        return {**pages.record(item), "url": url}
    return {
        "id": item.pk,
        "index_number": item.index_number or "",
        "title": item.title,
        "state": item.state,
        "reason": item.reason,
        "url": url,
    }
