"""The tables of a draft as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.reports.enums import Column, Result
from gongkai.reports.selectors import Figure, Reading


@dataclass(frozen=True)
class Cell:
    """One figure of table three or four, with the names that lead to its cases."""

    column: str
    value: str
    opens: bool


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    name: str
    label: str
    cells: tuple[Cell, ...]


def table_three(reading: Reading) -> list[Line]:
    """Each row with its seven figures; one that is not nought can be opened."""
    return [
        Line(
            row.value,
            row.label,
            tuple(Cell(column.value, _text(cells[column]), bool(cells[column].amount)) for column in Column),
        )
        for row, cells in reading.three.items()
    ]


def table_two(reading: Reading) -> list[tuple[str, str, str]]:
    """(item, measure, figure) for each cell."""
    return [
        (item.label, measure.label, _text(figure))
        for item, cells in reading.two.items()
        for measure, figure in cells.items()
    ]


def table_four(reading: Reading) -> list[Line]:
    """Each block with its five figures; one that is not nought can be opened."""
    return [
        Line(
            block.value,
            block.label,
            tuple(Cell(result.value, _text(cells[result]), bool(cells[result].amount)) for result in Result),
        )
        for block, cells in reading.four.items()
    ]


def _text(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value}"
