"""The forms of the yearly report, as typed values: which tables a report year has, row by row, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.statutes.law import Law, law
from gongkai.statutes.values import Cite

NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, as the form names it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `group` joins the rows that the text adds up, such as all that was withheld."""

    name: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one header; in table two each belongs to one item of article 20."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    clause: int | None = None


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form of a report year."""

    name: str
    year: int
    cite: Cite
    chapters: tuple[str, ...] = ()
    two: tuple[Block, ...] = ()
    three: Block | None = None
    four: Block | None = None
    relations: tuple[str, ...] = ()

    @property
    def has_tables(self) -> bool:
        """Reports before 2019 were narratives."""
        return self.three is not None

    def rows_of(self, group: str) -> tuple[str, ...]:
        """Names of the rows of table three that one group adds up."""
        return tuple(row.name for row in self.three.rows if row.group == group) if self.three else ()


def report_form(year: int, source: Law | None = None) -> ReportForm:
    """Art. 50(2): one form for all; it goes by the report year, not by the day of filing."""
    day = date(year, 12, 31)
    source = source or law()
    name = source.in_force("report_form", day)
    if name.text == NARRATIVE:
        return ReportForm(name.text, year, name.cite)
    return ReportForm(
        name=name.text,
        year=year,
        cite=name.cite,
        chapters=source.in_force("report_chapters", day).items,
        two=tuple(_block(block) for block in source.in_force("report_table_two", day).items),
        three=_block(source.in_force("report_table_three", day).table),
        four=_block(source.in_force("report_table_four", day).table),
        relations=tuple(source.in_force("report_relations", day).table),
    )


def _block(table: Mapping[str, Any]) -> Block:
    return Block(
        columns=tuple(Column(**column) for column in table["columns"]),
        rows=tuple(Row(**row) for row in table["rows"]),
        clause=table.get("clause"),
    )
