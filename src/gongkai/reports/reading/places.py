"""Which cells of a row are the seven columns: by the heads, by full rows, or by where the totals stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.reports.enums import Column
from gongkai.reports.reading.cells import Cell, Run

WIDTH = len(Column)
_WITNESSES = 2
_ROWS = 5
_NEARLY_ALL = 0.8
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the first of the seven columns stands in rows that keep their blanks.

    ``by_width`` gives the place for rows of each number of cells. ``behind_words`` says that the columns follow the
    words of a row at once, in rows of ``row_width`` cells, or of any number of cells when exactly seven follow.
    """

    by_width: Mapping[int, int] = field(default_factory=dict)
    behind_words: bool = False
    row_width: int = 0

    def first(self, run: Run) -> int | None:
        """The place of the row's first column, or none when nothing tells it."""
        width = run.cells[0].width
        if width in self.by_width:
            return self.by_width[width]
        if self.behind_words and (len(run.cells) == WIDTH if not self.row_width else width == self.row_width):
            return run.cells[0].at
        return None


def find_places(runs: Sequence[Run], cells: Sequence[Cell]) -> Places:
    """The places that the heads of the table, or enough of its rows, agree on."""
    rows = [run for run in runs if in_one_row(run) and run.numbers]
    by_width = {**_by_totals(rows), **_by_full_rows(rows), **_by_heads(cells)}
    behind = [run for run in rows if run.numbers[-1].at - run.cells[0].at == WIDTH - 1]
    if not _convincing(behind, rows):
        return Places(by_width)
    widths = {run.cells[0].width for run in rows}
    if len(widths) == 1:
        return Places(by_width, True, widths.pop())
    return Places(by_width, True)


def _by_heads(cells: Sequence[Cell]) -> dict[int, int]:
    """From the heads 自然人 and 总计, six places apart in rows of the same width."""
    natural: dict[int, set[int]] = {}
    total: dict[int, set[int]] = {}
    for cell in cells:
        if cell.text in (Column.NATURAL_PERSON.label, Column.TOTAL.label) and cell.width:
            heads = natural if cell.text == Column.NATURAL_PERSON.label else total
            heads.setdefault(cell.width, set()).add(cell.at)
    return {
        width: next(iter(places))
        for width, places in natural.items()
        if len(places) == 1 and next(iter(places)) + WIDTH - 1 in total.get(width, ())
    }


def _by_full_rows(rows: Sequence[Run]) -> dict[int, int]:
    """From rows that print all seven and add up, where all such rows of a width agree."""
    votes: dict[int, Counter[int]] = {}
    for run in rows:
        shown = only([w for w in windows_of(run.cells) if holds_all(w, run) and adds_up(w)])
        if shown and any(value(c) for c in shown):
            votes.setdefault(shown[0].width, Counter())[shown[0].at] += 1
    return {
        width: next(iter(count)) for width, count in votes.items() if len(count) == 1 and count.total() >= _WITNESSES
    }


def _by_totals(rows: Sequence[Run]) -> dict[int, int]:
    """From totals that stand in one place though the words before them take more or fewer cells."""
    found: dict[int, int] = {}
    for width in {run.cells[0].width for run in rows}:
        same = [run for run in rows if run.cells[0].width == width]
        place, _ = Counter(run.numbers[-1].at for run in same).most_common(1)[0]
        if _convincing([run for run in same if run.numbers[-1].at == place], same) and place >= WIDTH - 1:
            found[width] = place - WIDTH + 1
    return found


def _convincing(agreeing: Sequence[Run], rows: Sequence[Run]) -> bool:
    """Nearly all rows agree, and their words take different numbers of cells, so that agreeing says something."""
    enough = len(agreeing) >= _ROWS and len(agreeing) >= len(rows) * _NEARLY_ALL
    return enough and len({run.cells[0].at for run in agreeing}) > 1


def windows_of(cells: Cells) -> list[Cells]:
    """Every seven neighbouring cells."""
    return [cells[i : i + WIDTH] for i in range(len(cells) - WIDTH + 1)]


def holds_all(window: Cells, run: Run) -> bool:
    """Whether every number of the row lies in the window."""
    first, last = window[0].start, window[-1].start
    return all(first <= n.start <= last for n in run.numbers)


def in_one_row(run: Run) -> bool:
    """Whether the figures stand in one line that keeps its blanks."""
    return bool(run.cells) and all(c.aligned and c.row == run.cells[0].row for c in run.cells)


def only(windows: Sequence[Cells]) -> Cells | None:
    """The one window, or the first of several that read the same."""
    if len({tuple(value(c) for c in w) for w in windows}) != 1:
        return None
    return windows[0]


def adds_up(cells: Cells) -> bool:
    """Whether the first six make the seventh (R3)."""
    values = [value(c) or 0 for c in cells]
    return sum(values[:-1]) == values[-1] and (cells[-1].is_number or not any(values))


def value(cell: Cell) -> int | None:
    """The whole number in a cell, or nothing."""
    return int(cell.count.value) if cell.count and cell.count.value is not None else None
