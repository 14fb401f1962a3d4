"""Counting working days: the day of receipt does not count, the last day is never a day off. Pure.

民事诉讼法第八十五条，经行政诉讼法第一百零一条：the day on which a period begins is not counted; a period that would end
on a day off ends on the next working day. Counted in working days, the second follows from the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from .calendar import WorkCalendar

ONE = timedelta(1)


class CountedDay(NamedTuple):
    """One line of the working: a day, whether it counts, the how manieth it is (None when it does not), and why."""

    day: date
    counted: bool
    n: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Art. 33(3): days that are left out of a period, both ends among them, and what for."""

    first: date
    last: date
    why: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A pause cannot end ({self.last}) before it begins ({self.first}).")


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and how it was counted.

    `provisional`: some day of the period lies in a year whose notice is not out. `cite`: where the limit stands.
    """

    start: date
    working_days: int
    due_on: date
    provisional: bool
    cite: str = ""
    pauses: tuple[Pause, ...] = ()
    calendar: WorkCalendar | None = field(default=None, repr=False, compare=False)

    @property
    def working(self) -> tuple[CountedDay, ...]:
        """Every day after the start up to the last one: counted or not, and why."""
        return tuple(_count_out(self, self.calendar)) if self.calendar else ()

    @property
    def plain(self) -> dict[str, object]:
        """The last day and its working as plain values, for JSON."""
        return {
            "due_on": self.due_on.isoformat(),
            "provisional": self.provisional,
            "working": [{**line._asdict(), "day": line.day.isoformat()} for line in self.working],
            "cite": self.cite,
        }


def due(start: date, working_days: int, calendar: WorkCalendar, *, pauses: Sequence[Pause] = (), cite: str = "") -> Due:
    """The last day of a period of `working_days` (1 or more) after `start`, which itself does not count.

    Working days inside the pauses are added again. Raises `OutsideCalendar` when the calendar does not reach so far.
    """
    if working_days < 1:
        raise ValueError(f"A period has one working day or more, not {working_days}.")
    first = calendar.up_to(start)
    number = first + working_days - 1
    joined = join(pauses) if pauses else ()
    for pause in joined:
        begins = max(calendar.before(max(pause.first, calendar.first)), first)
        if begins > number:
            break
        number += max(calendar.up_to(pause.last) - begins, 0)
    due_on = calendar.working_day(number)
    return Due(start, working_days, due_on, calendar.is_provisional(start + ONE, due_on), cite, joined, calendar)


def shift(day: date, working_days: int, calendar: WorkCalendar) -> date:
    """The day so many working days after (negative: before) a day; 0 is the day itself."""
    if working_days > 0:
        return calendar.working_day(calendar.up_to(day) + working_days - 1)
    if working_days < 0:
        return calendar.working_day(calendar.before(day) + working_days)
    return day


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` comes first."""
    return calendar.up_to(end) - calendar.up_to(start)


def join(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Pauses in order, those that overlap or touch made one, that no day is added twice."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda found: (found.first, found.last)):
        if joined and pause.first <= joined[-1].last + ONE:
            before = joined.pop()
            whys = dict.fromkeys(why for why in (before.why, pause.why) if why)
            pause = Pause(before.first, max(before.last, pause.last), "、".join(whys))  # noqa: PLW2901 - the joined one
        joined.append(pause)
    return tuple(joined)


def _count_out(found: Due, calendar: WorkCalendar) -> Iterable[CountedDay]:
    n = 0
    for day in calendar.days(found.start + ONE, found.due_on):
        if not day.is_working:
            yield CountedDay(day.on, False, None, day.why)
        elif found.pauses and (pause := _pause_of(day.on, found.pauses)):
            yield CountedDay(day.on, False, None, f"{pause.why or '期限中止'}，不计入")
        else:
            n += 1
            yield CountedDay(day.on, True, n, day.why)


def _pause_of(day: date, pauses: Iterable[Pause]) -> Pause | None:
    return next((pause for pause in pauses if pause.first <= day <= pause.last), None)
