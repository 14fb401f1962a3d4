"""Random histories: the fold and an independent witness agree on every clock, every last day and every refusal."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.applications.rules.fold import fold
from gongkai.applications.rules.history import Event, Fact, History
from gongkai.applications.tests.oracle import Witness
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import shipped_calendar

CALENDAR = shipped_calendar()
WHOLE = 5000 if os.environ.get("CI") and not os.environ.get("DATABASE_URL") else 300
HISTORIES = int(os.environ.get("GONGKAI_HISTORIES", WHOLE))
HARD_DAYS = (
    date(2019, 5, 14), date(2019, 5, 15), date(2020, 1, 22), date(2020, 12, 25), date(2021, 1, 4), date(2023, 1, 16),
    date(2024, 2, 4), date(2024, 9, 25), date(2025, 1, 20), date(2025, 9, 15), date(2025, 12, 24), date(2026, 2, 10),
    date(2027, 1, 4), date(2027, 9, 24),
)  # fmt: skip
PARTIES = ("", "甲", "乙")
seen: Counter[str] = Counter()

# What an officer would do next, with what usually follows it: so that half of the acts and more are allowed.
FOLLOWS = {
    Fact.SUPPLEMENT_ASKED: Fact.SUPPLEMENTED,
    Fact.THIRD_PARTY_ASKED: Fact.THIRD_PARTY_ANSWERED,
    Fact.CO_PRODUCER_ASKED: Fact.CO_PRODUCER_ANSWERED,
    Fact.REASONS_ASKED: Fact.REASONS_GIVEN,
    Fact.REASONS_GIVEN: Fact.DEFERRED,
    Fact.FEE_NOTICE: Fact.FEE_PAID,
    Fact.REPLIED: Fact.REOPENED,
}
GIVEN_UP = {
    Fact.SUPPLEMENT_ASKED: Fact.ABANDONED,
    Fact.FEE_NOTICE: Fact.ABANDONED,
    Fact.REASONS_ASKED: Fact.REASONS_NOT_GIVEN,
}
MIDDLE = [fact for fact in Fact if fact not in {Fact.RECEIVED, Fact.REPLIED, Fact.ABANDONED, Fact.WITHDRAWN}]


@st.composite
def histories(draw: st.DrawFn) -> History:
    start = draw(st.sampled_from(HARD_DAYS) | st.dates(date(2018, 6, 1), date(2028, 6, 1)))
    start += timedelta(draw(st.integers(0, 6)))
    events, on, act = [*_before(draw, start), Event(Fact.RECEIVED, start)], start, Fact.RECEIVED
    for _ in range(draw(st.integers(0, 9))):
        on += timedelta(draw(st.sampled_from((0, 0, 1, 1, 2, 3, 5, 8, 21))))
        follow = FOLLOWS.get(act)
        if act in GIVEN_UP and draw(st.integers(0, 4)) == 0:
            follow, on = GIVEN_UP[act], on + timedelta(draw(st.integers(20, 50)))
        act = follow if follow and draw(st.integers(0, 3)) else draw(st.sampled_from(MIDDLE * 3 + [*Fact]))
        events.append(_event(draw, act, on))
    as_of = events[-1].on + timedelta(draw(st.integers(0, 40)))
    return History(draw(st.sampled_from((Channel.INTERNET, Channel.FAX))), tuple(events), as_of)


def _before(draw: st.DrawFn, received: date) -> list[Event]:
    """What may lie before the receipt: that it came, and that it was entered in the register."""
    came = received - timedelta(draw(st.integers(0, 4)))
    found = [Event(Fact.ARRIVED, came), Event(Fact.RECORDED, draw(st.dates(came, received)))]
    return found[: draw(st.integers(0, 2))] if draw(st.booleans()) else []


def _event(draw: st.DrawFn, act: Fact, on: date) -> Event:
    consults = act in {
        Fact.THIRD_PARTY_ASKED,
        Fact.THIRD_PARTY_ANSWERED,
        Fact.CO_PRODUCER_ASKED,
        Fact.CO_PRODUCER_ANSWERED,
    }
    termed = act in {Fact.SUPPLEMENT_ASKED, Fact.REASONS_ASKED}
    return Event(
        act,
        on,
        reply_by=on + timedelta(draw(st.integers(0, 30))) if termed and draw(st.booleans()) else None,
        until=on + timedelta(draw(st.integers(20, 80))) if act is Fact.DEFERRED else None,
        working_days=_days(draw, act),
        party=draw(st.sampled_from(PARTIES)) if consults else "",
        taken_on=on + timedelta(draw(st.integers(0, 4))) if act in FOLLOWS and draw(st.booleans()) else None,
        to_serve=act in FOLLOWS and draw(st.integers(0, 2)) == 0,
        reason="正当理由" if act is Fact.SUPPLEMENTED and draw(st.integers(0, 2)) == 0 else "",
    )


def _days(draw: st.DrawFn, act: Fact) -> int | None:
    if act is Fact.EXTENDED:
        return draw(st.sampled_from((1, 5, 15, 16, 20, 20, 20, 21, 0, None)))
    return draw(st.sampled_from((None, 15))) if act is Fact.REOPENED else None


@settings(max_examples=HISTORIES, derandomize=True)
@example(
    History(
        Channel.INTERNET,
        (
            Event(Fact.RECEIVED, date(2025, 9, 15)),
            Event(Fact.THIRD_PARTY_ASKED, date(2025, 9, 18), party="甲"),
            Event(Fact.CO_PRODUCER_ASKED, date(2025, 9, 22)),
            Event(Fact.THIRD_PARTY_ANSWERED, date(2025, 11, 3), party="甲"),
        ),
        date(2025, 11, 3),
    )
)
@given(histories())
def test_the_fold_agrees_with_a_witness_that_walks_the_days(history: History) -> None:
    witness, refused = Witness(CALENDAR.is_working), []
    for event in history.events:
        allowed = witness.take(event)
        seen[f"{event.act.value} {'allowed' if allowed else 'refused'}"] += 1
        refused += [] if allowed else [(event.act.value, event.on)]
    found = fold(history, CALENDAR)
    assert [(denied.event.act.value, denied.event.on) for denied in found.refused] == refused
    reply = found.clocks[0]
    assert (reply.state.value, reply.due.due_on if reply.due else None) == witness.reply(history.as_of)
    terms = {
        (clock.name, clock.party): (clock.state.value, clock.due.due_on)
        for clock in found.clocks
        if clock.due and clock.name not in {"reply", "record", "supplement_notice", "service"}
    }
    assert terms == witness.terms(history.as_of)
    waiting = {clock.party or clock.name for clock in found.clocks if clock.state.value == "unserved"}
    assert waiting <= {clock.party for clock in found.clocks if clock.name == "service"}
    assert all(clock.due is None or CALENDAR.is_working(clock.due.due_on) for clock in found.clocks)


@pytest.mark.skipif(HISTORIES < 5000, reason="fewer histories need not hold every act, allowed and refused")
def test_the_random_histories_held_every_act_allowed_and_refused() -> None:
    if not seen:
        test_the_fold_agrees_with_a_witness_that_walks_the_days()
    missing = [fact.value for fact in Fact if not seen[f"{fact.value} allowed"] or not seen[f"{fact.value} refused"]]
    assert missing == []
    allowed = sum(count for name, count in seen.items() if name.endswith("allowed"))
    assert allowed * 5 >= seen.total() * 2
