"""Art. 30 and 33: the last day for the reply, as a fold over what happened. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.deadlines.rules import Due, WorkCalendar, due
from gongkai.statutes import Value, in_force

SHANGHAI = ZoneInfo("Asia/Shanghai")
REPLY = "reply"  # the name of the clock
STARTS = frozenset({"register", "supplement"})


class NotReceived(Exception):
    """There is no day to count from: the application has not been registered."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened to an application, on a day of the law."""

    act: str
    on: date
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Reply:
    """The last day for the reply: the day counted from, the working days of the limit and of its extension."""

    start: date
    limit: int
    extension: int
    due_on: date
    provisional: bool
    cite: str


def reply_due(history: Iterable[Happened], calendar: WorkCalendar) -> Reply:
    """The limit in force on the day of receipt, from the receipt or from the supplement, and its extension after that.

    Raises `NotReceived` when nothing started the limit.
    """
    received: date | None = None
    start: date | None = None
    extension = 0
    for happened in history:
        if happened.act in STARTS:
            start, extension = happened.on, 0
            received = received or happened.on
        elif happened.act == "extend":
            extension += int(str(happened.facts["working_days"]))
    if start is None or received is None:
        raise NotReceived("The application has not been registered.")
    limit = in_force("reply_limit", received)
    found = due(start, limit.integer + extension, calendar)
    return Reply(start, limit.integer, extension, found.due_on, found.provisional, limit.cite.text)


def supplement_notice_due(received_on: date, calendar: WorkCalendar) -> Reply:
    """The last day to tell the applicant what to supplement."""
    limit = in_force("supplement_notice_limit", received_on)
    found = due(received_on, limit.integer, calendar)
    return Reply(received_on, limit.integer, 0, found.due_on, found.provisional, limit.cite.text)


def term(start: date, working_days: int, calendar: WorkCalendar) -> date:
    """A term of working days that the organ sets."""
    return due(start, working_days, calendar).due_on


def working(reply: Reply, calendar: WorkCalendar) -> Due:
    """The same date with each day counted or skipped, and why."""
    return due(reply.start, reply.limit + reply.extension, calendar)


def extension_limit(received_on: date) -> Value:
    """By how many working days the reply may be put off at most, and the article."""
    return in_force("reply_extension_limit", received_on)


def local_day(moment: datetime) -> date:
    """The day of the law on which a moment falls: in Shanghai."""
    return moment.astimezone(SHANGHAI).date()
