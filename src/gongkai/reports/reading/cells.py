"""A text as a stream of cells: words, numbers and blanks, whatever the layout was.

One cell a line, tab-separated rows, Markdown rows with bars and rows of words and numbers parted by spaces all
become the same stream; web pages, Word files and PDF tables are laid out as tab-separated rows beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Figure, Span, State
from gongkai.reports.reading.numbers import Count, is_figure, parse_count

_NUMBER = r"(?:[+-]?\d[\d,]*(?:\.\d+)?|减\d+|增\d+|/|-{1,2})"
_SPACED = re.compile(rf"^(?P<label>.*?\S)??(?P<gap>(?:^|(?<=\S))\s*)(?P<numbers>(?<!\S){_NUMBER}(?:\s+{_NUMBER})*)\s*$")
_RULE_LINE = re.compile(r"^[\s|:+=-]*$")
_PIECE = re.compile(r"\S+")
_PROSE = re.compile(r"[。;!?]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, place, the row it shares with others, its number if it is one.

    ``row`` is the line number; ``aligned`` says that blanks of that row kept their places.
    """

    text: str
    start: int
    end: int
    row: int
    aligned: bool
    count: Count | None

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
                inner_start, inner = 0, line
            yield from _split(inner, "|", start + inner_start, row)
    elif (spaced := _SPACED.match(line)) and not _PROSE.search(line):
        yield from _spaced(line, spaced, start, row)
    else:
        yield _cell(line, start, row, aligned=False)


def _split(line: str, by: str, start: int, row: int) -> Iterator[Cell]:
    for piece in line.split(by):
        yield _cell(piece, start, row, aligned=True)
        start += len(piece) + 1


def _spaced(line: str, match: re.Match[str], start: int, row: int) -> Iterator[Cell]:
    label = match["label"]
    if label and label.strip():
        yield _cell(label, start, row, aligned=False)
    offset = match.start("numbers")
    for piece in _PIECE.finditer(match["numbers"]):
        yield _cell(piece.group(), start + offset + piece.start(), row, aligned=False)


def _cell(piece: str, start: int, row: int, *, aligned: bool) -> Cell:
    stripped = piece.strip()
    lead = len(piece) - len(piece.lstrip()) if stripped else 0
    count = parse_count(stripped) if aligned or is_figure(stripped) else None
    return Cell(stripped, start + lead, start + lead + len(stripped), row, aligned, count)


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
    """The stream as pairs of words and figures. A sentence of prose ends the words gathered so far."""
    words: list[Cell] = []
    figures: list[Cell] = []
    for cell in cells:
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
        elif figures and cell.aligned and cell.row != figures[-1].row:
            yield _run(words, figures)
            words, figures = [], [cell]
        elif cell.is_blank and not figures and (not words or words[-1].row != cell.row):
            continue
        else:
            figures.append(cell)
    if words or figures:
        yield _run(words, figures)


def _run(words: list[Cell], figures: list[Cell]) -> Run:
    text = re.sub(r"\s+", "", "".join(c.text for c in words))
    start = words[0].start if words else figures[0].start
    end = words[-1].end if words else start
    return Run(text, start, end, tuple(figures))
