"""Readings made up for tests: small, consistent, with one handle for each thing a test changes."""

from __future__ import annotations

from decimal import Decimal

from gongkai.reports.enums import Block, Column, Form, Result, Row, Scope, rows_of
from gongkai.reports.reading.model import Claim, Figure, Reading


def figures(row: Row, natural: int) -> dict[Column, Figure]:
    """A row of table three with natural persons only."""
    values = {Column.NATURAL_PERSON: natural, Column.TOTAL: natural}
    return {column: Figure(values.get(column, 0)) for column in Column}


def reading(
    *,
    organ: str = "示例市示例区示例局",
    year: int = 2023,
    received: int = 8,
    carried_in: int = 2,
    granted: int = 9,
    carried_over: int = 1,
    claims: tuple[Claim, ...] = (),
) -> Reading:
    """A report of form 2021 whose arithmetic holds while received + carried in = granted + carried over."""
    counts = {
        Row.NEW_RECEIVED: received,
        Row.CARRIED_IN: carried_in,
        Row.GRANTED: granted,
        Row.HANDLED_TOTAL: granted,
        Row.CARRIED_OVER: carried_over,
    }
    return Reading(
        title=f"{organ}{year}年政府信息公开工作年度报告",
        organ=organ,
        year=year,
        form=Form.F2021,
        scope=Scope.ORGAN,
        three={row: figures(row, counts.get(row, 0)) for row in rows_of(Form.F2021)},
        four={block: {result: Figure(0) for result in Result} for block in Block},
        claims=claims,
    )


def text_of(organ: str = "示例市示例区示例局", year: int = 2023, received: int = 8, said: int | None = None) -> str:
    """A short report as text: a sentence and table three, one cell a line."""
    lines = [
        f"{organ}{year}年政府信息公开工作年度报告",
        "一、总体情况",
        f"{year}年，本机关共收到政府信息公开申请{received if said is None else said}件。",
        "三、收到和处理政府信息公开申请情况",
    ]
    for row, cells in reading(received=received, granted=received + 1, year=year).three.items():
        lines.append(row.label)
        lines += [str(f.value) for f in cells.values()]
    return "\n".join(lines)


def claim(kind: str, value: int) -> Claim:
    """A figure in words."""
    return Claim(kind, Decimal(value))
