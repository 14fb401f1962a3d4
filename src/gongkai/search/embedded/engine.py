"""An index in a folder: a pointer names the generation that is read, each generation in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import tantivy

from gongkai.search.engine import FINGERPRINT, NotReady
from gongkai.search.enums import Sort
from gongkai.search.locking import Lock
from gongkai.search.making import Cut, Maker
from gongkai.search.rules.entry import Entry, restored
from gongkai.search.rules.query import DEEPEST, MOST_VALUES, Found, Heard, Hit, Query
from gongkai.search.rules.streams import streams_of

from .schema import Questions, document, register, schema

HEAP = 128_000_000  # bytes that a writer gathers before it writes a piece
BUILDING_HEAP = 400_000_000  # of a new index: few large pieces need less joining
POINTER, LOCK, MADE = "current", "lock", "made.json"
TICK = 50_000_000  # nanoseconds
_MANY = 100_000  # ids read at once
_TRIES = 5  # to open an index while another is put in its place


class EmbeddedEngine:
    """Reads and writes the index in one folder."""

    def __init__(self, folder: Path, *, keep: bool = False, maker: Callable[[], Maker] = Maker) -> None:
        self.folder = folder
        self.keep = keep
        self.maker = maker
        self._opened: _Opened | None = None
        self._opening = threading.Lock()
        self._lock = Lock(folder / LOCK)

    @property
    def fingerprint(self) -> str:
        generation = self._generation()
        return str(_made(generation).get("fingerprint", "")) if generation else ""

    def query(self, asked: Query) -> Found:
        """One search for the page, one aggregation for all facets."""
        opened = self._open()
        searcher = opened.index.searcher()
        query = opened.questions.whole(asked)
        by_day = asked.sort is not Sort.RELEVANCE
        order = tantivy.Order.Asc if asked.sort is Sort.OLDEST else tantivy.Order.Desc
        limit = max(min(asked.limit, DEEPEST - asked.offset), 0)
        result = searcher.search(
            query,
            limit=max(limit, 1),
            offset=asked.offset,
            order=order,
            order_by_field="order" if by_day else None,
            weight_by_field=None if by_day else "boost",
        )
        hits = tuple(
            Hit(str(searcher.doc(address).get_first("id")), float(score or 0))
            for score, address in (result.hits if limit else ())
        )
        return Found(int(result.count), hits, _facets(searcher, query, asked.facets))  # type: ignore[attr-defined]  # its stub lacks it

    def names(self, heard: Heard, *, scopes: tuple[str, ...], limit: int) -> list[str]:
        opened = self._open()
        searcher = opened.index.searcher()
        result = searcher.search(opened.questions.alike(heard, scopes), limit=limit, count=False)
        return [bytes(searcher.doc(address).get_first("names") or b"").decode() for _score, address in result.hits]

    def digests(self) -> Iterator[tuple[str, str]]:
        searcher = self._open().index.searcher()
        everything = tantivy.Query.all_query()
        for offset in range(0, searcher.num_docs, _MANY):
            for _score, address in searcher.search(everything, limit=_MANY, offset=offset, count=False).hits:
                found = searcher.doc(address)
                yield str(found.get_first("id")), bytes(found.get_first("digest") or b"").decode()

    def kept(self, ids: Collection[str]) -> dict[str, Entry]:
        opened = self._open()
        searcher = opened.index.searcher()
        found: dict[str, Entry] = {}
        for key in ids:
            for _score, address in searcher.search(opened.questions.term("id", key), limit=1, count=False).hits:
                told = searcher.doc(address).get_first("entry")
                if told:
                    found[key] = restored(json.loads(bytes(told)))
        return found

    @contextmanager
    def writer(self) -> Iterator[EmbeddedWriter]:
        with self._lock.held():
            generation = self._generation()
            if generation is None:
                raise NotReady("there is no index yet")
            self._sweep()
            with _writing(generation, keep=bool(_made(generation).get("keep"))) as writing:
                yield writing

    @contextmanager
    def rebuilding(self) -> Iterator[EmbeddedWriter]:
        """The writer of a new generation. It may stand inside `writer` of the same engine in the same program."""
        with self._lock.held():
            self._sweep()
            generation = self._new_generation()
            try:
                with closing(self.maker()) as maker, _writing(generation, keep=self.keep, maker=maker) as writing:
                    yield writing
                self._point_to(generation)
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise

    # --- Generations -------------------------------------------------------------------------------------------------
    def _generation(self) -> Path | None:
        try:
            name = (self.folder / POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        found = self.folder / name
        return found if name and (found / MADE).is_file() else None

    def _new_generation(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max((int(path.name[1:]) for path in self.folder.glob("g[0-9]*")), default=0) + 1
        generation = self.folder / f"g{number}"
        generation.mkdir()
        tantivy.Index(schema(), path=str(generation))
        told = {"fingerprint": FINGERPRINT, "keep": self.keep}
        (generation / MADE).write_text(json.dumps(told), encoding="utf-8")
        return generation

    def _point_to(self, generation: Path) -> None:
        """One rename: a reader finds the old generation or the new one."""
        fresh = self.folder / f"{POINTER}.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / POINTER)

    def _sweep(self) -> None:
        """Generations that nobody will open any more; whoever has one open keeps its files until he closes them."""
        current = self._generation()
        for path in self.folder.glob("g[0-9]*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    def _open(self) -> _Opened:
        """The index as it stands now: opened once, looked at again when something was written."""
        with self._opening:
            for _try in range(_TRIES):
                generation = self._generation()
                if generation is None:
                    continue
                try:
                    if self._opened is None or self._opened.generation != generation:
                        self._opened = _Opened(generation)
                    self._opened.refresh()
                except (OSError, ValueError):  # it was swept away between the pointer and the look
                    self._opened = None
                else:
                    return self._opened
            raise NotReady("there is no index that can be read")


class _Opened:
    """A generation that is being read."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self.index = register(tantivy.Index.open(str(generation)))
        self.index.config_reader("manual")
        self.questions = Questions(self.index.schema)
        self.seen: tuple[int, int, int] | None = None

    def refresh(self) -> None:
        stat = (self.generation / "meta.json").stat()
        state = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        # Two writes within one tick of the clock may look the same: what was written just now is looked at again.
        if state != self.seen or time.time_ns() - stat.st_mtime_ns < TICK:
            self.index.reload()
            self.seen = state


class EmbeddedWriter:
    """Writes into one generation. With a `maker`, into one that nobody reads yet: it is made safe when all is written."""

    def __init__(self, writer: tantivy.IndexWriter, *, keep: bool, maker: Maker | None) -> None:
        self._writer = writer
        self._keep = keep
        self._maker = maker

    def write(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> None:
        told = list(entries)
        if self._maker is None:
            self._drop(gone)
            self._put([(entry, streams_of(entry)) for entry in told])
            self.commit()
            return
        if gone:
            self._finish()
            self._drop(gone)
        for cut in self._maker.cut(told):
            self._put(cut)

    def _drop(self, gone: Collection[str]) -> None:
        for key in gone:
            self._writer.delete_documents_by_term("id", key)

    def _put(self, cut: Cut) -> None:
        for entry, told in cut:
            self._writer.delete_documents_by_term("id", entry.id)
            self._writer.add_document(document(entry, told, keep=self._keep))

    def _finish(self) -> None:
        for cut in self._maker.rest() if self._maker is not None else ():
            self._put(cut)

    def commit(self) -> None:
        """Make safe what was written."""
        self._finish()
        self._writer.commit()


@contextmanager
def _writing(generation: Path, *, keep: bool, maker: Maker | None = None) -> Iterator[EmbeddedWriter]:
    index = register(tantivy.Index.open(str(generation)))
    writer = index.writer(BUILDING_HEAP if maker else HEAP, 1)
    writing = EmbeddedWriter(writer, keep=keep, maker=maker)
    try:
        yield writing
        writing.commit()
    finally:  # until the last of its threads has ended, it puts files into the folder
        writer.wait_merging_threads()


def _made(generation: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((generation / MADE).read_text(encoding="utf-8"))
    return told


def _facets(searcher: tantivy.Searcher, query: tantivy.Query, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": MOST_VALUES, "segment_size": MOST_VALUES}} for name in names}
    counted = searcher.aggregate(query, asked)
    return {name: {row["key"]: row["doc_count"] for row in counted[name]["buckets"]} for name in names}
