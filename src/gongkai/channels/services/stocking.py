"""A receiver that came later gets what was public before: queued once, page by page, behind what is fresh."""

from __future__ import annotations

import logging

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.catalogue.selectors import Item, pages
from gongkai.catalogue.selectors.rows import whole
from gongkai.channels import selectors
from gongkai.channels.enums import GOING, Kind
from gongkai.channels.models import Receiver, Sending, Stock, Telling
from gongkai.channels.rules.telling import digest
from gongkai.clients.rules import Denied

from .receiving import OBJECT, administered, record

PAGE = 200  # items that are queued in one transaction
AHEAD = 1000  # entries of a stock that are under way at a time; the next page waits until there are fewer
log = logging.getLogger(__name__)


@transaction.atomic
def push_stock(*, by: Standing, pk: int) -> Stock:
    """Everything public that the receiver was never told of is to be queued; again, while that goes on, changes nothing."""
    receiver = administered(by, pk)
    going = Stock.objects.filter(receiver=receiver, finished_at__isnull=True).first()
    if going is not None:
        return going
    total = selectors.untold(receiver).count()
    if not total:
        raise Denied(_("公开的条目都已经推送过，或者排着队，没有要推送的存量。搁置的请按“重新投送搁置的”。"))
    made = Stock.objects.create(receiver=receiver, total=total)
    record(receiver, by, "push_stock", stock=made.pk, total=total)
    return made


def queue_stock() -> int:
    """Queue what there is room for; how many. Killed between two pages, the next run goes on behind the last one."""
    count = 0
    open_ = Stock.objects.filter(finished_at__isnull=True, receiver__paused_at__isnull=True)
    for pk in list(open_.order_by("pk").values_list("pk", flat=True)):
        try:
            while queued := _queue_page(pk):
                count += queued
        except OperationalError:  # somebody is changing an item of this page: what he changes is told first
            log.info("A page of stock %s waits for the next run", pk)
    return count


@transaction.atomic
def _queue_page(pk: int) -> int:
    rows = Stock.objects.select_for_update(of=("self",)).select_related("receiver__organ")
    stock = rows.filter(pk=pk, finished_at__isnull=True).first()
    if stock is None or Sending.objects.filter(stock=stock, state__in=GOING).count() >= AHEAD:
        return 0
    found = whole(selectors.untold(stock.receiver).filter(pk__gt=stock.past)).order_by("pk")
    items = list(found.select_for_update(of=("self",), nowait=True)[:PAGE])
    Sending.objects.bulk_create(_sendings(stock, items))
    stock.queued += len(items)
    if len(items) < PAGE:
        stock.finished_at = timezone.now()
        _queued(stock)
    else:
        stock.past = items[-1].pk
    stock.save(update_fields=["queued", "past", "finished_at"])
    return len(items)


def _sendings(stock: Stock, items: list[Item]) -> list[Sending]:
    """What is told is the item as it is when it is sent; here stands what it was told by."""
    today, now, receiver = timezone.localdate(), timezone.now(), stock.receiver
    told = [
        Telling(item=item, kind=Kind.STOCK.value, organ_id=item.organ_id, on=today, digest=digest(pages.record(item)))
        for item in items
    ]
    return [
        Sending(telling=one, channel=receiver.channel, receiver=receiver, stock=stock, due_at=now)
        for one in Telling.objects.bulk_create(told)
    ]


def _queued(stock: Stock) -> None:
    receiver: Receiver = stock.receiver
    audit.record(
        act="channels.queue_stock",
        actor=Actor(ActorKind.SYSTEM),
        organ=receiver.organ.code,
        object_kind=OBJECT,
        object_id=receiver.pk,
        facts={"name": receiver.name, "stock": stock.pk, "queued": stock.queued},
    )
