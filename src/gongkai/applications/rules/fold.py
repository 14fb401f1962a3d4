"""Every clock of an application, as a fold over what happened to it. Pure.

    folded = fold(history, calendar)
    folded.clock("reply").due, folded.refused

A fact that the law does not allow at its place is refused with the article and changes nothing; what comes after it is
still folded. Facts after the day asked about are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import LIMITS, Due, OutsideCalendar, WorkCalendar, due
from gongkai.statutes import BeforeTheLaw, in_force

from .history import Event, Fact, History
from .ledger import (
    CO_PRODUCER,
    EXPLANATION,
    PAYMENT,
    RECORD,
    REGISTRATION,
    REPLY,
    SERVICE,
    SUPPLEMENT,
    SUPPLEMENT_NOTICE,
    THIRD_PARTY,
    Ledger,
    NotAllowed,
)
from .terms import Clock, State, Term


@dataclass(frozen=True, slots=True)
class Denied:
    """A fact that was refused, and why."""

    event: Event
    why: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Every clock, the reply's first; what was refused; how many facts lie after the day; the law's day of the limit."""

    as_of: date
    clocks: tuple[Clock, ...]
    refused: tuple[Denied, ...] = ()
    later: int = 0

    def clock(self, name: str, party: str = "") -> Clock | None:
        """One clock by its name, and by whom it is about where there are several."""
        return next((found for found in self.clocks if (found.name, found.party) == (name, party)), None)


def fold(history: History, calendar: WorkCalendar, entry_days: int | None = None) -> Folded:
    """The clocks as they stand at the end of the day asked about. Raises `OutsideCalendar` where none can be counted.

    `entry_days`: within how many working days the organ takes up what came in, where it has set a number of its own.
    """
    ledger, refused, later = Ledger(calendar, history.channel, entry_days), [], 0
    for event in history.events:
        if event.on > history.as_of:
            later += 1
            continue
        try:
            ledger.enter(event)
        except (NotAllowed, OutsideCalendar) as error:
            refused.append(Denied(event, str(error)))
    return Folded(history.as_of, tuple(clocks_of(ledger, history.as_of)), tuple(refused), later)


def ledger_of(
    events: Iterable[Event], calendar: WorkCalendar, channel: Channel, entry_days: int | None = None
) -> Ledger:
    """What is known after facts that have been entered before; they are not refused a second time."""
    ledger = Ledger(calendar, channel, entry_days)
    for event in events:
        ledger.enter(event)
    return ledger


def clocks_of(ledger: Ledger, day: date) -> Iterator[Clock]:
    """The clocks of a ledger on a day."""
    if ledger.received == date.min:
        if ledger.arrived:
            yield from _registration(ledger, ledger.arrived, day)
            yield from _record(ledger, day)
        return
    yield reply_clock(ledger, day)
    yield from _record(ledger, day)
    yield from _supplement_notice(ledger, day)
    for term in (ledger.supplement, *ledger.consultations, ledger.explanation, ledger.payment):
        if term:
            clock = term.clock(day)
            stopped = ledger.ended is not None and clock.state in {State.RUNNING, State.UNSERVED}
            yield (
                Clock(term.name, term.label, State.STOPPED, clock.due, ledger.ended.on, party=term.party)
                if (stopped and ledger.ended)
                else clock
            )
            yield from _service(ledger, term, day)


def reply_clock(ledger: Ledger, day: date) -> Clock:
    """The reply's clock on a day."""
    label = LIMITS[REPLY].label
    ended, waiting = ledger.ended, ledger.waiting()
    now = None if waiting else ledger.reply()
    if ended:
        met = ended.act is Fact.REPLIED and now is not None
        state = State.STOPPED if not met else State.MET if now and ended.on <= now.due_on else State.LAPSED
        return Clock(REPLY, label, state, now, ended.on)
    if now is None:
        return Clock(REPLY, label, State.PAUSED, None)
    if day <= now.due_on and any(term.open_on(day) for term in ledger.consultations):
        return Clock(REPLY, label, State.PAUSED, None, latest=now)
    return Clock(REPLY, label, _state(now, day), now)


LABELS = {
    REPLY: "答复",
    REGISTRATION: "登记",
    SERVICE: "登记送达",
    RECORD: "录入平台",
    SUPPLEMENT_NOTICE: "告知补正",
    SUPPLEMENT: "申请人补正",
    THIRD_PARTY: "第三方意见",
    CO_PRODUCER: "共同制作机关意见",
    EXPLANATION: "申请人说明理由",
    PAYMENT: "缴费",
}


def clock_label(name: str) -> str:
    """A clock in a few words, for notices and lists; `name` as it is kept, with whom it is about after a colon."""
    return LABELS.get(name.partition(":")[0], "期限")


def _record(ledger: Ledger, day: date) -> Iterator[Clock]:
    if ledger.channel is Channel.INTERNET:
        return
    found = _limit("offline_entry_limit", ledger.arrived or ledger.received, ledger.calendar, ledger.entry_days)
    if found:
        on = ledger.recorded_on
        state = _state(found, on or day)
        yield Clock(
            RECORD, LIMITS["offline_entry"].label, State.MET if on and state is State.RUNNING else state, found, on
        )


def _registration(ledger: Ledger, arrived: date, day: date) -> Iterator[Clock]:
    """Before it is registered: within how many days somebody has to take it up."""
    found = _limit("offline_entry_limit", arrived, ledger.calendar, ledger.entry_days)
    if found:
        yield Clock(REGISTRATION, "登记申请", _state(found, day), found)


def _service(ledger: Ledger, term: Term, day: date) -> Iterator[Clock]:
    """The day on which a letter arrived is entered within a few days, so that it is not forgotten."""
    found = _limit("service_entry_limit", term.asked_on, ledger.calendar) if term.to_serve else None
    if found is None:
        return
    party, on = term.party or term.name, term.served_on or term.answered_on
    if on:
        yield Clock(SERVICE, f"{term.label}：登记送达", State.MET, found, on, party=party)
    elif ledger.ended:
        yield Clock(SERVICE, f"{term.label}：登记送达", State.STOPPED, found, ledger.ended.on, party=party)
    else:
        yield Clock(SERVICE, f"{term.label}：登记送达", _state(found, day), found, party=party)


def _supplement_notice(ledger: Ledger, day: date) -> Iterator[Clock]:
    found = _limit("supplement_notice_limit", ledger.law_day, ledger.calendar)
    if found is None:
        return
    asked, ended = ledger.supplement_asked_on, ledger.ended
    state = State.MET if asked else _state(found, ended.on if ended else day)
    if ended and state is State.RUNNING:
        state = State.STOPPED
    on = asked or (ended.on if ended and state is State.STOPPED else None)
    yield Clock(SUPPLEMENT_NOTICE, LIMITS[SUPPLEMENT_NOTICE].label, state, found, on)


def _limit(parameter: str, day: date, calendar: WorkCalendar, days: int | None = None) -> Due | None:
    try:
        value = in_force(parameter, day)
    except BeforeTheLaw:
        return None
    return due(day, days or value.integer, calendar, cite=value.basis)


def _state(found: Due, day: date) -> State:
    return State.RUNNING if day <= found.due_on else State.LAPSED
