"""The third table of the yearly report, counted from cases. One pure function, and the same test for opening a figure.

The relation that must hold, by construction: new + carried in = handled + carried over, in every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.organisations.enums import ApplicantKind
from gongkai.statutes import decision, report_form

NEW, CARRIED_IN, CARRIED_OVER, TOTAL = "new_received", "carried_in", "carried_over", "handled_total"


@dataclass(frozen=True)
class Case:
    """What the table needs to know of an application: days of the law, the applicant's kind, the outcome's code."""

    received_on: date
    kind: ApplicantKind
    closed_on: date | None
    code: str


def rows_of(case: Case, year: int) -> tuple[str, ...]:
    """The rows of a year's table that a case counts in, the sum row of results included; none if it is not of the year.

    It is new in the year of its receipt, carried in while open on 1 January, handled in the year it was closed,
    carried over while open on 31 December.
    """
    if case.received_on.year > year or (case.closed_on and case.closed_on.year < year):
        return ()
    start = NEW if case.received_on.year == year else CARRIED_IN
    if case.closed_on is None or case.closed_on.year > year:
        return (start, CARRIED_OVER)
    return (start, result_row(case.code, year), TOTAL)


def result_row(code: str, year: int) -> str:
    """The row of an outcome in the form of a year. The form of 2019 and 2020 has one row for the whole of group (六)."""
    day = date(year, 12, 31)
    row = decision(code, day).row
    block = report_form(year).three
    rows = {found.name for found in block.rows} if block else set()
    return row if row in rows else "other_handling"


def table_three(cases: Iterable[Case], year: int) -> Mapping[str, Mapping[str, int]]:
    """row -> column -> count, every row and column of the year's form present; the last column is the sum."""
    block = report_form(year).three
    if block is None:
        raise ValueError(f"The report of {year} has no third table.")
    columns = [column.name for column in block.columns]
    table = {row.name: dict.fromkeys(columns, 0) for row in block.rows}
    for case in cases:
        for row in rows_of(case, year):
            table[row][case.kind.value] += 1
            table[row][columns[-1]] += 1
    return table
