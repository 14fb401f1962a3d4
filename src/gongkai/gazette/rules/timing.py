"""When issues are due, and which one is late. Pure: the working days are handed in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

MONTHS = 12


@dataclass(frozen=True)
class Missing:
    """An issue that should have appeared by a day and has not."""

    year: int
    issue: int
    due_on: date
    late_from: date


def due_on(year: int, issue: int, a_year: int) -> date:
    """The last day of the stretch of months that an issue is for."""
    month = issue * MONTHS // a_year
    return date(year, month, monthrange(year, month)[1])


def missing(
    appeared: Collection[tuple[int, int]],
    *,
    since: date,
    today: date,
    a_year: int,
    next_working_day: Callable[[date], date],
) -> list[Missing]:
    """The issues due since a day that have not appeared, from the working day after; the oldest first."""
    found = []
    for year in range(since.year, today.year + 1):
        for issue in range(1, a_year + 1):
            due = due_on(year, issue, a_year)
            if due < since or due >= today or (year, issue) in appeared:
                continue
            late_from = next_working_day(due)
            if late_from <= today:
                found.append(Missing(year, issue, due, late_from))
    return found
