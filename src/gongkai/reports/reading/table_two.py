"""Table two: documents, licences, penalties, charges (art. 20 items 1, 5, 6, 8, 9)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from gongkai.reports.enums import TABLE_TWO, Form, Item, Measure
from gongkai.reports.reading.cells import Cell, Run, figure, unread
from gongkai.reports.reading.labels import item_in, measures_in
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, TableTwo, Unread

_TEN_THOUSAND = Decimal(10_000)
_UNITS = {"元": Decimal(1), "万元": _TEN_THOUSAND, "亿元": _TEN_THOUSAND**2}
_LONGEST_HEADER = 60


def read_table_two(runs: list[Run], text: Mapped) -> tuple[TableTwo, list[Unread], tuple[int, int]]:
    """Read table two; the third value is the stretch of the text that it takes ((0, 0) when there is none)."""
    rows: TableTwo = {}
    missing: list[Unread] = []
    measures: tuple[Measure, ...] = ()
    start = end = 0
    for run in runs:
        named = measures_in(run.words)
        if named and len(run.words) < _LONGEST_HEADER * 3:
            measures = named
            start = start or run.start
        item = item_in(run.words)
        if item is None or item in rows or not run.cells or not measures or not _suits(item, measures):
            continue
        rows[item], problem = _row(item, measures, run, text)
        missing.extend(problem)
        end = run.cells[-1].end
    return rows, missing, (start, end)


def _suits(item: Item, measures: tuple[Measure, ...]) -> bool:
    """Whether the columns last named are some that a form has for this row."""
    return any(set(measures) <= set(form.get(item, ())) for form in TABLE_TWO.values())


def _row(
    item: Item, measures: tuple[Measure, ...], run: Run, text: Mapped
) -> tuple[dict[Measure, Figure], list[Unread]]:
    cells = _cells(measures, run)
    if cells is None:
        printed = " ".join(c.text for c in run.cells)
        span = text.span(run.cells[0].start, run.cells[-1].end)
        problem = Unread(f"表二“{item.label}”一行的数与栏目对不上", printed, span)
        return {m: unread(span, printed) for m in measures}, [problem]
    return {m: _in_unit(m, figure(c, text), c) for m, c in zip(measures, cells, strict=True)}, []


def _cells(measures: tuple[Measure, ...], run: Run) -> tuple[Cell, ...] | None:
    width, numbers = len(measures), run.numbers
    if len(numbers) == width:
        return numbers
    if len(numbers) > width:
        return None
    if run.cells[0].aligned and len(run.cells) >= width:
        first = run.cells[:width]
        return first if all(n in first for n in numbers) else None
    return run.cells if len(run.cells) == width else None


def _in_unit(measure: Measure, cell_figure: Figure, cell: Cell) -> Figure:
    """The amount in the unit of the column when the cell names another (251000元 under 万元)."""
    unit = cell.count.unit if cell.count else ""
    if unit not in _UNITS or cell_figure.value is None:
        return cell_figure
    column = _UNITS["万元" if measure is Measure.AMOUNT_TEN_THOUSAND_YUAN else "元"]
    if measure not in (Measure.AMOUNT_TEN_THOUSAND_YUAN, Measure.AMOUNT_YUAN):
        return cell_figure
    value = Decimal(cell_figure.value) * _UNITS[unit] / column
    whole = value == value.to_integral_value()
    return replace(cell_figure, value=int(value) if whole else value)


_MARKS_2019 = re.compile(r"新制作|新公开数量|对外公开总|上一年项目|增/?减|其他对外管理服务事项|政府集中采购")
_MARKS_2021 = re.compile(r"制发件数|废止件数|现行有效件数|本年收费金额")


def form_of(words: str) -> Form | None:
    """The form whose column headers stand in the words of the tables; none when neither does."""
    old, new = set(_MARKS_2019.findall(words)), set(_MARKS_2021.findall(words))
    if not old and not new:
        return None
    return Form.F2021 if len(new) >= len(old) else Form.F2019
