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
    seen: set[int] = set()
    lines = services.write_outside(engine=EmbeddedEngine(folder, keep=True), batches=_batches(file, seen))
    return Made(len(seen), lines - len(seen))


def engine_in(folder: Path) -> EmbeddedEngine:
    """The engine of an index that was made so."""
    return EmbeddedEngine(folder, keep=True)


def _batches(file: IO[bytes], seen: set[int]) -> Iterator[list[Entry]]:
    """The entries; `seen` gathers the hashes of their ids, which take less memory than a million ids."""
    batch: list[Entry] = []
    for number, line in enumerate(file, start=1):
        bare = (line.removeprefix(MARK) if number == 1 else line).strip()
        if not bare:
            continue
        try:
            batch.append(_entry(bare))
        except NotAnEntry as error:
            raise UnfitLine(number, error) from error
        seen.add(hash(batch[-1].id))
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if not seen:
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
