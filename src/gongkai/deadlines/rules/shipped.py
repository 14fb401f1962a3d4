"""The notices that the program carries: official ones since 2004, and the years after them as computed from the law."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .calendar import Notice, WorkCalendar
from .notices import read_notice

FOLDER = Path(__file__).resolve().parent.parent / "data" / "calendar"


@cache
def shipped_notices() -> tuple[Notice, ...]:
    """Every notice carried, in the order of years."""
    return tuple(read_notice(path.read_bytes()) for path in sorted(FOLDER.glob("*.json")))


@cache
def shipped_calendar() -> WorkCalendar:
    """The work calendar made of them."""
    return WorkCalendar(shipped_notices())
