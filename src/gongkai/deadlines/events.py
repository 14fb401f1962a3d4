"""What happened in this context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CalendarChanged:
    """The work calendar of a year was put in force or changed: how many days changed, how many open clocks moved."""

    year: int
    official: bool
    days_changed: int
    clocks_moved: int


@dataclass(frozen=True)
class CalendarMissing:
    """The year is near its end, and the next year's notice has not been imported. Told every day until it is."""

    year: int
    on: date


@dataclass(frozen=True)
class ClockFacts:
    """Whose clock it is: the owner (`applications.application`, its key), the organ's code, which limit."""

    clock_id: int
    owner_kind: str
    owner_id: str
    organ: str
    name: str


@dataclass(frozen=True)
class ClockMoved:
    """A changed calendar moved the last day of an open clock, or (`before` = `after`) settled whether it is provisional."""

    clock: ClockFacts
    before: date
    after: date
    provisional: bool


@dataclass(frozen=True)
class ClockDueSoon:
    """Few working days are left: told once when it is soon, once when it is urgent, once on the last day itself."""

    clock: ClockFacts
    due_on: date
    urgent: bool
    last_day: bool = False


@dataclass(frozen=True)
class ClockOverdue:
    """The last day has passed: told once for each last day."""

    clock: ClockFacts
    due_on: date


@dataclass(frozen=True)
class ClocksTold:
    """What a sweep has to tell, some hundreds at a time, so that who is told of many is looked up once."""

    alerts: tuple[ClockDueSoon | ClockOverdue, ...]
