"""Notices and clocks for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar

from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.deadlines import services
from gongkai.deadlines.models import Clock
from gongkai.deadlines.rules import Notice, NoticeDay
from gongkai.kernel import bus

OFFICER = Actor(ActorKind.USER, "7")
TODAY = date(2026, 11, 24)
E = TypeVar("E")
_numbers = count(1)


def a_notice(year: int = 2027, off: tuple[str, ...] = ("01-01",), worked: tuple[str, ...] = ()) -> Notice:
    """A notice of a year that names these days of it, as month and day."""
    days = [NoticeDay(date.fromisoformat(f"{year}-{day}"), "元旦", True) for day in off]
    days += [NoticeDay(date.fromisoformat(f"{year}-{day}"), "元旦", False) for day in worked]
    return Notice(year, ("示例通知〔2026〕1号",), tuple(sorted(days, key=lambda day: day.on)))


def a_clock(starts_on: date, working_days: int = 20, **values: Any) -> Clock:
    """An open clock, of an owner of its own."""
    given = {
        "owner_kind": "tests.case",
        "owner_id": next(_numbers),
        "organ": "finance",
        "name": "reply",
        "starts_on": starts_on,
        "working_days": working_days,
        "today": TODAY,
    }
    return services.start_clock(**{**given, **values})


def many_clocks(number: int, first: date, *, spread: int = 250) -> None:
    """Open clocks of the reply limit from `first` on, spread over so many days, written in bulk."""
    model = a_clock(first)
    rows = []
    for place in range(number - 1):
        start = first + timedelta(place % spread)
        rows.append(
            Clock(
                owner_kind="bench",
                owner_id=str(place),
                organ="finance",
                name="reply",
                starts_on=start,
                working_days=20,
                due_on=start,
                calendar="",
                alert_on=None,
                pauses=model.pauses,
            )
        )
    Clock.objects.bulk_create(rows, batch_size=2000)


@contextmanager
def hearing(kind: type[E]) -> Iterator[list[E]]:
    """The events of a kind that are told meanwhile."""
    heard: list[E] = []
    bus.subscribe(kind, heard.append)
    try:
        yield heard
    finally:
        bus.unsubscribe(kind, heard.append)
