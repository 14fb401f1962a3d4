"""Entries from a file: one JSON object a line, in the documented form, so that any corpus can be searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from gongkai.search import services
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.rules import Entry
from gongkai.search.rules.entry import NotAnEntry, read_entry

AT_ONCE = 1_000


class UnfitLine(ValueError):
    """A line is no entry; the message names it."""


def index_file(file: IO[str], folder: Path) -> int:
    """Make an index of the file's entries in the folder, which keeps them; how many. All of them, or nothing changes."""
    return services.write_outside(engine=EmbeddedEngine(folder, keep=True), batches=_batches(file))


def engine_in(folder: Path) -> EmbeddedEngine:
    """The engine of an index that was made so."""
    return EmbeddedEngine(folder, keep=True)


def _batches(file: IO[str]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            if not isinstance(told, dict):
                raise NotAnEntry("it is no object")
            batch.append(read_entry(told))
        except ValueError as error:
            raise UnfitLine(f"line {number}: {error}") from error
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    yield batch
