"""The work calendar: which days are worked, by the State Council's yearly notices. Pure.

Days are counted by an index made once: asking for the twentieth working day after a day costs two look-ups, however
many days lie between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from gongkai.deadlines.enums import DayKind

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SATURDAY = 5
PROVISIONAL = "（暂定）"


class OutsideCalendar(Exception):
    """A day that the work calendar does not reach; the text is for the person who asked."""


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day that a notice names: for which holiday, and whether it is off or worked."""

    on: date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """The days of one year as one notice arranges them.

    A notice may also arrange the last days of the year before: New Year's holiday begins there. `official` is false for
    days computed from the law on public holidays before the notice is out; `confirmed` is false when nobody has checked
    the number of the document.
    """

    year: int
    papers: tuple[str, ...]
    days: tuple[NoticeDay, ...]
    official: bool = True
    confirmed: bool = True

    @property
    def source(self) -> str:
        """The documents it stands in."""
        return "、".join(self.papers)

    @property
    def digest(self) -> str:
        """Tells contents apart: SHA-256 in hex over everything but the order of the days."""
        days = sorted((day.on.isoformat(), day.name, day.off) for day in self.days)
        text = json.dumps([self.year, self.papers, days, self.official, self.confirmed], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Day:
    """One day: what it is, the holiday it belongs to ("" for an ordinary day), where that stands."""

    on: date
    kind: DayKind
    name: str
    source: str
    provisional: bool

    @cached_property
    def is_working(self) -> bool:
        """Whether the day is worked."""
        return self.kind in {DayKind.WORKDAY, DayKind.MAKEUP}

    @cached_property
    def why(self) -> str:
        """Why it is counted or not: 周二，工作日; 周日，国庆节调休上班; 周三，国庆节放假; 周六，周末."""
        what = {DayKind.MAKEUP: f"{self.name}调休上班", DayKind.HOLIDAY: f"{self.name}放假"}
        text = f"{WEEKDAYS[self.on.weekday()]}，{what.get(self.kind, self.kind.label)}"
        return text + (PROVISIONAL if self.provisional else "")


class WorkCalendar:
    """Every day from 1 January of the first year to 31 December of the last one for which there is a notice.

    A later year's notice goes before an earlier one where both name a day. A year without a notice of its own between
    two others has its weekends only, and is provisional. Never changed once made.
    """

    def __init__(self, notices: Iterable[Notice]) -> None:
        ordered = sorted(notices, key=lambda notice: notice.year)
        if not ordered:
            raise ValueError("A work calendar is made of one notice at least.")
        self.notices = MappingProxyType({notice.year: notice for notice in ordered})
        self.first, self.last = date(ordered[0].year, 1, 1), date(ordered[-1].year, 12, 31)
        self._origin = self.first.toordinal()
        self._named = {day.on: (day, notice) for notice in self.notices.values() for day in notice.days}
        size = self.last.toordinal() - self._origin + 1
        worked = [(self._origin + place - 1) % 7 < SATURDAY for place in range(size)]  # day 1 of the count is a Monday
        for on in self._named:
            if self.first <= on <= self.last:
                worked[on.toordinal() - self._origin] = not self._named[on][0].off
        self._worked = worked
        self._before = [0, *accumulate(worked)]  # working days before each day
        self._working = [self._origin + place for place, is_worked in enumerate(worked) if is_worked]
        self._days: list[Day | None] = [None] * size  # made when first asked for
        self.provisional_years = frozenset(
            year
            for year in range(self.first.year, self.last.year + 1)
            if year not in self.notices or not self.notices[year].official
        )

    def day(self, on: date) -> Day:
        """What a day is; OutsideCalendar when the calendar does not reach it."""
        place = self._place(on)
        return self._days[place] or self._look_up(place)

    def days(self, first: date, last: date) -> list[Day]:
        """What each day from `first` to `last` is."""
        places = range(self._place(first), self._place(last) + 1)
        return [self._days[place] or self._look_up(place) for place in places]

    def is_working(self, on: date) -> bool:
        """Whether a day is worked."""
        return self._worked[self._place(on)]

    def before(self, on: date) -> int:
        """How many working days of the calendar lie before a day; the day after the last may be asked for too."""
        return self._before[self._place(on) if on <= self.last else self._place(on - timedelta(1)) + 1]

    def up_to(self, on: date) -> int:
        """How many working days of the calendar lie up to a day, the day included."""
        return self._before[self._place(on) + 1]

    def working_day(self, number: int) -> date:
        """The working day before which there are `number` others; OutsideCalendar past the ends."""
        if 0 <= number < len(self._working):
            return date.fromordinal(self._working[number])
        raise OutsideCalendar(
            f"要数的日子超出了工作日历的范围（{self.first}至{self.last}）。请缩短期限或者核对起算日期。"
        )

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` lies in a year without an official notice."""
        return any(year in self.provisional_years for year in range(first.year, last.year + 1))

    def replacing(self, notice: Notice) -> WorkCalendar:
        """The calendar with one notice put in the place of its year's."""
        return WorkCalendar([*(own for own in self.notices.values() if own.year != notice.year), notice])

    @cached_property
    def stamp(self) -> str:
        """Tells calendars apart: the same stamp, the same days. 16 hex digits."""
        return stamp_of(notice.digest for notice in self.notices.values())

    def _look_up(self, place: int) -> Day:
        on = date.fromordinal(self._origin + place)
        named, notice = self._named.get(on, (None, self.notices.get(on.year)))
        kind = _kind(worked=self._worked[place], weekend=on.weekday() >= SATURDAY, named=named is not None)
        provisional = on.year in self.provisional_years
        day = Day(on, kind, named.name if named else "", notice.source if notice else "", provisional)
        self._days[place] = day
        return day

    def _place(self, on: date) -> int:
        place = on.toordinal() - self._origin
        if 0 <= place < len(self._worked):
            return place
        raise OutsideCalendar(
            f"{on}不在工作日历的范围内（{self.first}至{self.last}）。请核对日期，或者先导入该年的放假通知。"
        )


def stamp_of(digests: Iterable[str]) -> str:
    """The stamp of a calendar made of notices with these digests, in the order of their years."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:16]


def _kind(*, worked: bool, weekend: bool, named: bool) -> DayKind:
    if worked:
        return DayKind.MAKEUP if weekend else DayKind.WORKDAY
    return DayKind.HOLIDAY if named else DayKind.WEEKEND
