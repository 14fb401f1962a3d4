"""What happened is written down, checked against the law, and the days of the case follow from it and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.applications import selectors
from gongkai.applications.enums import Consulted
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, Consultation, Fee, Step
from gongkai.applications.rules import fold, ledger
from gongkai.applications.rules.history import Event
from gongkai.applications.rules.ledger import Ledger, NotAllowed
from gongkai.applications.rules.steps import SERVE, event_of
from gongkai.applications.rules.terms import Clock, State
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines import services as clocks
from gongkai.deadlines.enums import Channel, ClockState
from gongkai.deadlines.rules import OutsideCalendar
from gongkai.workflow.rules import Refused

SILENT = frozenset({ledger.SUPPLEMENT_NOTICE})  # shown on the page, and told of to nobody


def ledger_of(row: Application, *more: Event) -> Ledger:
    """What is known of a case, with facts to come. Raises `NotAllowed`."""
    events = sorted([*selectors.events_of(row), *more], key=lambda event: event.on)
    return fold.ledger_of(events, deadlines.calendar(), Channel(row.channel), row.organ.recording_days)


def happened(row: Application, act: str, on: date, **facts: Any) -> Ledger:
    """Write a step down, if the law allows it, and let the days of the case follow. Raises `Refused` with the article.

    Call it inside `change` of an act, before anything else is written; it sets fields of `row`, which the act saves.
    """
    event = event_of(act, on, facts)
    try:
        before, after = ledger_of(row) if row.received_on else None, ledger_of(row, event)
    except (NotAllowed, OutsideCalendar) as error:
        raise Refused(str(error)) from error
    noted(row, act, on, **facts)
    _settle(row, before, after, on)
    return after


def arrived(row: Application, today: date) -> None:
    """It came to the organ: the limits run that run before anybody has registered it. It sets fields of `row`."""
    now = selectors.clocks(row, today)
    _press(row, now)
    for clock in now:
        if clock.name not in SILENT:
            _keep(row, clock, today)


def registered(row: Application, today: date) -> None:
    """It was taken up: the limit of doing so is met, or was missed."""
    clocks.stop_clock(owner_kind=binding().kind, owner_id=row.pk, name=ledger.REGISTRATION, on=today)


def gone(row: Application, today: date) -> None:
    """It was taken back before anybody registered it: what ran since it came runs no longer."""
    for name in (ledger.REGISTRATION, ledger.RECORD, ledger.REPLY):
        clocks.stop_clock(
            owner_kind=binding().kind, owner_id=row.pk, name=name, on=today, state=ClockState(State.STOPPED.value)
        )
    row.next_on, row.next_clock = None, ""


def served(row: Application, of: str, party: str, on: date, today: date, **facts: Any) -> Ledger:
    """The letter of an act arrived on a day, from which its term runs; the days of the case follow. Raises `Refused`.

    Call it inside `change` of an act.
    """
    before = ledger_of(row)
    noted(row, SERVE, on, of=of, party=party, **facts)
    try:
        after = ledger_of(row)
    except (NotAllowed, OutsideCalendar) as error:
        raise Refused(str(error)) from error
    _settle(row, before, after, today)
    _settle_terms(row, after)
    return after


def allowed_now(row: Application, act: str, on: date, **facts: Any) -> None:
    """Whether the law would allow a step; nothing is written. Raises `Refused` with the article."""
    try:
        ledger_of(row, event_of(act, on, facts))
    except (NotAllowed, OutsideCalendar) as error:
        raise Refused(str(error)) from error


def noted(row: Application, act: str, on: date, **facts: Any) -> None:
    """Write a step down that the law attaches no day to."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    Step.objects.create(application=row, act=act, on=on, facts={name: value for name, value in plain.items() if value})


def refresh(row: Application, today: date) -> None:
    """Fold the case again, as after a change of the calendar; its days, terms and clocks follow. Saves the row."""
    if row.received_on is None:
        arrived(row, today)
        row.save(update_fields=["due_on", "due_provisional", "next_on", "next_clock"])
        return
    try:
        now = ledger_of(row)
    except NotAllowed:  # a changed calendar can make a fact late that was in time: what was done stands
        return
    _settle(row, None, now, today)
    _settle_terms(row, now)
    row.save(update_fields=["due_on", "due_provisional", "next_on", "next_clock", "supplement_by", "extended_by"])


def catch_up(*, today: date, most: int = 1000) -> int:
    """Swept daily: cases whose clocks do not run yet, from before there were such clocks, get them; how many."""
    waiting = Q(state="submitted", next_on__isnull=True)
    unserved = Q(state="consulting", consultations__due_on__isnull=True, consultations__opinion="")
    rows = Application.objects.filter(waiting | (unserved & ~Q(next_clock=ledger.SERVICE))).distinct().order_by("pk")
    done = 0
    for pk in list(rows.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            row = Application.objects.select_for_update(of=("self",)).select_related("organ").get(pk=pk)
            refresh(row, today)
        done += 1
    return done


def days_of(row: Application, **facts: object) -> dict[str, object]:
    """The days of a case for the record of an act."""
    days = {"received_on": row.received_on, "due_on": row.due_on}
    return {**{name: day.isoformat() for name, day in days.items() if day}, **facts}


def name_of(clock: Clock) -> str:
    """The name under which a clock is kept."""
    return f"{clock.name}:{clock.party}" if clock.party else clock.name


def _settle(row: Application, before: Ledger | None, after: Ledger, day: date) -> None:
    """The fields of the row and the clocks that differ from those before."""
    known = {(clock.name, clock.party): clock for clock in fold.clocks_of(before, day)} if before else {}
    now = list(fold.clocks_of(after, day))
    _press(row, now)
    row.extended_by = after.extension
    row.supplement_by = after.supplement.due.due_on if after.supplement and after.supplement.begun else None
    for clock in now:
        if clock.name not in SILENT and known.get((clock.name, clock.party)) != clock:
            _keep(row, clock, day)


def _press(row: Application, now: Sequence[Clock]) -> None:
    """The last day for the reply, and the nearest of all last days."""
    reply = next((clock.due or clock.latest for clock in now if clock.name == ledger.REPLY), None)
    if reply:
        row.due_on, row.due_provisional = reply.due_on, reply.provisional
    open_ = [(clock.due or clock.latest, clock) for clock in now if _is_open(clock) and clock.name not in SILENT]
    nearest = min(((due.due_on, clock.name) for due, clock in open_ if due), default=None)
    row.next_on, row.next_clock = nearest or (None, "")


def _is_open(clock: Clock) -> bool:
    return clock.state in {State.RUNNING, State.PAUSED} or (clock.state is State.LAPSED and clock.ended_on is None)


def _keep(row: Application, clock: Clock, day: date) -> None:
    due = clock.due or clock.latest
    owner: dict[str, Any] = {"owner_kind": binding().kind, "owner_id": row.pk, "name": name_of(clock)}
    if due and _is_open(clock):
        clocks.start_clock(
            **owner,
            organ=row.organ.code,
            starts_on=due.start,
            working_days=due.working_days,
            cite=due.cite[:300],
            pauses=due.pauses,
        )
        return
    ended = State.MET if clock.state in {State.MET, State.LAPSED} else State.STOPPED
    clocks.stop_clock(**owner, on=clock.ended_on or day, state=ClockState(ended.value))


def _settle_terms(row: Application, now: Ledger) -> None:
    for term in now.consultations:
        if term.party:
            due = term.due.due_on if term.begun else None
            Consultation.objects.filter(pk=int(term.party)).update(due_on=due, taken_on=term.served_on)
    if now.payment:
        due = now.payment.due.due_on if now.payment.begun else None
        Fee.objects.filter(application=row).update(due_on=due)


def consulted(kind: Consulted) -> tuple[str, str]:
    """The acts of asking and of taking the opinion of one kind of consulted."""
    return (
        ("ask_third_party", "third_party_answered")
        if kind is Consulted.THIRD_PARTY
        else (
            "ask_co_producer",
            "co_producer_answered",
        )
    )
