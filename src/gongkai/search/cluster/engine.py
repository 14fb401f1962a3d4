"""An index on a cluster: an alias names the generation that is read, each generation an index of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import NotFoundError, TransportError
from opensearchpy.helpers import bulk

from gongkai.search.cluster.questions import alike, body_of, document, index_body
from gongkai.search.engine import NotReady
from gongkai.search.locking import Lock
from gongkai.search.rules.entry import Entry, restored
from gongkai.search.rules.query import DEEPEST, Found, Heard, Hit, Query

T = TypeVar("T")
SHARDS = 3
AT_ONCE = 500  # entries sent together
PATIENCE = 30.0  # seconds that a cluster is given to come to itself, as when one of its machines has died
PAUSE = 0.3  # seconds between tries
_MANY = 2_000  # ids read at once
log = logging.getLogger(__name__)


class ClusterEngine:
    """Reads and writes the index under one name. One program writes at a time on the machine that holds the lock."""

    def __init__(self, url: str, name: str, *, lock: Path, keep: bool = False) -> None:
        self.name = name
        self.keep = keep
        self._client = OpenSearch(
            hosts=[address.strip() for address in url.split(",")],
            retry_on_timeout=True,
            max_retries=6,
            timeout=10,
            http_compress=True,
        )
        self._lock = Lock(lock / f"{name}.lock")

    @property
    def fingerprint(self) -> str:
        generation = self._generation()
        return str(self._made(generation).get("fingerprint", "")) if generation else ""

    def query(self, asked: Query) -> Found:
        limit = max(min(asked.limit, DEEPEST - asked.offset), 0)
        body = body_of(asked) | {"size": limit, "from": asked.offset if limit else 0}
        told = self._search(body)
        hits = tuple(Hit(str(row["fields"]["id"][0]), float(row["_score"] or 0)) for row in told["hits"]["hits"])
        facets = {
            name: {str(row["key"]): int(row["doc_count"]) for row in told["aggregations"][name]["buckets"]}
            for name in asked.facets
        }
        return Found(int(told["hits"]["total"]["value"]), hits, facets)

    def names(self, heard: Heard, *, scopes: tuple[str, ...], limit: int) -> list[str]:
        told = self._search({"query": alike(heard, scopes), "size": limit, "_source": ["names"]})
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
            yield ClusterWriter(self, generation, keep=bool(self._made(generation).get("keep")), fresh=True)

    @contextmanager
    def rebuilding(self) -> Iterator[ClusterWriter]:
        with self._lock.held():
            generation = self._new_generation()
            try:
                yield ClusterWriter(self, generation, keep=self.keep, fresh=False)
                self.patiently(lambda: self._client.indices.refresh(index=generation))
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
        self.patiently(lambda: self._client.indices.create(index=f"{start}{number}", body=body))
        return f"{start}{number}"

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

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        """Every shard answers, or nobody does."""
        try:
            told: dict[str, Any] = self.patiently(
                lambda: self._client.search(
                    index=self.name, body=body, params={"allow_partial_search_results": "false"}
                )
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
            self._client, actions, chunk_size=AT_ONCE, refresh=fresh, raise_on_error=False, raise_on_exception=True
        )
        left = [fault for fault in faults if isinstance(fault, dict) and fault.get("delete", {}).get("status") != 404]
        if left:
            first = next(iter(left[0].values()))
            status = int(first.get("status", 500))
            raise TransportError(status, str(first.get("error", "")), first)


class ClusterWriter:
    """Writes into one generation; `fresh`: found at once."""

    def __init__(self, engine: ClusterEngine, generation: str, *, keep: bool, fresh: bool) -> None:
        self._engine = engine
        self._generation = generation
        self._keep = keep
        self._fresh = fresh

    def write(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> None:
        target = {"_index": self._generation}
        actions: list[dict[str, Any]] = [{**target, "_op_type": "delete", "_id": told} for told in gone]
        actions += [{**target, "_id": entry.id, "_source": document(entry, keep=self._keep)} for entry in entries]
        if actions:
            self._engine.send(actions, fresh=self._fresh)
