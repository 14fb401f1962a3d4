"""The arithmetic of scheduled work: pure functions on cron lines and moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from croniter import croniter


@dataclass(frozen=True)
class Job:
    """Scheduled work: its name, when (a cron line in local time), and the dotted path of its task."""

    name: str
    cron: str
    task: str


# A failed task is tried again after these; then a person has to look.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


def pause(attempts: int) -> timedelta | None:
    """How long a task that failed `attempts` times waits for its next try; None when it is given up."""
    return PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None


def is_cron(line: str) -> bool:
    """Whether `line` is a cron line with five fields."""
    return len(line.split()) == 5 and bool(croniter.is_valid(line))


def latest_due(cron: str, after: datetime, now: datetime) -> datetime | None:
    """The last slot later than `after` and not later than `now`; earlier missed slots are let go.

    Both moments carry the time zone that the cron line is meant in.
    """
    slot = latest_slot(cron, now)
    return slot if slot > after else None


def latest_slot(cron: str, now: datetime) -> datetime:
    """The last slot not later than `now`."""
    # A walk starts outside the slots it finds, so go to the next slot and come back: one at `now` is found too.
    walk = croniter(cron, croniter(cron, now).get_next(datetime))
    slot: datetime = walk.get_prev(datetime)
    return slot
