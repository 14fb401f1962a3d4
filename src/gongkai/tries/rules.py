"""Failures in a row, and when they lock. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


class Locked(Exception):
    """No more tries until a moment (aware)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True)
class Count:
    """Failures in a row at one name, address or person."""

    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


def begin(count: Count, *, now: datetime, limit: int, lock: timedelta) -> Count:
    """The count with one more try, taken for a failure until it is known to have succeeded.

    The try that reaches `limit` locks for `lock`; failures older than that are forgotten. Counting before the answer is
    known lets a hundred guesses at once not slip past. Raises Locked.
    """
    if count.locked_until is not None and now < count.locked_until:
        raise Locked(count.locked_until)
    stale = count.locked_until is not None or count.last_at is None or now - count.last_at >= lock
    failures = 1 if stale else count.failures + 1
    return Count(failures, now, now + lock if failures >= limit else None)


def take_back(count: Count) -> Count:
    """The count without the try just made, which succeeded; the failures before it stay."""
    return replace(count, failures=max(0, count.failures - 1), locked_until=None)
