"""A source of entries that a test fills, changes and empties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gongkai.search.rules import Entry


class FakeSource:
    """Entries in a dictionary."""

    def __init__(self, *entries: Entry) -> None:
        self.told = {entry.id.partition(":")[2]: entry for entry in entries}
        self.now = "1"
        self.poisoned: set[str] = set()

    def entries(self, keys: Collection[str]) -> Iterable[Entry]:
        if self.poisoned.intersection(keys):
            raise ValueError("this one cannot be told")
        return [self.told[key] for key in keys if key in self.told]

    def keys(self) -> Iterator[str]:
        yield from tuple(self.told)

    def version(self) -> str:
        return self.now
