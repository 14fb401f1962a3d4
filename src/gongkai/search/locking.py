"""One writer of an index at a time; the lock goes with the program that holds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.search.engine import Busy


class Lock:
    """A lock on a file. Whoever holds it may take it again: a new index is made while the old one is written."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._held = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """`Busy` while another program, or another part of this one, holds it."""
        if self._held:
            yield
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Busy("another program writes the index") from error
            self._held = True
            try:
                yield
            finally:
                self._held = False
