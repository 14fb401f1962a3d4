"""Acts on clocks: start, stop, settle on a changed calendar, sweep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from gongkai.deadlines import selectors
from gongkai.deadlines.enums import ClockState, Stage
from gongkai.deadlines.events import ClockDueSoon, ClockFacts, ClockMoved, ClockOverdue, ClocksTold
from gongkai.deadlines.models import CalendarNotice, Clock, ClockMove, pauses_of
from gongkai.deadlines.rules import Pause, WorkCalendar, due
from gongkai.deadlines.rules.clocks import Thresholds
from gongkai.kernel import bus

BATCH = 1000  # clocks of one transaction of the sweep, and of one statement of an import


@transaction.atomic
def start_clock(
    *,
    owner_kind: str,
    owner_id: object,
    organ: str,
    name: str,
    starts_on: date,
    working_days: int,
    cite: str = "",
    pauses: Sequence[Pause] = (),
    facts: Mapping[str, object] | None = None,
    today: date | None = None,
) -> Clock:
    """Start a clock, or state it anew after a restart, an extension or a pause; twice with the same facts is once.

    One clock per owner and name. What has been told of is told again only where the last day moved away from it. Call it
    before the act's audit row, in the act's own transaction. Raises `OutsideCalendar`.
    """
    today = today or timezone.localdate()
    calendar, thresholds = selectors.calendar(), Thresholds.on(today)
    found = due(starts_on, working_days, calendar, pauses=pauses, cite=cite)
    owner_id = str(owner_id)
    old = Clock.objects.select_for_update().filter(owner_kind=owner_kind, owner_id=owner_id, name=name).first()
    told = Stage(old.stage) if old is not None and old.state == ClockState.OPEN.value else Stage.CALM
    if old is None or old.due_on != found.due_on:
        told = thresholds.still_told(told, today, found.due_on, calendar)
    values = {
        "organ": organ,
        "starts_on": starts_on,
        "working_days": working_days,
        "pauses": [[pause.first.isoformat(), pause.last.isoformat(), pause.why] for pause in found.pauses],
        "cite": cite,
        "facts": dict(facts or {}),
        "due_on": found.due_on,
        "provisional": found.provisional,
        "calendar": calendar.stamp,
        "state": ClockState.OPEN.value,
        "ended_on": None,
        "stage": told.value,
        "alert_on": thresholds.next_alert(told, found.due_on, calendar),
    }
    return Clock.objects.update_or_create(owner_kind=owner_kind, owner_id=owner_id, name=name, defaults=values)[0]


@transaction.atomic
def stop_clock(
    *, owner_kind: str, owner_id: object, name: str, on: date, state: ClockState = ClockState.MET
) -> Clock | None:
    """End an open clock on a day, met or stopped; None when no such clock runs."""
    found = Clock.objects.select_for_update().filter(
        owner_kind=owner_kind, owner_id=str(owner_id), name=name, state=ClockState.OPEN.value
    )
    row = found.first()
    if row is None:
        return None
    row.state, row.ended_on, row.alert_on = state.value, on, None
    row.save(update_fields=["state", "ended_on", "alert_on"])
    return row


def settle(*, calendar: WorkCalendar, today: date, notice: CalendarNotice | None) -> int:
    """Bring every open clock to a calendar; returns how many last days moved. Call it inside a transaction.

    A clock knows the calendar it was counted on, so whatever slipped past an import is found by the next sweep.
    """
    moved, last = 0, 0
    while True:
        rows = list(
            Clock.objects.select_for_update()
            .filter(state=ClockState.OPEN.value, pk__gt=last)
            .exclude(calendar=calendar.stamp)
            .order_by("pk")[:BATCH]
        )
        if not rows:
            return moved
        moved += _settle_batch(rows, calendar, today, notice)
        last = rows[-1].pk


def _settle_batch(rows: list[Clock], calendar: WorkCalendar, today: date, notice: CalendarNotice | None) -> int:
    thresholds = Thresholds.on(today)
    groups: dict[tuple[date, bool, Stage, date | None], list[int]] = defaultdict(list)
    moves, events = [], []
    for row in rows:
        found = due(row.starts_on, row.working_days, calendar, pauses=pauses_of(row.pauses))
        if found.due_on == row.due_on:
            told = Stage(row.stage)
        else:
            told = thresholds.still_told(Stage(row.stage), today, found.due_on, calendar)
            moves.append(ClockMove(notice=notice, clock=row, before=row.due_on, after=found.due_on))
        if (found.due_on, found.provisional) != (row.due_on, row.provisional):
            events.append(ClockMoved(_facts(row), row.due_on, found.due_on, found.provisional))
        alert_on = thresholds.next_alert(told, found.due_on, calendar)
        groups[found.due_on, found.provisional, told, alert_on].append(row.pk)
    for (due_on, provisional, told, alert_on), keys in groups.items():
        Clock.objects.filter(pk__in=keys).update(
            due_on=due_on, provisional=provisional, stage=told.value, alert_on=alert_on, calendar=calendar.stamp
        )
    ClockMove.objects.bulk_create(moves, batch_size=BATCH)
    for event in events:
        bus.publish(event)
    return len(moves)


def sweep(*, today: date) -> int:
    """Tell of every open clock that is due soon, urgent, on its last day or overdue; returns how many were told of.

    At most once for each clock, last day and stage: the stage is written in the transaction that tells it. Safe to run
    again, and by several at once.
    """
    calendar = selectors.calendar()
    with transaction.atomic():
        settle(calendar=calendar, today=today, notice=None)
    told = 0
    while batch := _sweep_batch(calendar, today):
        told += batch
    return told


@transaction.atomic
def _sweep_batch(calendar: WorkCalendar, today: date) -> int:
    thresholds = Thresholds.on(today)
    skip = connection.features.has_select_for_update_skip_locked
    due_now = Clock.objects.filter(state=ClockState.OPEN.value, alert_on__lte=today).order_by("pk")
    rows = list(due_now.select_for_update(skip_locked=skip)[:BATCH])
    groups: dict[tuple[Stage, date | None], list[int]] = defaultdict(list)
    alerts: list[ClockDueSoon | ClockOverdue] = []
    for row in rows:
        stage = thresholds.stage(today, row.due_on, calendar)
        groups[stage, thresholds.next_alert(stage, row.due_on, calendar)].append(row.pk)
        alerts.append(_alert(row, stage))
    if alerts:
        bus.publish(ClocksTold(tuple(alerts)))
    for (stage, alert_on), keys in groups.items():
        Clock.objects.filter(pk__in=keys).update(stage=stage.value, alert_on=alert_on)
    return len(rows)


def _alert(row: Clock, stage: Stage) -> ClockDueSoon | ClockOverdue:
    if stage is Stage.OVERDUE:
        return ClockOverdue(_facts(row), row.due_on)
    last_day = stage is Stage.LAST_DAY
    return ClockDueSoon(_facts(row), row.due_on, urgent=last_day or stage is Stage.URGENT, last_day=last_day)


def _facts(row: Clock) -> ClockFacts:
    return ClockFacts(row.pk, row.owner_kind, row.owner_id, row.organ, row.name)
