"""Counting against an independent witness, and the laws of the arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.deadlines.rules import (
    OutsideCalendar,
    Pause,
    due,
    shift,
    shipped_calendar,
    working_days_between,
)

from . import oracle

CALENDAR = shipped_calendar()
days = st.dates(date(2008, 1, 1), date(2026, 6, 30))
few = st.integers(1, 60)
pauses = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 25)), max_size=3)


def pauses_from(start: date, spans: list[tuple[int, int]]) -> list[Pause]:
    return [
        Pause(start + timedelta(after), start + timedelta(after + length), "征求第三方意见") for after, length in spans
    ]


def days_of(found: list[Pause]) -> frozenset[date]:
    return frozenset(
        pause.first + timedelta(place) for pause in found for place in range((pause.last - pause.first).days + 1)
    )


@given(days, few)
def test_the_last_day_is_the_one_found_by_walking(start: date, n: int) -> None:
    assert due(start, n, CALENDAR).due_on == oracle.due(start, n)


@given(days, few)
def test_the_working_walks_every_day_and_ends_on_the_last_one(start: date, n: int) -> None:
    found = due(start, n, CALENDAR)
    assert [(line.day, line.counted) for line in found.working] == oracle.walk(start, n)
    assert [line.n for line in found.working if line.counted] == list(range(1, n + 1))
    assert {line.n for line in found.working if not line.counted} <= {None}
    assert found.working[-1].day == found.due_on


@given(days, st.integers(1, 40), pauses)
def test_days_of_a_pause_are_left_out(start: date, n: int, spans: list[tuple[int, int]]) -> None:
    paused = pauses_from(start, spans)
    if start + timedelta(200) > oracle.LAST:
        return
    found = due(start, n, CALENDAR, pauses=paused)
    walked = oracle.walk(start, n, days_of(paused))
    assert found.due_on == walked[-1][0]
    assert [(line.day, line.counted) for line in found.working] == walked


@given(days, st.integers(1, 30), st.integers(1, 30))
def test_a_period_and_another_after_it_are_one_period(start: date, m: int, n: int) -> None:
    assert due(start, m + n, CALENDAR).due_on == due(due(start, m, CALENDAR).due_on, n, CALENDAR).due_on


@given(days, st.integers(0, 30), few)
def test_later_received_is_never_earlier_due(start: date, later: int, n: int) -> None:
    assert due(start, n, CALENDAR).due_on <= due(start + timedelta(later), n, CALENDAR).due_on


@given(days, st.integers(1, 59))
def test_one_day_more_is_due_later_and_the_last_day_is_worked(start: date, n: int) -> None:
    first, second = due(start, n, CALENDAR).due_on, due(start, n + 1, CALENDAR).due_on
    assert start < first < second
    assert oracle.is_workday(first)


@given(days.filter(oracle.is_workday), few)
def test_from_a_working_day_there_and_back_is_where_one_was(start: date, n: int) -> None:
    assert shift(shift(start, n, CALENDAR), -n, CALENDAR) == start


@given(days, few)
def test_going_back_is_found_by_walking_too(end: date, n: int) -> None:
    assert shift(end, -n, CALENDAR) == oracle.back(end, n)


@given(days, few)
def test_between_a_start_and_its_last_day_lie_the_days_of_the_period(start: date, n: int) -> None:
    assert working_days_between(start, due(start, n, CALENDAR).due_on, CALENDAR) == n
    assert working_days_between(due(start, n, CALENDAR).due_on, start, CALENDAR) == -n
    assert shift(start, 0, CALENDAR) == start


@pytest.mark.parametrize("n", [0, -1])
def test_a_period_of_no_days_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="one working day or more"):
        due(date(2025, 1, 2), n, CALENDAR)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Pause(date(2025, 1, 2), date(2025, 1, 1))


def test_overlapping_pauses_are_counted_once_and_told_together() -> None:
    start = date(2025, 3, 3)
    both = [Pause(date(2025, 3, 5), date(2025, 3, 6), "甲"), Pause(date(2025, 3, 6), date(2025, 3, 7), "乙")]
    found = due(start, 3, CALENDAR, pauses=both)
    assert found.due_on == date(2025, 3, 11)
    assert {line.why for line in found.working if line.day == date(2025, 3, 6)} == {"甲、乙，不计入"}


@pytest.mark.parametrize(("start", "n"), [(date(2003, 12, 31), 5), (date(2036, 12, 25), 20), (date(2040, 1, 1), 1)])
def test_past_its_ends_the_calendar_refuses_in_a_sentence(start: date, n: int) -> None:
    with pytest.raises(OutsideCalendar, match="2004-01-01至2036-12-31"):
        due(start, n, CALENDAR)


@pytest.mark.parametrize(
    ("start", "n", "provisional"),
    [
        (date(2026, 12, 1), 22, False),
        (date(2026, 12, 1), 23, True),
        (date(2026, 12, 31), 1, True),
        (date(2025, 12, 31), 1, False),
    ],
)
def test_a_period_that_reaches_a_year_without_a_notice_is_provisional(start: date, n: int, provisional: bool) -> None:
    assert due(start, n, CALENDAR).provisional is provisional
