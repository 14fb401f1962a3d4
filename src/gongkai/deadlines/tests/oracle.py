"""An independent witness: due dates by walking day by day with the package chinesecalendar. Shares no code with rules."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
ONE = timedelta(days=1)


def is_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def walk(start: date, working_days: int, paused: frozenset[date] = frozenset()) -> list[tuple[date, bool]]:
    """Every day after `start` up to the last of so many working days, and whether it counts."""
    walked: list[tuple[date, bool]] = []
    day = start
    while working_days:
        day += ONE
        counts = is_workday(day) and day not in paused
        walked.append((day, counts))
        working_days -= counts
    return walked


def due(start: date, working_days: int, paused: frozenset[date] = frozenset()) -> date:
    return walk(start, working_days, paused)[-1][0]


def back(end: date, working_days: int) -> date:
    """The day so many working days before."""
    day = end
    while working_days:
        day -= ONE
        working_days -= is_workday(day)
    return day
