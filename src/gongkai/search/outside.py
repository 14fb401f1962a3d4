"""Entries from a file: one JSON object a line, in the documented form, so that any corpus can be searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from gongkai.search import services
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.enums import Fault
from gongkai.search.rules import Entry
from gongkai.search.rules.entry import NotAnEntry, read_entry
from gongkai.search.rules.folding import bare

AT_ONCE = 1_000
MARK = b"\xef\xbb\xbf"  # what some programs write before a text of UTF-8


class UnfitLine(ValueError):
    """A line is no entry: which, and why."""

    def __init__(self, number: int, why: NotAnEntry) -> None:
        super().__init__(f"line {number}: {why}")
        self.number, self.why = number, why


class NoEntries(ValueError):
    """There is no line with an entry, as in a file that was cut off."""


class Made(NamedTuple):
    """How many entries an index has, and how many lines were written over by a later one with the same id."""

    entries: int
    again: int


def index_file(file: IO[bytes], folder: Path) -> Made:
    """Make an index of the file's entries in the folder, which keeps them. All of them, or nothing changes."""
    seen = _Seen()
    lines = services.write_outside(engine=EmbeddedEngine(folder, keep=True), batches=_batches(file, seen))
    return Made(len(seen.numbers), lines - len(seen.numbers))


def engine_in(folder: Path) -> EmbeddedEngine:
    """The engine of an index that was made so."""
    return EmbeddedEngine(folder, keep=True)


class _Seen:
    """The ids that came, and whose index number is whose: by hashes, which take less memory than a million of each."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}  # of an id, the index number of its last line; 0 is none
        self._lines: dict[int, int] = {}  # of an index number, the line that has it

    def add(self, line: int, entry: Entry) -> None:
        """Take a line in. Raises `NotAnEntry` where another id has its index number, in whatever spelling."""
        own, number = hash(entry.id), hash(bare(entry.index_number))
        before = self.numbers.get(own, 0)
        if number and number != before and number in self._lines:
            raise NotAnEntry(Fault.TAKEN, "index_number", place=self._lines[number])
        if before != number:
            self._lines.pop(before, None)  # the last line of an id counts
        self.numbers[own] = number
        if number:
            self._lines[number] = line


def _batches(file: IO[bytes], seen: _Seen) -> Iterator[list[Entry]]:
    """The entries, some at once."""
    batch: list[Entry] = []
    for number, line in enumerate(file, start=1):
        text = (line.removeprefix(MARK) if number == 1 else line).strip()
        if not text:
            continue
        try:
            batch.append(_entry(text))
            seen.add(number, batch[-1])
        except NotAnEntry as error:
            raise UnfitLine(number, error) from error
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if not seen.numbers:
        raise NoEntries
    yield batch


def _entry(line: bytes) -> Entry:
    try:
        told = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotAnEntry(Fault.ENCODING) from error
    except json.JSONDecodeError as error:
        raise NotAnEntry(Fault.NO_OBJECT, place=error.pos + 1) from error
    except (
        RecursionError,
        ValueError,
    ) as error:  # brackets within brackets without end, a number of thousands of digits
        raise NotAnEntry(Fault.NO_OBJECT, place=1) from error
    if not isinstance(told, dict):
        raise NotAnEntry(Fault.NO_OBJECT, place=1)
    return read_entry(told)
