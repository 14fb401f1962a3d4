"""Table three: applications received and handled, seven columns a row.

A row that prints all seven figures says itself which is which. Where cells were left blank, the places of the
other rows of the table tell the columns apart; where even the blanks are lost, nothing does, and the row is unread
unless the sums of the form confirm the one usual reading. Sums confirm; they never supply a figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.reports.enums import Column, Row
from gongkai.reports.reading.cells import Cell, Run, figure, unread
from gongkai.reports.reading.labels import row_like, rows_in
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, State, TableThree, Unread
from gongkai.reports.reading.places import Places, adds_up, find_places, holds_all, in_one_row, only, value, windows_of
from gongkai.reports.reading.sums import columns_agree

WIDTH = len(Column)
_LONGEST_LABEL = 260
_BLANK = Figure(None, State.BLANK)
_FIGURES_OF_ANOTHER_ROW = re.compile(r"\d{5,}")  # words come without blanks: figures of a row stand as one
Cells = tuple[Cell, ...]


@dataclass
class Found:
    """The rows of table three as far as they were read, and what was not."""

    rows: TableThree = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    start: int | None = None
    end: int | None = None


def read_table_three(runs: list[Run], text: Mapped, cells: Sequence[Cell] = ()) -> Found:
    """Read table three from the stream. A row stands once: the first copy counts, and one that differs is named.

    ``cells`` are all cells of the text: the heads 自然人 and 总计 among them tell the columns of an aligned table.
    """
    found = Found()
    labelled = _labelled(runs, text, found)
    places = find_places([run for _, run in labelled], cells)
    collapsed: dict[Row, Run] = {}
    for row, run in labelled:
        window = _window(run, places)
        if row in found.rows or row in collapsed:
            _again(row, run, window, text, found)
            continue
        if window is not None:
            found.rows[row] = {column: figure(cell, text) for column, cell in zip(Column, window, strict=True)}
            _name_extra(row, run, window, text, found)
            continue
        collapsed[row] = run
    _read_collapsed(collapsed, text, found)
    return found


def _labelled(runs: list[Run], text: Mapped, found: Found) -> list[tuple[Row, Run]]:
    """The runs of the table, each with its row; runs whose row is not known are named."""
    rows: list[tuple[Row, Run]] = []
    for run in runs:
        last = rows[-1][0] if rows else None
        if not run.cells or not run.words:
            if last and run.numbers:
                found.unread.append(_unread("表三中不属于任何一行的数", run, text))
            continue
        row = _row_of(run, last)
        if row is None:
            if last and _plausible_row(run):
                found.unread.append(_unread(f"表三中认不出的一行：{run.words[-30:]}", run, text))
            continue
        if last is None and not (row is Row.NEW_RECEIVED or _plausible_row(run)):
            continue
        rows.append((row, run))
        found.start = run.start if found.start is None else found.start
        found.end = run.cells[-1].end
        if row is Row.CARRIED_OVER:
            break
    return rows


def _row_of(run: Run, last: Row | None) -> Row | None:
    """The row by its label. Where two lines ran together, the figures between them belong to the label before them."""
    words = _FIGURES_OF_ANOTHER_ROW.split(run.words[-_LONGEST_LABEL:])[-1]
    labels = rows_in(words)
    if labels:
        return labels[-1]
    return row_like(words, last) if last and _plausible_row(run) else None


def _plausible_row(run: Run) -> bool:
    return len(run.cells) >= WIDTH and bool(run.numbers)


def _unread(what: str, run: Run, text: Mapped) -> Unread:
    printed = " ".join(c.text for c in run.cells)
    return Unread(what, printed, text.span(run.start, run.cells[-1].end if run.cells else run.end))


def _again(row: Row, run: Run, window: Cells | None, text: Mapped, found: Found) -> None:
    """The same row a second time, as after a page end: named when it prints other figures."""
    first = found.rows.get(row)
    if first is None or window is None or [c.value for c in first.values()] != [value(c) for c in window]:
        found.unread.append(_unread(f"“{row.label}”一行出现两次，数不相同，以第一次为准", run, text))


def _name_extra(row: Row, run: Run, window: Cells, text: Mapped, found: Found) -> None:
    extra = [c for c in run.numbers if c not in window]
    if extra:
        printed, span = " ".join(c.text for c in extra), text.span(extra[0].start, extra[-1].end)
        found.unread.append(Unread(f"“{row.label}”一行多出的数", printed, span))


def _window(run: Run, places: Places) -> Cells | None:
    """The seven cells of the row, or none when more than one reading is possible."""
    windows = windows_of(run.cells)
    if not windows:
        return None
    numbers, printed = run.numbers, tuple(c for c in run.cells if c.text)
    if not numbers:
        return windows[-1]
    if printed in windows:
        return printed
    if in_one_row(run):
        first = places.first(run)
        placed = [w for w in windows if w[0].at == first and holds_all(w, run)]
        if placed:
            return placed[0]
        windows = [w for w in windows if all(c.is_number for c in w)]
        whole = [w for w in windows if holds_all(w, run)]
        return whole[0] if whole else only([w for w in windows if adds_up(w)])
    if len(windows) == 1:
        return windows[0]
    first_adds_up = len(numbers) > WIDTH + 1 and adds_up(windows[0])
    return windows[0] if first_adds_up else only([w for w in windows if adds_up(w)])


def _read_collapsed(collapsed: Mapping[Row, Run], text: Mapped, found: Found) -> None:
    """Rows whose blanks are lost. Two equal figures are 自然人 and 总计 when the sums of all columns say so."""
    usual = {row: _usual(run, text) for row, run in collapsed.items()}
    guess = {**found.rows, **{row: cells for row, cells in usual.items() if cells}}
    confirmed = bool(usual) and None not in usual.values() and columns_agree(guess)
    for row, run in collapsed.items():
        cells = usual[row]
        if confirmed and cells:
            found.rows[row] = cells
            what = f"“{row.label}”一行的空格已被合并：按“自然人”和“总计”认出，各列勾稽关系均相符"
        else:
            span = text.span(run.cells[0].start, run.cells[-1].end)
            printed = " ".join(c.text for c in run.cells)
            found.rows[row] = {column: unread(span, printed) for column in Column}
            what = f"“{row.label}”一行的数不是七栏，各栏归属无法确定"
        found.unread.append(_unread(what, run, text))


def _usual(run: Run, text: Mapped) -> dict[Column, Figure] | None:
    if len(run.numbers) != len(run.cells) or len(run.cells) != 2 or value(run.cells[0]) != value(run.cells[1]):
        return None
    first, second = (figure(c, text) for c in run.cells)
    printed = {Column.NATURAL_PERSON: first, Column.TOTAL: second}
    return {column: printed.get(column, _BLANK) for column in Column}
