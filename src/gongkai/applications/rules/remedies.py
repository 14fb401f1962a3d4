"""Where an outcome can be challenged, in which order, and up to which day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from gongkai.deadlines.rules import OutsideCalendar, WorkCalendar
from gongkai.statutes import Value, in_force

REVIEW, COURT, COURT_AFTER_REVIEW = "review", "court", "court_after_review"


@dataclass(frozen=True, slots=True)
class Way:
    """One way: before whom, how long, by which article; `last_on` is None where its first day is not known yet."""

    name: str
    before: str
    length: int
    unit: str
    cite: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """The ways in their order; `review_first` where the court hears nobody who has not asked for review."""

    review_first: bool
    ways: tuple[Way, ...]


def remedies(code: str, told_on: date, calendar: WorkCalendar, *, authority: str) -> Remedies | None:
    """The ways open to who was told of an outcome on a day; None where the law knows none for it."""
    table = in_force("remedy_by_result", told_on).table
    first = code in table["reconsideration_first"]
    if not first and code not in table["choice"]:
        return None
    review = in_force("reconsideration_limit", told_on)
    court = in_force("administrative_court", told_on).text
    asked = _way(REVIEW, authority, review, _last(told_on + timedelta(review.integer), calendar))
    if first:
        after = in_force("litigation_after_reconsideration_limit", told_on)
        return Remedies(True, (asked, _way(COURT_AFTER_REVIEW, court, after, None)))
    direct = in_force("litigation_direct_limit", told_on)
    sued = _way(COURT, court, direct, _last(told_on + relativedelta(months=direct.integer), calendar))
    return Remedies(False, (asked, sued))


def _way(name: str, before: str, limit: Value, last_on: date | None) -> Way:
    return Way(name, before, limit.integer, limit.unit, limit.cite.text, last_on)


def _last(day: date, calendar: WorkCalendar) -> date:
    """A last day that is a holiday moves to the next working day, where the law says so and the calendar reaches."""
    if not in_force("last_day_moves_off_holidays", day).flag:
        return day
    try:
        while not calendar.is_working(day):
            day += timedelta(1)
    except OutsideCalendar:
        return day
    return day
