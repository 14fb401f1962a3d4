"""A text as a stream of cells: words, numbers and blanks, whatever the layout was.

One cell a line, tab-separated rows, Markdown rows with bars and rows of words and numbers parted by spaces all
become the same stream; web pages, Word files and PDF tables are laid out as tab-separated rows beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, groupby

from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, Span, State
from gongkai.reports.reading.numbers import Count, is_figure, parse_count

_RULE_LINE = re.compile(r"^[\s|:+=-]*$")
_PIECE = re.compile(r"[^\s(]*(?: ?\([^()]{0,60}\))+|\S+")
_PROSE = re.compile(r"[。;!?]")
_LONGEST_ROW = 600


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, place, the row it shares with others, its number if it is one.

    ``row`` is the line number. Where a line keeps its blanks (``aligned``), ``at`` is the cell's place in the line
    and ``width`` the number of places; a line that does not keep them has neither.
    """

    text: str
    start: int
    end: int
    row: int
    count: Count | None
    at: int = 0
    width: int = 0

    @property
    def aligned(self) -> bool:
        return self.width > 0

    @property
    def is_words(self) -> bool:
        return self.count is None

    @property
    def is_blank(self) -> bool:
        return self.count is not None and self.count.state is State.BLANK

    @property
    def is_number(self) -> bool:
        return self.count is not None and self.count.state is State.READ


def cells_of(text: Mapped) -> list[Cell]:
    """All cells of the text in reading order. Empty lines and ruling lines of Markdown are left out."""
    return list(_cells(text))


def _cells(text: Mapped) -> Iterator[Cell]:
    start = 0
    for row, line in enumerate(text.text.split("\n")):
        yield from _cells_of_line(line, start, row)
        start += len(line) + 1


def _cells_of_line(line: str, start: int, row: int) -> Iterator[Cell]:
    if not line.strip():
        return
    if "\t" in line:
        yield from _split(line, "\t", start, row)
    elif line.count("|") >= 2:
        if not _RULE_LINE.match(line):
            inner_start = line.index("|") + 1
            inner = line[inner_start : line.rindex("|")] if line.rstrip().endswith("|") else line[inner_start:]
            if line[: inner_start - 1].strip():
                inner_start, inner = 0, line.rstrip().removesuffix("|")
            yield from _split(inner, "|", start + inner_start, row)
    elif len(line) <= _LONGEST_ROW and not _PROSE.search(line):
        yield from _spaced(line, start, row)
    else:
        yield _cell(line, start, row)


def _split(line: str, by: str, start: int, row: int) -> Iterator[Cell]:
    pieces = line.split(by)
    for at, piece in enumerate(pieces):
        yield _cell(piece, start, row, at, len(pieces))
        start += len(piece) + 1


def _spaced(line: str, start: int, row: int) -> Iterator[Cell]:
    """Words and the figures after them, parted by spaces; a figure keeps its note in brackets."""
    pieces = list(_PIECE.finditer(line))
    first = len(pieces)
    while first and is_figure(pieces[first - 1].group()):
        first -= 1
    if first:
        yield _cell(line[: pieces[first - 1].end()], start, row)
    for piece in pieces[first:]:
        yield _cell(piece.group(), start + piece.start(), row)


def _cell(piece: str, start: int, row: int, at: int = 0, width: int = 0) -> Cell:
    stripped = piece.strip()
    lead = len(piece) - len(piece.lstrip()) if stripped else 0
    count = parse_count(stripped) if width or is_figure(stripped) else None
    return Cell(stripped, start + lead, start + lead + len(stripped), row, count, at, width)


def figure(cell: Cell, text: Mapped) -> Figure:
    """The figure of a number cell, with its place in the source."""
    count = cell.count
    if count is None:
        raise ValueError("a cell of words holds no figure")
    return Figure(count.value, count.state, text.span(cell.start, cell.end), cell.text)


def unread(span: Span | None = None, text: str = "") -> Figure:
    """A cell that stands in the form but could not be read."""
    return Figure(None, State.UNREAD, span, text)


@dataclass(frozen=True, slots=True)
class Run:
    """Words, and the numbers and blanks that follow them up to the next words (or the end of the row)."""

    words: str
    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def numbers(self) -> tuple[Cell, ...]:
        return tuple(c for c in self.cells if c.is_number)


_NOTE = re.compile(r"^\((?![一二三四五六七八]\)).*\)$")
_LONG = 120


def runs_of(cells: list[Cell]) -> Iterator[Run]:
    """The stream as pairs of words and figures. A sentence of prose ends the words gathered so far.

    A line that keeps its blanks is a row for itself: figures on another line do not go on with it.
    """
    words: list[Cell] = []
    figures: list[Cell] = []
    for cell in _without_margins(cells):
        if cell.is_words:
            if figures and _NOTE.match(cell.text):
                continue
            if figures:
                yield _run(words, figures)
                words, figures = [], []
            if len(cell.text) > _LONG or cell.text.endswith("。"):
                words = []
            else:
                words.append(cell)
        elif figures and cell.row != figures[-1].row and (cell.aligned or figures[-1].aligned):
            yield _run(words, figures)
            words, figures = [], [cell]
        else:
            figures.append(cell)
    if words or figures:
        yield _run(words, figures)


def _without_margins(cells: list[Cell]) -> Iterator[Cell]:
    """Without the empty places before the words of a row, and without rows that hold nothing at all."""
    for _, row in groupby(cells, key=lambda c: c.row):
        kept = list(row)
        if any(c.is_words for c in kept):
            yield from dropwhile(lambda c: not c.text, kept)
        elif any(c.text for c in kept):
            yield from kept


def _run(words: list[Cell], figures: list[Cell]) -> Run:
    text = re.sub(r"\s+", "", "".join(c.text for c in words))
    start = words[0].start if words else figures[0].start
    end = words[-1].end if words else start
    return Run(text, start, end, tuple(figures))
