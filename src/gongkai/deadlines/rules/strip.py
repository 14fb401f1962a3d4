"""A period as weeks of days, as the calendar strip of the design system takes it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.deadlines.enums import DayKind

from .calendar import Day, WorkCalendar
from .counting import CountedDay, Due

WEEK = 7
START, DUE, NOW, MADE_UP, SKIPPED = "收到日", "到期", "今天", "调休", "不计"


@dataclass(frozen=True, slots=True)
class StripDay:
    """One cell: its day, a word, the how manieth working day it is ("" when it is none), and its classes."""

    iso: str
    day: str
    note: str
    count: str
    classes: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A period summed up: how many days it has, and of them weekends, days off for a holiday, paused, made up."""

    days: int
    weekends: int
    holidays: int
    paused: int
    makeups: int

    @property
    def skipped(self) -> int:
        return self.weekends + self.holidays + self.paused


def tally(found: Due, calendar: WorkCalendar) -> Tally:
    """The days of a period by what they are."""
    kinds = [(line, calendar.day(line.day).kind) for line in found.working]
    return Tally(
        days=len(kinds),
        weekends=sum(kind is DayKind.WEEKEND for _line, kind in kinds),
        holidays=sum(kind is DayKind.HOLIDAY for _line, kind in kinds),
        paused=sum(not line.counted and kind in {DayKind.WORKDAY, DayKind.MAKEUP} for line, kind in kinds),
        makeups=sum(line.counted and kind is DayKind.MAKEUP for line, kind in kinds),
    )


def weeks(found: Due, calendar: WorkCalendar, today: date, say: Callable[[str], str] = str) -> list[list[StripDay]]:
    """Whole weeks from the start's Monday to the last day's Sunday; `say` puts the words in the reader's language."""
    lines = {line.day: line for line in found.working}
    monday = found.start - timedelta(found.start.weekday())
    sunday = found.due_on + timedelta(6 - found.due_on.weekday())
    first, last = max(monday, calendar.first), min(sunday, calendar.last)
    cells = [_cell(day, lines.get(day.on), found, today, say) for day in calendar.days(first, last)]
    cells = [StripDay("", "", "", "", "")] * (first - monday).days + cells
    return [cells[place : place + WEEK] for place in range(0, len(cells), WEEK)]


def _cell(day: Day, line: CountedDay | None, found: Due, today: date, say: Callable[[str], str]) -> StripDay:
    classes, notes = [], []
    if day.on == found.start:
        classes.append("d-zero")
        notes.append(say(START))
    elif line is not None and line.counted:
        classes.append("d-done" if day.on < today else "d-on")
        if day.kind is DayKind.MAKEUP:
            classes.append("d-extra")
            notes.append(say(MADE_UP))
    elif line is not None or not day.is_working:
        classes.append("d-off")
        notes.append(say(day.name) if day.kind is DayKind.HOLIDAY else say(SKIPPED) if line else "")
    if day.on == found.due_on:
        classes.append("d-due")
        notes.append(say(DUE))
    elif day.on == today:
        classes.append("d-today")
        notes.append(say(NOW))
    count = str(line.n) if line is not None and line.n else ""
    text = f"{day.on.month}/{day.on.day}"
    return StripDay(day.on.isoformat(), text, " ".join(filter(None, notes)), count, " ".join(classes))
