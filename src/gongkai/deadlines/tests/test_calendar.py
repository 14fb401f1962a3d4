"""The calendar that the program carries, against the official table, and how a calendar is put together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.deadlines.enums import DayKind
from gongkai.deadlines.rules import Notice, NoticeDay, OutsideCalendar, WorkCalendar, shipped_calendar, shipped_notices

from . import oracle

CALENDAR = shipped_calendar()


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(place) for place in range((last - first).days + 1)]


def test_every_day_since_2004_agrees_with_the_official_table() -> None:
    asked = every_day(oracle.FIRST, oracle.LAST)
    assert len(asked) == 8401
    assert [day for day in asked if CALENDAR.is_working(day) != oracle.is_workday(day)] == []


def test_a_day_and_its_index_agree() -> None:
    for day in CALENDAR.days(CALENDAR.first, CALENDAR.last):
        assert day.is_working == CALENDAR.is_working(day.on)
        assert CALENDAR.up_to(day.on) - CALENDAR.before(day.on) == day.is_working


@pytest.mark.parametrize(
    ("on", "kind", "why"),
    [
        (date(2025, 9, 16), DayKind.WORKDAY, "周二，工作日"),
        (date(2025, 9, 20), DayKind.WEEKEND, "周六，周末"),
        (date(2025, 9, 28), DayKind.MAKEUP, "周日，国庆节调休上班"),
        (date(2025, 10, 1), DayKind.HOLIDAY, "周三，国庆节放假"),
        (date(2025, 10, 4), DayKind.HOLIDAY, "周六，国庆节放假"),
        (date(2027, 1, 1), DayKind.HOLIDAY, "周五，元旦放假（暂定）"),
        (date(2018, 12, 29), DayKind.MAKEUP, "周六，元旦调休上班"),
    ],
)
def test_a_day_says_what_it_is_and_why(on: date, kind: DayKind, why: str) -> None:
    day = CALENDAR.day(on)
    assert (day.kind, day.why) == (kind, why)


def test_years_up_to_2026_are_official_and_the_rest_provisional() -> None:
    assert [notice.year for notice in shipped_notices()] == list(range(2004, 2037))
    assert CALENDAR.provisional_years == frozenset(range(2027, 2037))
    assert all(notice.papers for notice in shipped_notices())


@pytest.mark.parametrize("year", range(2027, 2037))
def test_a_provisional_year_has_the_thirteen_days_of_the_law_free(year: int) -> None:
    """Each day of the law that falls on a weekend is made up, so weekdays off are thirteen, whatever the year."""
    off = [day for day in every_day(date(year, 1, 1), date(year, 12, 31)) if not CALENDAR.is_working(day)]
    assert len([day for day in off if day.weekday() < 5]) == 13


def test_a_later_notice_goes_before_an_earlier_one() -> None:
    eve = date(2026, 12, 31)
    after = CALENDAR.replacing(Notice(2027, ("示例通知",), (NoticeDay(eve, "元旦", True),)))
    assert (CALENDAR.is_working(eve), after.is_working(eve)) == (True, False)
    assert after.day(eve).source == "示例通知"
    assert CALENDAR.stamp != after.stamp


def test_a_year_between_two_notices_has_its_weekends_and_is_provisional() -> None:
    calendar = WorkCalendar([Notice(2025, ("甲",), ()), Notice(2027, ("乙",), ())])
    assert calendar.provisional_years == {2026}
    assert calendar.is_working(date(2026, 10, 1)) is True
    assert calendar.is_working(date(2026, 10, 3)) is False


def test_the_stamp_knows_contents_not_the_order_they_came_in() -> None:
    again = WorkCalendar(reversed(shipped_notices()))
    assert again.stamp == CALENDAR.stamp


def test_a_calendar_without_notices_cannot_be() -> None:
    with pytest.raises(ValueError, match="one notice"):
        WorkCalendar([])


@pytest.mark.parametrize("on", [date(2003, 12, 31), date(2037, 1, 1)])
def test_a_day_outside_is_refused_in_a_sentence(on: date) -> None:
    with pytest.raises(OutsideCalendar, match=str(on)):
        CALENDAR.day(on)
