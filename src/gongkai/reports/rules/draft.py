"""A report in the making: tables three and four counted, table two as entered, in the form of the year. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.reports.enums import TABLE_TWO, Block, Chapter, Column, Form, Result, Scope, rows_of
from gongkai.reports.reading.model import Figure, Heading, Reading, State
from gongkai.statutes import report_form

Cells = Mapping[tuple[str, str], int | Decimal]
Counted = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Entry:
    """One figure that no case counts and a person enters: its table, row and column, with their labels."""

    table: str
    row: str
    column: str
    row_label: str
    column_label: str

    @property
    def name(self) -> str:
        """The field's name in a form."""
        return f"{self.table}-{self.row}-{self.column}"


def form_of(year: int) -> Form:
    """The form that a year's report follows; ValueError for the years before there was one."""
    if not report_form(year).has_tables:
        raise ValueError(f"The report of {year} is a narrative.")
    return Form(report_form(year).name)


def entries(year: int) -> tuple[Entry, ...]:
    """Everything that must be entered: table two in the form of the year. The other tables are counted."""
    return tuple(
        Entry("two", item.value, measure.value, item.label, measure.label)
        for item, measures in TABLE_TWO[form_of(year)].items()
        for measure in measures
    )


def draft(*, organ: str, year: int, three: Counted, four: Counted, entered: Cells) -> Reading:
    """The report as it would read. `entered` maps (table-row, column) to a figure; what is not there is left blank."""
    form = form_of(year)
    return Reading(
        title=f"{organ}{year}年政府信息公开工作年度报告",
        organ=organ,
        year=year,
        form=form,
        scope=Scope.ORGAN,
        three={row: {column: Figure(three[row.value][column.value]) for column in Column} for row in rows_of(form)},
        two={
            item: {measure: _entered(entered, f"two-{item.value}", measure.value) for measure in measures}
            for item, measures in TABLE_TWO[form].items()
        },
        four={block: {result: Figure(four[block.value][result.value]) for result in Result} for block in Block},
        headings=tuple(Heading(chapter, place) for place, chapter in enumerate(Chapter, 1)),
    )


def _entered(entered: Cells, row: str, column: str) -> Figure:
    value = entered.get((row, column))
    return Figure(None, State.BLANK) if value is None else Figure(value)
