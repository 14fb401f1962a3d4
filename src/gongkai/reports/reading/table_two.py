"""Table two: documents, licences, penalties, charges (art. 20 items 1, 5, 6, 8, 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from gongkai.reports.enums import TABLE_TWO, Form, Item, Measure
from gongkai.reports.reading.cells import Cell, Run, figure, unread
from gongkai.reports.reading.labels import item_in, measures_in
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, TableTwo, Unread

_TEN_THOUSAND = Decimal(10_000)
_UNITS = {"元": Decimal(1), "万元": _TEN_THOUSAND, "亿元": _TEN_THOUSAND**2}
_LONGEST_HEADER = 60
_WIDEST = 10


@dataclass(frozen=True)
class Header:
    """The columns last named, and their places in a line that keeps its blanks."""

    measures: tuple[Measure, ...] = ()
    places: tuple[int, ...] = ()
    width: int = 0


def read_table_two(
    cells: Sequence[Cell], runs: Sequence[Run], text: Mapped
) -> tuple[TableTwo, list[Unread], tuple[int, int]]:
    """Read table two; the third value is the stretch of the text that it takes ((0, 0) when there is none)."""
    rows: TableTwo = {}
    missing: list[Unread] = []
    header = Header()
    start = end = 0
    for run, following in zip_longest(runs, runs[1:]):
        named = measures_in(run.words)
        if named and len(run.words) < _LONGEST_HEADER * 3:
            header = _header(named, [c for c in cells if run.start <= c.start < run.end])
            start = start or run.start
        item = item_in(run.words)
        if item is None or not run.cells or not header.measures:
            continue
        if not _suits(item, header.measures):
            missing.append(_unread(f"表二“{item.label}”一行的栏目没有认全", run, text))
            continue
        broken = following is not None and not following.words and following.cells[0].width <= _WIDEST
        row, problem = _row(item, header, run, text, broken=broken)
        if item in rows:
            missing.extend(_again(item, rows[item], row, run, text))
            continue
        rows[item] = row
        missing.extend(problem)
        end = run.cells[-1].end
    return rows, missing, (start, end)


def _header(measures: tuple[Measure, ...], cells: Sequence[Cell]) -> Header:
    found = [(measures_in(c.text), c) for c in cells if c.aligned]
    places = {named[0]: c for named, c in found if len(named) == 1}
    if set(places) != set(measures) or len({(c.row, c.width) for c in places.values()}) != 1:
        return Header(measures)
    return Header(measures, tuple(places[m].at for m in measures), places[measures[0]].width)


def _again(
    item: Item, first: dict[Measure, Figure], row: dict[Measure, Figure], run: Run, text: Mapped
) -> Iterator[Unread]:
    if {m: f.value for m, f in first.items()} != {m: f.value for m, f in row.items()}:
        yield _unread(f"表二“{item.label}”一行出现两次，数不相同，以第一次为准", run, text)


def _suits(item: Item, measures: tuple[Measure, ...]) -> bool:
    """Whether the columns last named are those that a form has for this row."""
    return any(set(measures) == set(form.get(item, ())) for form in TABLE_TWO.values())


def _unread(what: str, run: Run, text: Mapped) -> Unread:
    printed = " ".join(c.text for c in run.cells)
    return Unread(what, printed, text.span(run.cells[0].start, run.cells[-1].end))


def _row(
    item: Item, header: Header, run: Run, text: Mapped, *, broken: bool
) -> tuple[dict[Measure, Figure], list[Unread]]:
    """The figures of a row; a row that goes on in a line without words was broken somewhere, and is not read."""
    cells = None if broken else _cells(header, run)
    if cells is None:
        problem = _unread(f"表二“{item.label}”一行的数与栏目对不上", run, text)
        return {m: unread(problem.span, problem.text) for m in header.measures}, [problem]
    return {m: _in_unit(m, figure(c, text), c) for m, c in zip(header.measures, cells, strict=True)}, []


def _cells(header: Header, run: Run) -> Sequence[Cell] | None:
    """As many figures as columns, or blanks where the header shows their places; none when in doubt."""
    width, numbers = len(header.measures), run.numbers
    if len(numbers) == width:
        return numbers
    if len(numbers) > width:
        return None
    printed = [c for c in run.cells if c.text]
    if len(printed) == width:
        return printed
    if run.cells[0].width == header.width > 0:
        placed = [c for c in run.cells if c.at in header.places]
        return placed if len(placed) == width and all(n in placed for n in numbers) else None
    return None


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
