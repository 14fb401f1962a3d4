"""Reads of this context: the calendar in force, open clocks, what a notice would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from .enums import ClockState, NoticeState, Stage
from .models import CalendarNotice, CalendarYear, Clock, ClockMove, pauses_of
from .rules import Notice, WorkCalendar, changed_days, due, shipped_calendar
from .rules.calendar import stamp_of
from .rules.clocks import Thresholds

_BATCH = 2000
_kept: list[WorkCalendar] = []  # the last one built; known by its stamp, so it cannot be stale


def calendar() -> WorkCalendar:
    """The work calendar in force: one small query when it has not changed. Empty tables: what the program carries."""
    digests = list(CalendarYear.objects.order_by("year").values_list("digest", flat=True))
    if not digests:
        return shipped_calendar()
    stamp = stamp_of(digests)
    for known in (*_kept, shipped_calendar()):
        if known.stamp == stamp:
            return known
    built = WorkCalendar(row.notice for row in CalendarYear.objects.all())
    _kept[:] = [built]
    return built


def notice_of(year: int) -> Notice | None:
    """The notice in force for a year."""
    return calendar().notices.get(year)


def version_of(year: int) -> int:
    """The version of a year's calendar, to be sent back with a change; 0 when there is none."""
    found = CalendarYear.objects.filter(year=year).values_list("version", flat=True).first()
    return found or 0


def notices() -> QuerySet[CalendarNotice]:
    """Every notice handed in, the latest first."""
    return CalendarNotice.objects.all()


def proposed(pk: int) -> CalendarNotice | None:
    """A notice handed in, whatever became of it."""
    return CalendarNotice.objects.filter(pk=pk).first()


def waiting_notices() -> QuerySet[CalendarNotice]:
    """Notices that nobody has decided about."""
    return CalendarNotice.objects.filter(state=NoticeState.PROPOSED.value)


def moves_of(notice: CalendarNotice) -> QuerySet[ClockMove]:
    """The clocks that an applied notice moved."""
    return ClockMove.objects.filter(notice=notice).select_related("clock")


# --- Clocks ------------------------------------------------------------------------------------------------------


def open_clocks(*, organs: Iterable[str] | None = None, owner_kinds: Iterable[str] = ()) -> QuerySet[Clock]:
    """Clocks that run, the nearest last day first; of these organs (codes; None: of all) and kinds of owner."""
    found = Clock.objects.filter(state=ClockState.OPEN.value)
    if organs is not None:
        found = found.filter(organ__in=list(organs))
    kinds = list(owner_kinds)
    return found.filter(owner_kind__in=kinds) if kinds else found


def due_soon(*, today: date, organs: Iterable[str] | None = None, owner_kinds: Iterable[str] = ()) -> QuerySet[Clock]:
    """Open clocks within the amber threshold on a day, those overdue among them."""
    work = calendar()
    last = work.working_day(work.up_to(today) + Thresholds.on(today).soon - 1)
    return open_clocks(organs=organs, owner_kinds=owner_kinds).filter(due_on__lte=last)


def stages(*, today: date, organs: Iterable[str] | None = None, owner_kinds: Iterable[str] = ()) -> dict[Stage, int]:
    """How many open clocks are at each stage on a day: one query beside that of the calendar."""
    work, thresholds = calendar(), Thresholds.on(today)
    here = work.up_to(today)
    urgent, soon = (work.working_day(here + left - 1) for left in (thresholds.urgent, thresholds.soon))
    counted = open_clocks(organs=organs, owner_kinds=owner_kinds).aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        last_day=Count("pk", filter=Q(due_on=today)),
        urgent=Count("pk", filter=Q(due_on__gt=today, due_on__lte=urgent)),
        soon=Count("pk", filter=Q(due_on__gt=urgent, due_on__lte=soon)),
        calm=Count("pk", filter=Q(due_on__gt=max(soon, urgent))),
    )
    return {stage: counted[stage.value] for stage in Stage}


def clock(*, owner_kind: str, owner_id: object, name: str) -> Clock | None:
    """One clock of an owner."""
    return Clock.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id), name=name).first()


def clocks_of(*, owner_kind: str, owner_id: object) -> QuerySet[Clock]:
    """Every clock of an owner, running or ended."""
    return Clock.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id))


# --- What a notice would do ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """An open clock whose last day would move: whose it is, both days, whether the new one is provisional."""

    clock_id: int
    owner_kind: str
    owner_id: str
    organ: str
    name: str
    starts_on: date
    before: date
    after: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a notice would change: the days, and the open clocks that would move, the nearest last day first."""

    notice: Notice
    version: int
    before: WorkCalendar
    after: WorkCalendar
    days: tuple[date, ...]
    moves: tuple[Move, ...]

    @property
    def changes_nothing(self) -> bool:
        return self.before.stamp == self.after.stamp


def preview(notice: Notice) -> Preview:
    """What a notice would change, were it applied now."""
    before = calendar()
    after = before.replacing(notice)
    days = changed_days(before, after)
    found = sorted(_moves(after, days[0], days[-1]), key=lambda move: (move.before, move.clock_id)) if days else []
    return Preview(notice, version_of(notice.year), before, after, days, tuple(found))


def _moves(after: WorkCalendar, first: date, last: date) -> Iterator[Move]:
    """Only a clock that runs over a changed day can move."""
    rows = open_clocks().filter(due_on__gte=first, starts_on__lt=last).order_by("pk")
    fields = ("pk", "owner_kind", "owner_id", "organ", "name", "starts_on", "due_on", "working_days", "pauses")
    for pk, kind, owner, organ, name, starts_on, due_on, working_days, pauses in rows.values_list(*fields).iterator(
        chunk_size=_BATCH
    ):
        found = due(starts_on, working_days, after, pauses=pauses_of(pauses))
        if found.due_on != due_on:
            yield Move(pk, kind, owner, organ, name, starts_on, due_on, found.due_on, found.provisional)
