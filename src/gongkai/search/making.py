"""Tokens of many entries, made by several processes at once and given back in their order.

Cutting text takes most of the time of a new index. A few entries are cut on the spot: processes take a second to start.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess

from gongkai.search.rules.entry import Entry
from gongkai.search.rules.streams import Streams, streams_of

PROCESSES = min(os.cpu_count() or 1, 4)
MANY = 4_000  # entries that are cut on the spot before processes are started
AT_ONCE = 125  # entries that a process is given together
AHEAD = 24  # such packets that wait or are worked on; as many as memory holds easily
log = logging.getLogger(__name__)
Cut = list[tuple[Entry, Streams]]


class Maker:
    """Takes packets of entries, and gives them back cut, in the same order."""

    def __init__(self, *, processes: int = PROCESSES, many: int = MANY) -> None:
        self._processes = processes
        self._many = many
        self._taken = 0
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[Sequence[Entry], Future[list[Streams]]]] = deque()

    def cut(self, entries: Sequence[Entry]) -> Iterator[Cut]:
        """What is ready by now, that of earlier calls first."""
        self._taken += len(entries)
        if self._processes < 2 or self._taken <= self._many:
            yield from self.rest()
            yield list(zip(entries, streams_of_all(entries), strict=True))
            return
        for start in range(0, len(entries), AT_ONCE):
            packet = entries[start : start + AT_ONCE]
            self._waiting.append((packet, self._begun(packet)))
            while len(self._waiting) > AHEAD:
                yield self._next()

    def rest(self) -> Iterator[Cut]:
        """All that is still waiting."""
        while self._waiting:
            yield self._next()

    def processes(self) -> list[BaseProcess]:
        """Those at work."""
        return multiprocessing.active_children() if self._pool is not None else []

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _next(self) -> Cut:
        packet, future = self._waiting.popleft()
        try:
            return list(zip(packet, future.result(), strict=True))
        except BrokenExecutor:  # one of them was killed, and the others went with it
            log.warning("A process that cut text has gone; the rest is cut here")
            self._processes = 1
            return list(zip(packet, streams_of_all(packet), strict=True))

    def _begun(self, packet: Sequence[Entry]) -> Future[list[Streams]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # a forked one would hold the index's lock and connections
            self._pool = ProcessPoolExecutor(self._processes, mp_context=context, initializer=end_with_parent)
        try:
            return self._pool.submit(streams_of_all, packet)
        except BrokenExecutor as error:
            gone: Future[list[Streams]] = Future()
            gone.set_exception(error)
            return gone


def streams_of_all(entries: Sequence[Entry]) -> list[Streams]:
    """In a process of its own."""
    return [streams_of(entry) for entry in entries]


def end_with_parent() -> None:
    """A process whose parent was killed waits for work for ever: this one ends."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
