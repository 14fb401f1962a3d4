"""The port to an engine. What holds for one holds for all of them: tests/contract.py says it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from gongkai.search.rules.entry import Entry
from gongkai.search.rules.query import Found, Heard, Query
from gongkai.search.rules.streams import FORMAT
from gongkai.search.rules.tokens import VERSION

FINGERPRINT = f"{FORMAT}.{VERSION}"  # an index made with another one is made anew


class Busy(Exception):
    """Another program writes the index; there is one writer at a time."""


class NotReady(Exception):
    """There is no index yet, or its engine does not answer."""


class Writer(Protocol):
    """Writes into an index; what was written is safe and findable when `write` returns."""

    def write(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> None:
        """Put these in the place of what has their ids, and take out what is gone."""


class Engine(Protocol):
    """Keeps an index, and answers questions from it."""

    @property
    def fingerprint(self) -> str:
        """How the index that is being read was made; empty where there is none."""

    def query(self, asked: Query) -> Found:
        """What fits the question. `NotReady` where nothing can be asked."""

    def names(self, heard: Heard, *, scopes: tuple[str, ...], limit: int) -> list[str]:
        """What entries are called, a name a line, that sound or look like this."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Every id in the index with the digest of its entry."""

    def kept(self, ids: Collection[str]) -> dict[str, Entry]:
        """The entries themselves, where the index keeps them."""

    def writer(self) -> AbstractContextManager[Writer]:
        """Write into the index that is being read. `Busy` while somebody else does."""

    def rebuilding(self) -> AbstractContextManager[Writer]:
        """Write a new index beside the one being read, and read it from when the block ends well."""
