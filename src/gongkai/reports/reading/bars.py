"""Tables copied from web pages with a bar after each cell, and each cell on a line of its own.

Two habits of copying are met: every cell ends with a bar (``规章 |`` / ``0 |``; an empty cell is a lone bar, the places
lost to merged cells a line of several), or cells and bars take turns line by line. Joined at their bars, both are rows
whose blanks have kept their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.numbers import is_figure

_ONLY_BARS = re.compile(r"^[\s|]*\|[\s|]*$")
_ENDS_WITH_BAR = re.compile(r"^[^|\n]*[^|\s][^|\n]*\|\s*$")
_FEWEST = 6
_LONGEST_CELL = 80


def join_bars(text: Mapped) -> Mapped:
    """The text with such tables laid out a row to a line; other text stays as it is."""
    if text.text.count("|") < _FEWEST:
        return text
    lines = _lines(text.text)
    drops: list[tuple[int, int]] = []
    for region in _regions(lines):
        drops.extend(_breaks_within_rows(lines, *region))
    return text.without(drops)


def _lines(text: str) -> list[tuple[int, str]]:
    """Every line that is not empty, with its offset."""
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((start, line))
        start += len(line) + 1
    return out


def _regions(lines: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that are cells with bars."""
    first = 0
    while first < len(lines):
        last = first
        while last < len(lines) and _belongs(lines, last):
            last += 1
        if sum(1 for _, line in lines[first:last] if "|" in line) >= _FEWEST:
            yield (first, last)
        first = max(last, first + 1)


def _belongs(lines: list[tuple[int, str]], at: int) -> bool:
    line = lines[at][1]
    if _ONLY_BARS.match(line) or _ENDS_WITH_BAR.match(line):
        return True
    if "|" in line or len(line) > _LONGEST_CELL:
        return False
    return any(
        after < len(lines) and _ONLY_BARS.match(lines[after][1]) and all("|" not in x for _, x in lines[at:after])
        for after in (at + 1, at + 2)
    )


def _breaks_within_rows(lines: list[tuple[int, str]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The line breaks to leave out: all but those where words begin a new row after figures or blanks."""
    figures = False
    fresh = False
    for at in range(first, last):
        start, line = lines[at]
        cell = line.replace("|", "").strip()
        bars = line.count("|")
        words = bool(cell) and not is_figure(cell)
        if at > first:
            before, previous = lines[at - 1]
            if not (words and figures):
                yield (before + len(previous), start)
        if words:
            figures = False
        elif cell or (bars and fresh) or bars > 1:
            figures = True
        fresh = bool(bars)
