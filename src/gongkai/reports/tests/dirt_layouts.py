"""The tables of a report as grids of cells, and the shapes in which such grids reach a reader."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from gongkai.reports.tests.dirt_truth import Table, Truth
from gongkai.statutes.forms import Block, Row

REMARK = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
PARTIAL = "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"
GROUP_HEADS = {
    "withheld": "(三)不予公开",
    "unable": "(四)无法提供",
    "not_processed": "(五)不予处理",
    "other": "(六)其他处理",
}


@dataclass(frozen=True)
class Cell:
    """One cell; `figure` is what it stands for when it is not a label."""

    text: str
    rows: int = 1
    columns: int = 1
    figure: int | None = None


Grid = list[list[Cell]]


def label(text: str, rows: int = 1, columns: int = 1) -> Cell:
    """A cell that is not a figure."""
    return Cell(text, rows, columns)


def number(figure: int, columns: int = 1) -> Cell:
    """A cell that is a figure."""
    return Cell(str(figure), 1, columns, figure)


def grid_two(truth: Truth) -> Grid:
    """Table two: a head for each item of article 20, then its rows."""
    grid: Grid = []
    for block in truth.shape.two:
        width = 3 if len(block.columns) == 1 else 1
        grid.append([label(f"第二十条第({'零一二三四五六七八九'[block.clause or 0]})项", 1, 4)])
        grid.append([label("信息内容"), *(label(column.label, 1, width) for column in block.columns)])
        for row in block.rows:
            figures = truth.two[row.name]
            grid.append([label(row.label), *(number(figures[column.name], width) for column in block.columns)])
    return grid


def grid_three(truth: Truth) -> Grid:
    """Table three: three columns of labels, seven of figures."""
    block = _present(truth.shape.three)
    grid: Grid = [
        [label(REMARK, 3, 3), label("申请人情况", 1, 7)],
        [label("自然人", 2), label("法人或其他组织", 1, 5), label("总计", 2)],
        [label(column.label) for column in block.columns[1:6]],
    ]
    outcomes = [row for row in block.rows if row.group not in {"intake", "carried_over"}]
    grid += [[*_heads(row, outcomes), *_figures(truth.three, row, block)] for row in block.rows]
    return grid


def _heads(row: Row, outcomes: Sequence[Row]) -> Iterator[Cell]:
    if row.group in {"intake", "carried_over"}:
        yield label(row.label, 1, 3)
        return
    if row is outcomes[0]:
        yield label("三、本年度办理结果", len(outcomes), 1)
    mates = [other for other in outcomes if other.group == row.group]
    if row.group not in GROUP_HEADS or len(mates) == 1:
        yield label(PARTIAL if row.name == "partially_granted" else row.label, 1, 2)
        return
    if row is mates[0]:
        yield label(GROUP_HEADS[row.group], len(mates), 1)
    yield label(row.label.split(")", 1)[1])


def _figures(table: Table, row: Row, block: Block) -> Iterator[Cell]:
    for column in block.columns:
        yield number(table[row.name][column.name])


def grid_four(truth: Truth) -> Grid:
    """Table four: three blocks side by side, one row of fifteen figures."""
    block = _present(truth.shape.four)
    results = [column.label for column in block.columns]
    return [
        [label("行政复议", 1, 5), label("行政诉讼", 1, 10)],
        [*(label(text, 2) for text in results), label("未经复议直接起诉", 1, 5), label("复议后起诉", 1, 5)],
        [label(text) for text in (*results, *results)],
        [number(truth.four[row.name][column.name]) for row in block.rows for column in block.columns],
    ]


def _present(block: Block | None) -> Block:
    if block is None:
        raise ValueError("a narrative has no tables")
    return block


def spread(grid: Grid) -> list[list[str]]:
    """The grid as a full rectangle: what a span covers is empty."""
    taken: dict[tuple[int, int], str] = {}
    for at_row, cells in enumerate(grid):
        at_column = 0
        for cell in cells:
            while (at_row, at_column) in taken:
                at_column += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    taken[at_row + down, at_column + right] = "" if down or right else cell.text
    width = max(column for _, column in taken) + 1
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(grid))]


def cells_by_line(grid: Grid, rng: Random) -> list[str]:
    """Every cell on a line of its own, with empty lines between: a page copied by a crawler."""
    gap = "\n" * rng.choice((1, 2))
    return [gap.join(cell.text for cell in cells) + gap.removesuffix("\n") for cells in grid]


def tabs(grid: Grid, rng: Random) -> list[str]:
    """Cells between tabs: what a span covers leaves leading tabs, and rows are padded at the end."""
    padding = "\t" * rng.randrange(0, 3)
    return ["\t".join(cells) + padding for cells in spread(grid)]


def markdown(grid: Grid, _rng: Random) -> list[str]:
    """A table between bars."""
    rows = ["| " + " | ".join(text.replace("\n", " ") for text in cells) + " |" for cells in spread(grid)]
    width = rows[0].count("|") - 1
    return [rows[0], "|" + "---|" * width, *rows[1:]]


def html_table(grid: Grid, rng: Random) -> list[str]:
    """A table of a word processor's making, with spans and styles."""
    style = rng.choice(("", ' style="width:48px;border:1px solid #000"', ' class="MsoNormal" align="center"'))
    rows = ["<tr>" + "".join(_td(cell, style) for cell in cells) + "</tr>" for cells in grid]
    return [f"<table{style}><tbody>", *rows, "</tbody></table>"]


def _td(cell: Cell, style: str) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{spans}{style}><p>{escape(cell.text)}</p></td>"


def html_divs(grid: Grid, rng: Random) -> list[str]:
    """A table without a table: every cell a box, nested as it happened."""
    rows = ["".join(_box(cell, rng) for cell in cells) for cells in grid]
    return ['<div class="tb">', *(f'<div class="r">{row}</div>' for row in rows), "</div>"]


def _box(cell: Cell, rng: Random) -> str:
    inner = f"<span>{escape(cell.text)}</span>" if rng.random() < 0.5 else escape(cell.text)
    return f'<div class="c"><div>{inner}</div></div>' if rng.random() < 0.3 else f'<div class="c">{inner}</div>'


def pdf_lines(grid: Grid, _rng: Random) -> list[str]:
    """Lines of text as they come out of a printed page: single spaces, no trace of spans."""
    return [" ".join(cell.text for cell in cells if cell.text) for cells in grid]


LAYOUTS: Mapping[str, Callable[[Grid, Random], list[str]]] = {
    "cells_by_line": cells_by_line,
    "tabs": tabs,
    "markdown": markdown,
    "html_table": html_table,
    "html_divs": html_divs,
    "pdf_lines": pdf_lines,
}
MARKUP = frozenset({"html_table", "html_divs"})
POSITION_LOST = frozenset({"pdf_lines", "cells_by_line"})  # an empty cell leaves no trace of where it stood
