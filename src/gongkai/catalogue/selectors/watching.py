"""What must be looked at: clocks that run out, documents to be evaluated, classes to be reassessed, what is to be cleaned."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from gongkai.accounts.rules import Standing
from gongkai.catalogue.enums import IN_THE_MAKING, ChangeKind, DisclosureClass, State, Validity
from gongkai.catalogue.models import Change, Item
from gongkai.catalogue.rules.clocks import Clock, Tone, clock
from gongkai.deadlines import selectors as deadlines
from gongkai.statutes import in_force

from . import MAKERS
from .doubles import Doubles

VALID = (Validity.IN_FORCE.value, Validity.AMENDED.value)
ENDED = (Validity.REPEALED.value, Validity.LAPSED.value)


@dataclass(frozen=True)
class Watched:
    """One item whose clock runs or ran: since it was made, or since what is public of it had changed; `ended` is the day on
    which it became public."""

    item: Item
    clock: Clock
    ended: date | None = None
    late: bool = False
    changed: bool = False


def of_organs(organs: Collection[str]) -> QuerySet[Item]:
    """The items of these organs, without their texts."""
    return Item.objects.filter(organ__code__in=organs).select_related("organ").defer("body", "anchors")


def own(standing: Standing) -> frozenset[str]:
    """The organs for which somebody watches."""
    return standing.organs_where(*MAKERS)


def clocks(organs: Collection[str], *, today: date) -> list[Watched]:
    """What was made or has changed and is not public yet, the nearest last day first. What is not to be public has no clock."""
    waiting = of_organs(organs).filter(state__in=IN_THE_MAKING, signed_on__isnull=False, signed_on__lte=today)
    waiting = waiting.filter(disclosure_class__in=("", DisclosureClass.PROACTIVE.value)).order_by("signed_on", "pk")
    calendar = deadlines.calendar()
    found = [
        Watched(item, clock(item.signed_on, today, calendar, kind=item.kind)) for item in waiting if item.signed_on
    ]
    for item, since in _uncorrected(organs):
        found.append(Watched(item, clock(since, today, calendar, kind=item.kind), changed=True))
    return sorted(found, key=lambda one: (one.clock.due_on, one.item.pk))


def late(organs: Collection[str], *, first: date, last: date) -> list[Watched]:
    """What was made in a time and became public after its last day, or is still waiting past it: a quarter's sheet."""
    return [one for one in _made(organs, first, last) if one.late]


@dataclass(frozen=True)
class Tally:
    """How one organ kept the limit in a time: made, of these public in time, late, and still within the limit."""

    code: str
    name: str
    made: int
    in_time: int
    late: int
    waiting: int


@dataclass(frozen=True)
class Sheet:
    """The sheet of a quarter: what is late, line by line, and the tally of each organ."""

    lines: list[Watched]
    tallies: list[Tally]


def sheet(organs: Collection[str], *, first: date, last: date) -> Sheet:
    """How the organs kept the limit for what they made in a time; for a time that is not over, as its last day says."""
    made: dict[str, list[Watched]] = {}
    for one in _made(organs, first, last):
        made.setdefault(one.item.organ.code, []).append(one)
    tallies = [
        _tally(rows)
        for rows in sorted(made.values(), key=lambda rows: (rows[0].item.organ.order, rows[0].item.organ.code))
    ]
    lines = [one for rows in made.values() for one in rows if one.late]
    return Sheet(sorted(lines, key=lambda one: (one.clock.since, one.item.pk)), tallies)


def _tally(rows: list[Watched]) -> Tally:
    organ = rows[0].item.organ
    late = sum(one.late for one in rows)
    in_time = sum(one.ended is not None and not one.late for one in rows)
    return Tally(organ.code, organ.name, len(rows), in_time, late, len(rows) - in_time - late)


def _uncorrected(organs: Collection[str]) -> Iterator[tuple[Item, date]]:
    """What has changed and is public in its old form still, with the day of the change."""
    waiting = of_organs(organs).filter(state=State.PUBLISHED.value, course__pending_since__isnull=False)
    for item in waiting.select_related("course").order_by("course__pending_since", "pk"):
        if item.course.pending_since is not None:
            yield item, item.course.pending_since


def _made(organs: Collection[str], first: date, last: date) -> Iterator[Watched]:
    """Whatever is to be public and was made or changed in a time, each with its clock as it stood when it became public."""
    made = of_organs(organs).filter(signed_on__range=(first, last), disclosure_class=DisclosureClass.PROACTIVE.value)
    calendar = deadlines.calendar()

    def watched(item: Item, since: date, ended: date | None, *, changed: bool) -> Watched:
        end = ended or last
        counted = clock(since, end, calendar, kind=item.kind)
        return Watched(item, counted, ended, counted.tone is Tone.RED and end > counted.due_on, changed)

    for item in made.exclude(state=State.ABANDONED.value).order_by("signed_on", "pk"):
        if item.signed_on is not None:
            yield watched(item, item.signed_on, item.published_on, changed=False)
    told = Change.objects.filter(item__organ__code__in=organs, kind=ChangeKind.CORRECTED.value)
    told = told.filter(since__range=(first, last)).select_related("item__organ").defer("item__body", "item__anchors")
    for one in told.order_by("since", "pk"):
        if one.since is not None:
            yield watched(one.item, one.since, one.on, changed=True)
    for item, since in _uncorrected(organs):
        if first <= since <= last:
            yield watched(item, since, None, changed=True)


def to_evaluate(organs: Collection[str], *, today: date) -> QuerySet[Item]:
    """Normative documents whose term ends within the months of evaluation."""
    found = of_organs(organs).filter(public=True, evaluate_from__lte=today, validity__in=VALID, translation_of=None)
    return found.order_by("last_day", "pk")


def terms_ending(*, today: date) -> QuerySet[Item]:
    """The same of every organ, as long as the term has not ended."""
    found = Item.objects.filter(public=True, evaluate_from__lte=today, last_day__gte=today, validity__in=VALID)
    found = found.filter(translation_of=None)
    return found.select_related("organ").defer("body", "anchors").order_by("pk")


def to_reassess(organs: Collection[str], *, today: date) -> QuerySet[Item]:
    """Art. 18: what is not public and is due to be looked at again."""
    return of_organs(organs).filter(state=State.FILED.value, reassess_on__lte=today).order_by("reassess_on", "pk")


def ended(organs: Collection[str]) -> QuerySet[Item]:
    """Repealed or lapsed, and still among what is current: to be archived."""
    found = of_organs(organs).filter(state=State.PUBLISHED.value, validity__in=ENDED)
    return found.order_by("validity_since", "pk")


def outdated(organs: Collection[str], *, today: date) -> QuerySet[Item]:
    """Announcements whose time is long over."""
    before = today - relativedelta(years=in_force("outdated_announcement", today).integer)
    found = of_organs(organs).filter(state=State.PUBLISHED.value, kind="announcement", published_on__lt=before)
    return found.order_by("published_on", "pk")


def redundant(organs: Collection[str]) -> Doubles:
    """Items of one organ with one title and one number, published more than once."""
    return Doubles(organs)


def class_changes() -> QuerySet[Change]:
    """公文公开属性动态调整: every change of class, the latest first; what is not public is told by its title alone."""
    found = Change.objects.filter(kind=ChangeKind.RECLASSIFIED.value)
    return found.select_related("item__organ").defer("item__body", "item__anchors").order_by("-on", "-pk")
