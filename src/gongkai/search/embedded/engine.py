"""An index in a folder: a pointer names the generation that is read, each generation in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from gongkai.search.engine import FINGERPRINT, NotReady
from gongkai.search.enums import Sort
from gongkai.search.locking import Lock
from gongkai.search.rules.entry import Entry, read_entry
from gongkai.search.rules.query import DEEPEST, MOST_VALUES, Found, Hit, Query

from .schema import Questions, document, register, schema

HEAP = 128_000_000  # bytes that a writer gathers before it writes a piece
POINTER, LOCK, MADE = "current", "lock", "made.json"
BUILT_AT_ONCE = 20_000  # entries of a new index that are made safe together
_MANY = 100_000  # ids read at once
_TRIES = 5  # to open an index while another is put in its place


class EmbeddedEngine:
    """Reads and writes the index in one folder."""

    def __init__(self, folder: Path, *, keep: bool = False) -> None:
        self.folder = folder
        self.keep = keep
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

    def titles(
        self, *, sounds: tuple[str, ...], signs: tuple[str, ...], scopes: tuple[str, ...], limit: int
    ) -> list[str]:
        opened = self._open()
        searcher = opened.index.searcher()
        result = searcher.search(opened.questions.alike(sounds, signs, scopes), limit=limit, count=False)
        return [bytes(searcher.doc(address).get_first("title") or b"").decode() for _score, address in result.hits]

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
                    found[key] = read_entry(json.loads(bytes(told)))
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
            generation = self._new_generation()
            try:
                with _writing(generation, keep=self.keep, every=BUILT_AT_ONCE) as writing:
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
        self.seen: tuple[int, int] | None = None

    def refresh(self) -> None:
        stat = (self.generation / "meta.json").stat()
        state = (stat.st_mtime_ns, stat.st_ino)
        if state != self.seen:
            self.index.reload()
            self.seen = state


class EmbeddedWriter:
    """Writes into one generation, and makes it safe after so many entries."""

    def __init__(self, writer: tantivy.IndexWriter, *, keep: bool, every: int) -> None:
        self._writer = writer
        self._keep = keep
        self._every = every
        self._unsafe = 0

    def write(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> None:
        for key in gone:
            self._writer.delete_documents_by_term("id", key)
        for entry in entries:
            self._writer.delete_documents_by_term("id", entry.id)
            self._writer.add_document(document(entry, keep=self._keep))
            self._unsafe += 1
        if self._unsafe >= self._every or self._every == 1:
            self.commit()

    def commit(self) -> None:
        """Make safe what was written."""
        self._writer.commit()
        self._unsafe = 0


@contextmanager
def _writing(generation: Path, *, keep: bool, every: int = 1) -> Iterator[EmbeddedWriter]:
    index = register(tantivy.Index.open(str(generation)))
    writer = index.writer(HEAP, 1)
    writing = EmbeddedWriter(writer, keep=keep, every=every)
    yield writing
    writing.commit()
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
