"""An index on a cluster: an alias names the generation that is read, each generation an index of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import NotFoundError, RequestError, TransportError
from opensearchpy.helpers import bulk

from gongkai.search.cluster.questions import WEIGHING, alike, body_of, document, index_body
from gongkai.search.engine import NotReady
from gongkai.search.enums import Sort
from gongkai.search.locking import Lock
from gongkai.search.making import Cut, Maker
from gongkai.search.rules.entry import Entry, restored
from gongkai.search.rules.query import DEEPEST, Found, Heard, Hit, Query
from gongkai.search.rules.streams import streams_of

T = TypeVar("T")
SHARDS = 3
AT_ONCE = 500  # entries sent together
LARGEST = 20_000_000  # bytes sent together, so that few long texts are no burden either
WRITING = 60.0  # seconds that one packet may take: a busy cluster writes more slowly than it finds
THREADS = 8  # that may talk to one machine at once and keep their connection
PATIENCE = 30.0  # seconds that a cluster is given to come to itself, as when one of its machines has died
PAUSE = 0.3  # seconds between tries
_MANY = 2_000  # ids read at once
log = logging.getLogger(__name__)


class ClusterEngine:
    """Reads and writes the index under one name. One program writes at a time on the machine that holds the lock."""

    def __init__(
        self, url: str, name: str, *, lock: Path, keep: bool = False, maker: Callable[[], Maker] = Maker
    ) -> None:
        self.name = name
        self.keep = keep
        self.maker = maker
        self._client = OpenSearch(
            hosts=[address.strip() for address in url.split(",")],
            retry_on_timeout=True,
            max_retries=6,
            timeout=10,
            http_compress=True,
            pool_maxsize=THREADS,
        )
        self._lock = Lock(lock / f"{name}.lock")

    @property
    def fingerprint(self) -> str:
        generation = self._generation()
        return str(self._made(generation).get("fingerprint", "")) if generation else ""

    def query(self, asked: Query) -> Found:
        limit = max(min(asked.limit, DEEPEST - asked.offset), 0)
        body = body_of(asked) | {"size": limit, "from": asked.offset if limit else 0}
        told = self._search(body, ranked=limit > 0 and asked.sort is Sort.RELEVANCE)
        hits = tuple(Hit(str(row["fields"]["id"][0]), float(row["_score"] or 0)) for row in told["hits"]["hits"])
        facets = {
            name: {str(row["key"]): int(row["doc_count"]) for row in told["aggregations"][name]["buckets"]}
            for name in asked.facets
        }
        return Found(int(told["hits"]["total"]["value"]), hits, facets)

    def names(self, heard: Heard, *, scopes: tuple[str, ...], limit: int) -> list[str]:
        told = self._search({"query": alike(heard, scopes), "size": limit, "_source": ["names"]}, ranked=True)
        return [str(row["_source"]["names"]) for row in told["hits"]["hits"]]

    def digests(self) -> Iterator[tuple[str, str]]:
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {"size": _MANY, "sort": [{"id": "asc"}], "_source": ["digest"]}
            told = self._search(body | ({"search_after": after} if after else {}))
            rows = told["hits"]["hits"]
            if not rows:
                return
            for row in rows:
                yield str(row["sort"][0]), str(row["_source"]["digest"])
            after = rows[-1]["sort"]

    def kept(self, ids: Collection[str]) -> dict[str, Entry]:
        told = self._search({"query": {"terms": {"id": list(ids)}}, "size": len(ids), "_source": ["entry"]})
        entries = (row["_source"].get("entry") for row in told["hits"]["hits"])
        return {entry["id"]: restored(entry) for entry in entries if entry}

    @contextmanager
    def writer(self) -> Iterator[ClusterWriter]:
        with self._lock.held():
            generation = self._generation()
            if generation is None:
                raise NotReady("there is no index yet")
            yield ClusterWriter(self, generation, keep=bool(self._made(generation).get("keep")))

    @contextmanager
    def rebuilding(self) -> Iterator[ClusterWriter]:
        with self._lock.held():
            generation = self._new_generation()
            try:
                with closing(self.maker()) as maker:
                    writing = ClusterWriter(self, generation, keep=self.keep, maker=maker)
                    yield writing
                    writing.finish()
                self.patiently(lambda: self._client.indices.refresh(index=generation, request_timeout=WRITING))
                self._point_to(generation)
            except BaseException:
                self._client.indices.delete(index=generation, ignore=[404])
                raise

    def drop(self) -> None:
        """Take every generation away."""
        for generation in self._generations():
            self.patiently(lambda generation=generation: self._client.indices.delete(index=generation))  # type: ignore[misc]  # it sees no type in a default

    # --- Generations -------------------------------------------------------------------------------------------------
    def _generation(self) -> str | None:
        try:
            told = self.patiently(lambda: self._client.indices.get_alias(name=self.name))
        except NotFoundError:
            return None
        return next(iter(told), None)

    def _made(self, generation: str) -> dict[str, Any]:
        told = self.patiently(lambda: self._client.indices.get_mapping(index=generation))
        made: dict[str, Any] = told[generation]["mappings"].get("_meta", {})
        return made

    def _generations(self) -> list[str]:
        told = self.patiently(lambda: self._client.indices.get(index=f"{self.name}-g*"))
        return list(told)

    def _new_generation(self) -> str:
        start = f"{self.name}-g"
        number = max((int(found.removeprefix(start)) for found in self._generations()), default=0) + 1
        body = index_body(keep=self.keep, shards=SHARDS)
        try:
            self._create(f"{start}{number}", body | {"settings": body["settings"] | WEIGHING})
        except RequestError:  # a server before version 3 weighs so, and has no name for it
            self._create(f"{start}{number}", body)
        return f"{start}{number}"

    def _create(self, generation: str, body: dict[str, Any]) -> None:
        self.patiently(lambda: self._client.indices.create(index=generation, body=body))

    def _point_to(self, generation: str) -> None:
        """The alias moves in one step; then what it pointed to before goes."""
        actions = [
            {"remove": {"index": f"{self.name}-g*", "alias": self.name, "must_exist": False}},
            {"add": {"index": generation, "alias": self.name}},
        ]
        self.patiently(lambda: self._client.indices.update_aliases(body={"actions": actions}))
        for old in self._generations():
            if old != generation:
                self.patiently(lambda old=old: self._client.indices.delete(index=old))  # type: ignore[misc]  # it sees no type in a default

    def _search(self, body: dict[str, Any], *, ranked: bool = False) -> dict[str, Any]:
        """Every shard answers, or nobody does. Where it is `ranked`, words weigh by all shards, as in one index."""
        params = {"allow_partial_search_results": "false"}
        if ranked:
            params["search_type"] = "dfs_query_then_fetch"
        try:
            told: dict[str, Any] = self.patiently(
                lambda: self._client.search(index=self.name, body=body, params=dict(params))
            )
        except NotFoundError as error:
            raise NotReady("there is no index yet") from error
        return told

    def patiently(self, ask: Callable[[], T]) -> T:
        """Ask again while the cluster comes to itself; `NotReady` when it does not."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return ask()
            except (Unreachable, TransportError) as error:
                passing = isinstance(error, Unreachable) or error.status_code in {429, 500, 502, 503, 504}
                if not passing:
                    raise
                if time.monotonic() > end:
                    raise NotReady("the cluster does not answer") from error
                log.info("The cluster did not answer (%s); asking again", error.error)
                time.sleep(PAUSE)

    def send(self, actions: list[dict[str, Any]], *, fresh: bool) -> None:
        """Write, and wait until every copy has it; what is sent twice is there once."""
        self.patiently(lambda: self._send(actions, fresh=fresh))

    def _send(self, actions: list[dict[str, Any]], *, fresh: bool) -> None:
        _done, faults = bulk(
            self._client,
            actions,
            chunk_size=AT_ONCE,
            max_chunk_bytes=LARGEST,
            refresh=fresh,
            raise_on_error=False,
            raise_on_exception=True,
            request_timeout=WRITING,
        )
        left = [fault for fault in faults if isinstance(fault, dict) and fault.get("delete", {}).get("status") != 404]
        if left:
            first = next(iter(left[0].values()))
            status = int(first.get("status", 500))
            raise TransportError(status, str(first.get("error", "")), first)


class ClusterWriter:
    """Writes into one generation, where it is found at once. With a `maker`, into one that nobody reads yet."""

    def __init__(self, engine: ClusterEngine, generation: str, *, keep: bool, maker: Maker | None = None) -> None:
        self._engine = engine
        self._generation = generation
        self._keep = keep
        self._maker = maker
        self._waiting: list[dict[str, Any]] = []  # cut, and not sent yet

    def write(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> None:
        told = list(entries)
        if self._maker is None:
            self._send([*self._drop(gone), *self._put([(entry, streams_of(entry)) for entry in told])])
            return
        if gone:
            self.finish()
            self._send(self._drop(gone))
        for cut in self._maker.cut(told):
            self._gather(cut)

    def finish(self) -> None:
        """Send all that is still being cut."""
        for cut in self._maker.rest() if self._maker is not None else ():
            self._gather(cut)
        self._send(self._waiting)
        self._waiting = []

    def _gather(self, cut: Cut) -> None:
        self._waiting += self._put(cut)
        if len(self._waiting) >= AT_ONCE:
            self._send(self._waiting)
            self._waiting = []

    def _drop(self, gone: Collection[str]) -> list[dict[str, Any]]:
        return [{"_index": self._generation, "_op_type": "delete", "_id": told} for told in gone]

    def _put(self, cut: Cut) -> list[dict[str, Any]]:
        keep = self._keep
        return [
            {"_index": self._generation, "_id": entry.id, "_source": document(entry, told, keep=keep)}
            for entry, told in cut
        ]

    def _send(self, actions: list[dict[str, Any]]) -> None:
        if actions:
            self._engine.send(actions, fresh=self._maker is None)
