"""The fourth table of the yearly report, counted from disputes. One pure function, and the same test for a figure's cases.

The relation that must hold, by construction: upheld + corrected + other + pending = total, in every block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.disputes.enums import Kind, Result

PENDING, TOTAL = "pending", "total"
COLUMNS = (*(result.value for result in Result), PENDING, TOTAL)


@dataclass(frozen=True)
class Counted:
    """What the table needs to know of a dispute."""

    kind: Kind
    filed_on: date
    result: str
    result_on: date | None


def columns_of(found: Counted, year: int) -> tuple[str, ...]:
    """The columns of a year's table that a dispute counts in; none if it is not of the year.

    It is of the year while it was open on any day of it: what was carried over is counted again until it ends.
    """
    if found.filed_on.year > year or (found.result_on and found.result_on.year < year):
        return ()
    ended = found.result_on is not None and found.result_on.year == year
    return (found.result if ended else PENDING, TOTAL)


def table_four(rows: Iterable[Counted], year: int) -> Mapping[str, Mapping[str, int]]:
    """block -> column -> count, every block and column present."""
    table = {kind.value: dict.fromkeys(COLUMNS, 0) for kind in Kind}
    for found in rows:
        for column in columns_of(found, year):
            table[found.kind.value][column] += 1
    return table
