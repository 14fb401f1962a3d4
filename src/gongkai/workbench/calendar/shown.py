"""What the pages of the calendar show: months as weeks, a notice's days, the moves with the names of organs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from gongkai.deadlines.enums import DayKind
from gongkai.deadlines.rules import LIMITS, Day, Notice, WorkCalendar
from gongkai.organisations import selectors as organisations

CLASSES = {DayKind.HOLIDAY: "d-off", DayKind.WEEKEND: "d-rest", DayKind.MAKEUP: "d-on d-extra", DayKind.WORKDAY: ""}


@dataclass(frozen=True)
class Cell:
    """A day of a month: its number, what it is in words, a mark, its classes."""

    on: date
    words: str
    mark: str
    classes: str


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday; None where a week lies in another month."""

    first: date
    weeks: list[list[Cell | None]]
    working: int


@dataclass(frozen=True)
class Feast:
    """A holiday of a notice: its days off and the weekends worked for it, as runs of days with both ends."""

    name: str
    off: list[tuple[date, date]]
    worked: list[tuple[date, date]]


@dataclass(frozen=True)
class MoveLine:
    """A moved clock in words."""

    organ: str
    limit: str
    before: date
    after: date


def months(calendar: WorkCalendar, year: int, today: date) -> list[Month]:
    """The twelve months of a year."""
    days = calendar.days(date(year, 1, 1), date(year, 12, 31))
    return [_month(list(found), today) for _number, found in groupby(days, key=lambda day: day.on.month)]


def _month(days: list[Day], today: date) -> Month:
    cells: list[Cell | None] = [None] * days[0].on.weekday()
    cells += [_cell(day, today) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[place : place + 7] for place in range(0, len(cells), 7)]
    return Month(days[0].on, weeks, sum(day.is_working for day in days))


def _cell(day: Day, today: date) -> Cell:
    words = {
        DayKind.HOLIDAY: _("%(name)s放假") % {"name": _(day.name) if day.name else ""},
        DayKind.MAKEUP: _("调休上班"),
        DayKind.WEEKEND: _("休息"),
        DayKind.WORKDAY: "",
    }[day.kind]
    marks = {DayKind.HOLIDAY: _("休"), DayKind.MAKEUP: _("班")}
    classes = f"{CLASSES[day.kind]} d-today" if day.on == today else CLASSES[day.kind]
    return Cell(day.on, words, marks.get(day.kind, ""), classes.strip())


def feasts(notice: Notice) -> list[Feast]:
    """The holidays of a notice in the order of their first days."""
    names = dict.fromkeys(day.name for day in notice.days)
    return [
        Feast(
            _(name),
            _runs(day.on for day in notice.days if day.name == name and day.off),
            _runs(day.on for day in notice.days if day.name == name and not day.off),
        )
        for name in names
    ]


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day == runs[-1][1] + timedelta(1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def changes(days: Iterable[date], before: WorkCalendar, after: WorkCalendar) -> list[tuple[date, str, str]]:
    """(day, what it was, what it would be)."""
    return [(on, _why(before, on), _why(after, on)) for on in days]


def _why(calendar: WorkCalendar, on: date) -> str:
    return calendar.day(on).why if calendar.first <= on <= calendar.last else "—"


def move_lines(moves: Sequence[tuple[str, str, date, date]]) -> list[MoveLine]:
    """(organ's code, clock's name, before, after) in words; one query for the organs."""
    organs = organisations.by_codes(sorted({code for code, *_rest in moves}))
    return [
        MoveLine(
            organs[code].short_name if code in organs else code,
            _(LIMITS[name].label) if name in LIMITS else name,
            before,
            after,
        )
        for code, name, before, after in moves
    ]
