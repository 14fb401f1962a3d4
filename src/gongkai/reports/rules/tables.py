"""R1 to R4: the arithmetic of tables three and four (勾稽关系, printed in the head of table three)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.reports.enums import KINDS, OTHER_2021, Block, Column, Relation, Result, Row, Severity
from gongkai.reports.reading.model import Figure, Reading, Span, State, TableThree
from gongkai.reports.rules.finding import Finding, compare, number

OPENING = (Row.NEW_RECEIVED, Row.CARRIED_IN)
CLOSING = (Row.HANDLED_TOTAL, Row.CARRIED_OVER)


def table_findings(reading: Reading) -> Iterator[Finding]:
    """R1 and R2 for each column, R3 for each row, R4 for each block; nothing where a cell was not read."""
    yield from _columns(reading.three)
    yield from _rows(reading.three)
    yield from _blocks(reading)


def parts_of(three: TableThree) -> tuple[Row, ...]:
    """The rows that make up 总计: all results; 其他处理 as one row or as three, as the report has it."""
    split = any(row in three for row in OTHER_2021)
    left_out = {*OPENING, *CLOSING} | ({Row.OTHER_HANDLING} if split else set(OTHER_2021))
    return tuple(row for row in Row if row not in left_out)


def total_left_out(cells_of_row: Mapping[Column, Figure]) -> bool:
    """Whether a row gives its kinds of applicant and leaves 总计 blank."""
    return cells_of_row[Column.TOTAL].state is State.BLANK and bool(total([cells_of_row[k] for k in KINDS]))


def total(figures: Sequence[Figure]) -> int | None:
    """The sum of the cells, or none when one of them is unknown."""
    amounts = [f.amount for f in figures]
    if any(a is None for a in amounts):
        return None
    return int(sum(a for a in amounts if a is not None))


def cells(three: TableThree, rows: Sequence[Row], column: Column) -> list[Figure] | None:
    """The cells of those rows in that column, or none when a row is missing."""
    if not all(row in three for row in rows):
        return None
    return [three[row][column] for row in rows]


def _sum(three: TableThree, rows: Sequence[Row], column: Column) -> int | None:
    found = cells(three, rows, column)
    return None if found is None else total(found)


def _place(figures: Sequence[Figure]) -> Span | None:
    return next((f.span for f in figures if f.span), None)


def _columns(three: TableThree) -> Iterator[Finding]:
    if not three:
        return
    parts = parts_of(three)
    for column in Column:
        opening, closing = _sum(three, OPENING, column), _sum(three, CLOSING, column)
        if opening is not None and closing is not None:
            first, second, third, fourth = (three[r][column].amount for r in (*OPENING, *CLOSING))
            text = (
                f"表三“{column.label}”列：新收 {number(first)} 加上年结转 {number(second)} 得 {number(opening)}，"
                f"总计 {number(third)} 加结转下年度 {number(fourth)} 得 {number(closing)}"
            )
            spot = three[Row.HANDLED_TOTAL][column].span
            yield compare(
                Relation.R1, {"column": column.value}, opening, closing, _verdict(text, opening, closing), span=spot
            )
        summed, stated = _sum(three, parts, column), _sum(three, (Row.HANDLED_TOTAL,), column)
        if column is Column.TOTAL and any(total_left_out(three[r]) for r in parts if r in three):
            continue
        if summed is not None and stated is not None:
            text = f"表三“{column.label}”列：（七）总计填 {number(stated)}，各类办理结果相加得 {number(summed)}"
            spot = three[Row.HANDLED_TOTAL][column].span
            yield compare(
                Relation.R2, {"column": column.value}, stated, summed, _verdict(text, stated, summed), span=spot
            )


def _rows(three: TableThree) -> Iterator[Finding]:
    for row, cells_of_row in three.items():
        kinds = [cells_of_row[k] for k in KINDS]
        summed, stated = total(kinds), total([cells_of_row[Column.TOTAL]])
        if summed is None or stated is None:
            continue
        if summed and total_left_out(cells_of_row):
            text = f"表三“{row.label}”一行：各类申请人相加得 {number(summed)}，总计一栏空着，请补填。"
            where = {"row": row.value}
            yield Finding(Relation.R3, where, summed, None, False, text, Severity.WARNING, "", _place(kinds))
            continue
        text = f"表三“{row.label}”一行：各类申请人相加得 {number(summed)}，总计填 {number(stated)}"
        spot = cells_of_row[Column.TOTAL].span or _place(kinds)
        yield compare(Relation.R3, {"row": row.value}, summed, stated, _verdict(text, summed, stated), span=spot)


def _blocks(reading: Reading) -> Iterator[Finding]:
    for block in Block:
        cells_of_block = reading.four.get(block)
        if cells_of_block is None:
            continue
        summed = total([cells_of_block[r] for r in Result if r is not Result.TOTAL])
        stated = total([cells_of_block[Result.TOTAL]])
        if summed is None or stated is None:
            continue
        text = f"表四“{block.label}”：四种结果相加得 {number(summed)}，总计填 {number(stated)}"
        spot = cells_of_block[Result.TOTAL].span
        yield compare(Relation.R4, {"block": block.value}, summed, stated, _verdict(text, summed, stated), span=spot)


def _verdict(text: str, left: int, right: int) -> str:
    if left == right:
        return f"{text}，相符。"
    return f"{text}，相差 {number(abs(left - right))}，请核对。"
