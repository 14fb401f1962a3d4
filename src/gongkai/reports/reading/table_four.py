"""Table four: reconsideration and litigation, fifteen cells in one row."""

from __future__ import annotations

import re

from gongkai.reports.enums import Block, Result
from gongkai.reports.reading.cells import Cell, Run, figure
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import TableFour, Unread

WIDTH = len(Block) * len(Result)
_HEADER = re.compile(r"维持|纠正|尚未审结|复议后起诉|直接起诉")
_LEAD = re.compile(r"^行政复议|行政诉讼$|^结果$")
_FURTHEST = 40
Cells = tuple[Cell, ...]


def read_table_four(runs: list[Run], text: Mapped) -> tuple[TableFour, list[Unread]]:
    """Read table four after its header; without a header, a single row of fifteen whose sums hold.

    The header may be broken over many lines and the row over two tables (5 + 10 or 5 + 5 + 5): the cells count in
    order when there are exactly fifteen.
    """
    region = _region(runs)
    if region is None:
        return _headless(runs, text)
    cells = _row_of_fifteen(region)
    if cells is None:
        printed = [c for run in region for c in run.numbers]
        if not printed:
            return {}, []
        span = text.span(printed[0].start, printed[-1].end)
        return {}, [Unread("表四的数不是十五栏，各栏归属无法确定", " ".join(c.text for c in printed), span)]
    return _blocks(cells, text), []


def _region(runs: list[Run]) -> list[Run] | None:
    """The runs from the first header of the table on, to the last that holds figures before prose begins."""
    for i, run in enumerate(runs):
        if _HEADER.search(run.words) and len(run.words) < _FURTHEST * 4 and _is_header(runs[i : i + _FURTHEST]):
            out: list[Run] = []
            for later in runs[i : i + _FURTHEST]:
                if out and not _HEADER.search(later.words) and not _LEAD.search(later.words) and _ends(later):
                    break
                out.append(later)
            return out
    return None


def _is_header(runs: list[Run]) -> bool:
    words = "".join(r.words for r in runs)
    return "维持" in words and "尚未" in words and "总计" in words


def _ends(run: Run) -> bool:
    return bool(re.search(r"[五六][、.]|存在的|问题|。", run.words)) or len(run.words) > _FURTHEST


def _row_of_fifteen(region: list[Run]) -> Cells | None:
    for run in region:
        if len(run.cells) >= WIDTH and run.numbers:
            return _exactly(run.cells)
    parts = [run.cells for run in region if run.numbers]
    pieces = tuple(c for part in parts for c in part)
    whole_blocks = all(len(part) % len(Result) == 0 for part in parts)
    return pieces if len(pieces) == WIDTH and (whole_blocks or _adds_up(pieces)) else None


def _exactly(cells: Cells) -> Cells | None:
    """The fifteen cells: all there are, all that hold figures, or those whose sums hold."""
    if len(cells) == WIDTH:
        return cells
    numbers = tuple(c for c in cells if c.is_number)
    windows = [cells[i : i + WIDTH] for i in range(len(cells) - WIDTH + 1)]
    if len(numbers) == WIDTH and numbers in windows:
        return numbers
    summed = [w for w in windows if _adds_up(w)]
    holding = [w for w in summed if all(n in w for n in numbers)] or summed
    return holding[0] if len({tuple(_value(c) for c in w) for w in holding}) == 1 else None


def _value(cell: Cell) -> int:
    return int(cell.count.value) if cell.count and cell.count.value is not None else 0


def _adds_up(cells: Cells) -> bool:
    width = len(Result)
    blocks = [[_value(c) for c in cells[i : i + width]] for i in range(0, WIDTH, width)]
    return all(sum(b[:-1]) == b[-1] for b in blocks)


def _blocks(cells: Cells, text: Mapped) -> TableFour:
    figures = iter(figure(c, text) for c in cells)
    return {block: {result: next(figures) for result in Result} for block in Block}


def _stands_apart(run: Run) -> bool:
    """One line of figures, in a ruled table or under words about reconsideration."""
    return all(c.row == run.cells[0].row for c in run.cells) and (run.cells[0].aligned or "复议" in run.words)


def _headless(runs: list[Run], text: Mapped) -> tuple[TableFour, list[Unread]]:
    rows = [
        run.cells
        for run in runs
        if len(run.cells) == len(run.numbers) == WIDTH and _stands_apart(run) and _adds_up(run.cells)
    ]
    if len(rows) != 1:
        return {}, []
    cells = rows[0]
    span = text.span(cells[0].start, cells[-1].end)
    note = Unread("表四的表头缺失：按十五栏一行、三组合计均相符认出", " ".join(c.text for c in cells), span)
    return _blocks(cells, text), [note]
