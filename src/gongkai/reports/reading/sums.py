"""The sums that the form itself prescribes for table three, to confirm a reading; the checks proper are in ``rules``."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.reports.enums import OTHER_2021, Column, Row
from gongkai.reports.reading.model import TableThree

_FLOW = frozenset({Row.NEW_RECEIVED, Row.CARRIED_IN, Row.HANDLED_TOTAL, Row.CARRIED_OVER})


def columns_agree(rows: TableThree) -> bool:
    """Whether the table is whole and R1 and R2 hold in every column."""
    other = OTHER_2021 if any(row in rows for row in OTHER_2021) else (Row.OTHER_HANDLING,)
    results = [row for row in Row if row not in _FLOW and row not in {*OTHER_2021, Row.OTHER_HANDLING}] + [*other]
    if any(row not in rows for row in (*_FLOW, *results)):
        return False
    return all(_agrees(rows, results, column) for column in Column)


def _agrees(rows: TableThree, results: Iterable[Row], column: Column) -> bool:
    amounts = {row: rows[row][column].amount for row in (*_FLOW, *results)}
    if any(amount is None for amount in amounts.values()):
        return False
    of = {row: amount or 0 for row, amount in amounts.items()}
    flow = of[Row.NEW_RECEIVED] + of[Row.CARRIED_IN] == of[Row.HANDLED_TOTAL] + of[Row.CARRIED_OVER]
    return flow and sum(of[row] for row in results) == of[Row.HANDLED_TOTAL]
