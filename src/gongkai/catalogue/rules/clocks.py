"""公开时限 (art. 26): how long what was made may wait before it is public. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.deadlines.rules import WorkCalendar, shift, working_days_between
from gongkai.kernel.labelled import Labelled
from gongkai.statutes import in_force


class Tone(Labelled):
    """How near the last day is."""

    GREEN = "green", "期限内"
    AMBER = "amber", "临近期限"
    RED = "red", "已到期限"


@dataclass(frozen=True)
class Clock:
    """The clock of one thing: since when, the working days gone, its last day, how near that is."""

    since: date
    used: int
    due_on: date
    tone: Tone


def clock(since: date, today: date, calendar: WorkCalendar) -> Clock:
    """Art. 26: within 20 working days of being made or changed; the day itself is not counted."""
    limit, warn = in_force("proactive_disclosure_limit", since), in_force("proactive_disclosure_warning", since)
    used = max(0, working_days_between(since, today, calendar))
    tone = Tone.RED if used >= limit.integer else Tone.AMBER if used >= warn.integer else Tone.GREEN
    return Clock(since, used, shift(since, limit.integer, calendar), tone)
