"""Setting one figure of a reading right. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.reports.enums import Block, Column, Item, Measure, Result, Row
from gongkai.reports.reading.model import Figure, Reading, State

LARGEST = Decimal(10) ** 12
_WORDS: dict[str, tuple[Any, Any]] = {"three": (Row, Column), "four": (Block, Result), "two": (Item, Measure)}


class NoSuchCell(Exception):
    """The reading has no such cell."""


class NoFigure(Exception):
    """What was written is no figure; the text is for the person who wrote it."""


@dataclass(frozen=True)
class Place:
    """One cell: the table (`two`, `three`, `four`), its row and its column by their names."""

    table: str
    row: str
    column: str

    @property
    def text(self) -> str:
        """三:new_received:total as it travels in an address."""
        return f"{self.table}:{self.row}:{self.column}"

    @property
    def label(self) -> str:
        """Row and column in words; NoSuchCell for names that no form has."""
        rows, columns = _words(self.table)
        try:
            return f"{rows(self.row).label}，{columns(self.column).label}"
        except ValueError as error:
            raise NoSuchCell(self.text) from error


def place(text: str) -> Place:
    """The cell that an address names; NoSuchCell for anything else."""
    parts = text.split(":")
    if len(parts) != len(("table", "row", "column")):
        raise NoSuchCell(text)
    found = Place(*parts)
    _words(found.table)
    return found


def figure_at(reading: Reading, where: Place) -> Figure:
    """The figure of a cell. Raises NoSuchCell."""
    rows, columns = _words(where.table)
    try:
        found: Figure = getattr(reading, where.table)[rows(where.row)][columns(where.column)]
    except (KeyError, ValueError) as error:
        raise NoSuchCell(where.text) from error
    return found


def corrected(reading: Reading, where: Place, value: int | Decimal) -> Reading:
    """The same reading with another figure in one cell; it keeps its place in the source. Raises NoSuchCell."""
    before = figure_at(reading, where)
    rows, columns = _words(where.table)
    table = {row: dict(cells) for row, cells in getattr(reading, where.table).items()}
    table[rows(where.row)][columns(where.column)] = Figure(value, State.READ, before.span, str(value))
    changes: dict[str, Any] = {where.table: table}
    return replace(reading, **changes)


def figure(text: str) -> int | Decimal:
    """A figure as a person writes it, thousands parted or not. Raises NoFigure."""
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise NoFigure("请填写数字，例如 45。") from error
    if not value.is_finite() or abs(value) > LARGEST:
        raise NoFigure("这个数太大，不是年度报告中的数。请核对。")
    return int(value) if value == value.to_integral_value() else value


def _words(table: str) -> tuple[Any, Any]:
    if table not in _WORDS:
        raise NoSuchCell(table)
    return _WORDS[table]
