"""公开时限 (art. 26): how long what was made may wait before it is public. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.deadlines.rules import WorkCalendar, shift, working_days_between
from gongkai.kernel.labelled import Labelled
from gongkai.statutes import BeforeTheLaw, in_force


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


def clock(since: date, today: date, calendar: WorkCalendar, *, kind: str = "") -> Clock:
    """Art. 26: within 20 working days of being made or changed, or fewer of a kind; the day itself is not counted."""
    limit, warn = limits(since, kind)
    used = max(0, working_days_between(since, today, calendar))
    tone = Tone.RED if used >= limit else Tone.AMBER if used >= warn else Tone.GREEN
    return Clock(since, used, shift(since, limit, calendar), tone)


def limits(since: date, kind: str) -> tuple[int, int]:
    """The working days of a kind, and after how many of them it is near: as long before the last as by the law."""
    limit = in_force("proactive_disclosure_limit", since).integer
    warn = in_force("proactive_disclosure_warning", since).integer
    own = min(limit, int(_own(since).get(kind, limit)))
    return own, max(0, own - (limit - warn))


def _own(since: date) -> Mapping[str, Any]:
    try:
        return in_force("proactive_disclosure_own_limits", since).table
    except BeforeTheLaw:
        return {}
