"""Table three: applications received and handled, seven columns a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.reports.enums import Column, Row
from gongkai.reports.reading.cells import Cell, Run, figure, unread
from gongkai.reports.reading.labels import row_like, rows_in
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, State, TableThree, Unread

WIDTH = len(Column)
_LONGEST_LABEL = 260


@dataclass
class Found:
    """The rows of table three as far as they were read, and what was not."""

    rows: TableThree = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    start: int | None = None
    end: int | None = None
    last: Row | None = None


def read_table_three(runs: list[Run], text: Mapped) -> Found:
    """Read table three from the stream. A row stands once: the first copy counts."""
    found = Found()
    for run in runs:
        if found.last is Row.CARRIED_OVER and found.end is not None:
            break
        _take(run, text, found)
    return found


def _take(run: Run, text: Mapped, found: Found) -> None:
    if not run.words or len(run.words) > _LONGEST_LABEL:
        return
    labels = rows_in(run.words)
    fits = _plausible_row(run)
    if not labels and fits and found.last:
        like = row_like(run.words, found.last)
        labels = [like] if like else []
    if not labels:
        if fits and found.last:
            found.unread.append(_unread(f"表三中认不出的一行：{run.words[-30:]}", run, text))
        return
    if found.last is None and not (labels[-1] is Row.NEW_RECEIVED or fits):
        return
    if not run.cells:
        return
    row = labels[-1]
    if row in found.rows:
        return
    if found.start is None:
        found.start = run.start
    found.rows[row] = _columns(row, run, text, found)
    found.last, found.end = row, run.cells[-1].end


def _plausible_row(run: Run) -> bool:
    return len(run.cells) >= WIDTH and bool(run.numbers)


def _unread(what: str, run: Run, text: Mapped) -> Unread:
    printed = " ".join(c.text for c in run.cells)
    return Unread(what, printed, text.span(run.start, run.cells[-1].end if run.cells else run.end))


def _columns(row: Row, run: Run, text: Mapped, found: Found) -> dict[Column, Figure]:
    window = _window(run)
    if window is not None:
        extra = [c for c in run.numbers if c not in window]
        if extra:
            found.unread.append(
                Unread(
                    f"“{row.label}”一行多出的数",
                    " ".join(c.text for c in extra),
                    text.span(extra[0].start, extra[-1].end),
                )
            )
        return {column: figure(cell, text) for column, cell in zip(Column, window, strict=True)}
    collapsed = _collapsed(run, text)
    if collapsed is None:
        found.unread.append(_unread(f"“{row.label}”一行的数不足七栏，空格已被合并，各栏归属无法确定", run, text))
        span = text.span(run.cells[0].start, run.cells[-1].end)
        printed = " ".join(c.text for c in run.cells)
        return {column: unread(span, printed) for column in Column}
    return collapsed


def _window(run: Run) -> tuple[Cell, ...] | None:
    """The seven cells of the row, or none when more than one reading is possible."""
    cells = run.cells
    if len(cells) < WIDTH:
        return None
    windows = [cells[i : i + WIDTH] for i in range(len(cells) - WIDTH + 1)]
    numbers = run.numbers
    if not numbers:
        return windows[-1]
    whole = [w for w in windows if all(n in w for n in numbers)]
    if len(whole) == 1:
        return whole[0]
    if len(whole) > 1:
        return _only([w for w in whole if _adds_up(w)])
    if len(numbers) == len(cells) and len(cells) == WIDTH + 1:
        return _only([w for w in windows if _adds_up(w)])
    if len(numbers) > WIDTH and _adds_up(cells[:WIDTH]) and not cells[0].aligned:
        return cells[:WIDTH]
    return None


def _only(windows: list[tuple[Cell, ...]]) -> tuple[Cell, ...] | None:
    return windows[0] if len(windows) == 1 else None


def _adds_up(cells: tuple[Cell, ...]) -> bool:
    values = [_value(c) for c in cells]
    return sum(values[:-1]) == values[-1] and cells[-1].is_number


def _value(cell: Cell) -> int:
    return int(cell.count.value) if cell.count and cell.count.value is not None else 0


def _collapsed(run: Run, text: Mapped) -> dict[Column, Figure] | None:
    """Blanks lost from the row: two equal numbers are 自然人 and 总计, as such copies leave them."""
    numbers = run.numbers
    blank = Figure(None, State.BLANK)
    if run.cells and run.cells[0].aligned and len(run.cells) != len(numbers):
        return None
    if len(run.cells) == 2 == len(numbers) and _value(numbers[0]) == _value(numbers[1]):
        return {
            column: figure(numbers[0], text)
            if column is Column.NATURAL_PERSON
            else figure(numbers[1], text)
            if column is Column.TOTAL
            else blank
            for column in Column
        }
    return None
