"""Reads of this context: who receives, what was told by which channel, how often."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.catalogue import selectors as library
from gongkai.catalogue.selectors import MAKERS, Item
from gongkai.catalogue.selectors.rows import whole
from gongkai.organisations import selectors as organisations

from .enums import GOING, LIVE, Kind, State
from .models import Receiver, Sending, Stock, Telling
from .rules import declared

__all__ = ["Receiver", "Sending", "Stock", "Telling"]


def administered(by: Standing) -> QuerySet[Receiver]:
    """The receivers of the organs that somebody administers."""
    mine = by.organs_where(Role.ADMINISTRATOR)
    return Receiver.objects.filter(organ__code__in=mine).select_related("organ")


def above(organ: str) -> list[str]:
    """The code of an organ and of those above it."""
    parents, found = organisations.parents(), [organ]
    while (code := parents.get(found[-1])) and code not in found:
        found.append(code)
    return found


def below(organs: Collection[str]) -> frozenset[str]:
    """The codes of organs and of all below them."""
    found, parents = frozenset(organs), organisations.parents()
    while more := {code for code, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def last_of(item: int) -> Telling | None:
    """What was told of an item last."""
    return Telling.objects.filter(item_id=item).order_by("-pk").first()


def last_tellings(receiver: Receiver) -> QuerySet[Telling, Any]:
    """The last thing told of each item to a receiver."""
    mine = Telling.objects.filter(sendings__receiver=receiver).order_by()
    return mine.values("item").annotate(last=Max("pk")).values("last")


def untold(receiver: Receiver) -> QuerySet[Item]:
    """What is public of the organs that a receiver takes, and was never told to it."""
    told = Sending.objects.filter(receiver=receiver, telling__item=OuterRef("pk"))
    return library.public().filter(~Exists(told), state__in=LIVE, organ__code__in=below([receiver.organ.code]))


@dataclass(frozen=True)
class Progress:
    """How far the last push of the stock to a receiver has come."""

    stock: Stock
    sent: int  # arrived, or replaced by something newer that is told instead
    aside: int
    total: int

    @property
    def done(self) -> bool:
        return self.stock.finished_at is not None and self.sent + self.aside >= self.stock.queued


def progress(receiver: Receiver) -> Progress | None:
    """How far it has come; None where the stock was never pushed."""
    stock = Stock.objects.filter(receiver=receiver).first()
    if stock is None:
        return None
    states = dict(stock.sendings.order_by().values_list("state").annotate(n=Count("pk")))
    aside = states.get(State.GIVEN_UP.value, 0)
    sent = sum(states.values()) - aside - sum(states.get(state, 0) for state in GOING)
    return Progress(stock, sent, aside, stock.queued if stock.finished_at else max(stock.total, stock.queued))


def items_of(sendings: Collection[UUID]) -> dict[int, Item]:
    """The items that these entries are about, as they are now, with all that is told of them; only what is public."""
    items = Sending.objects.filter(pk__in=sendings).values("telling__item")
    return {item.pk: item for item in whole(library.public().filter(pk__in=items, state__in=LIVE))}


def of_item(item: int) -> QuerySet[Sending]:
    """By which channels an item was told, the latest first."""
    return Sending.objects.filter(telling__item_id=item).select_related("telling", "receiver")


def organs_of(by: Standing) -> frozenset[str]:
    """The organs whose releases somebody looks after at the desk."""
    return by.organs_where(*MAKERS, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Asked:
    """Which entries: of these organs, in a time, by channel, state, kind and one organ where these are given."""

    organs: frozenset[str]
    first: date
    last: date
    channel: str = ""
    state: str = ""
    kind: str = ""
    organ: str = ""


def sendings(what: Asked) -> QuerySet[Sending]:
    """The entries that are asked for, the latest first."""
    organs = what.organs & {what.organ} if what.organ else what.organs
    found = Sending.objects.filter(telling__organ__code__in=organs, telling__on__range=(what.first, what.last))
    for name, value in (("channel", what.channel), ("state", what.state), ("telling__kind", what.kind)):
        found = found.filter(**{name: value}) if value else found
    return found.select_related("telling__item", "telling__organ", "receiver").defer(
        "telling__body", "telling__item__body", "telling__item__anchors"
    )


@dataclass(frozen=True)
class Counted:
    """How often each channel told something in a time: by kind, by state, and by organ for releases."""

    kinds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    states: Mapping[tuple[str, str], int] = field(default_factory=dict)
    organs: Mapping[tuple[str, str], int] = field(default_factory=dict)


def counted(what: Asked) -> Counted:
    """The figures of the page; each is the number of rows that `sendings` gives for the same words."""

    def by(column: str, kind: str = "") -> dict[tuple[str, str], int]:
        found = sendings(Asked(what.organs, what.first, what.last, kind=kind, organ=what.organ))
        rows = found.order_by().select_related(None).defer(None).values_list(column, "channel").annotate(n=Count("pk"))
        return {(one, channel): n for one, channel, n in rows}

    return Counted(by("telling__kind"), by("state"), by("telling__organ__code", Kind.RELEASED.value))


def open_of(receiver: Receiver) -> Mapping[str, int]:
    """How many entries of a receiver there are in each state."""
    rows = Sending.objects.filter(receiver=receiver).order_by().values_list("state").annotate(n=Count("pk"))
    return {State(state).label: n for state, n in rows}


@dataclass(frozen=True)
class Screen:
    """What a public screen shows: the name of the place or organ, and the newest releases."""

    label: str
    items: Sequence[Item]


def screen(code: str, *, most: int) -> Screen | None:
    """The screen of a declared place, or of an organ and those below it; None where there is neither."""
    place = declared.places().get(code)
    organ = None if place else organisations.by_code(code)
    if place is None and organ is None:
        return None
    found = library.public().filter(state="published")
    organs = place.organs if place else (code,)
    if organs:
        found = found.filter(organ__code__in=below(organs))
    return Screen(place.label if place else organ.name if organ else "", list(library.newest(found, most)))


def sent_to(receiver: Receiver) -> QuerySet[Sending]:
    """What a receiver was told or is to be, the latest first."""
    found = Sending.objects.filter(receiver=receiver).select_related("telling__item")
    return found.defer("telling__body", "telling__item__body", "telling__item__anchors")
