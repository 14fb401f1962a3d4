"""The same contract on a real cluster of three nodes; one of them is killed while it is written and asked.

`make test-cluster` starts the cluster and runs this file; elsewhere there is no cluster to run it on.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import statistics
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from gongkai.search.cluster import ClusterEngine
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.engine import Engine
from gongkai.search.making import Maker
from gongkai.search.rules import FACETS, digest_of

from .contract import EngineContract, asked, build, entry, ids, random_entries

URL = os.environ.get("GONGKAI_TEST_CLUSTER", "")
PIDS = [int(pid) for pid in os.environ.get("GONGKAI_TEST_CLUSTER_PIDS", "").split(",") if pid]
LONGEST = 60_000  # milliseconds that one question may take while the cluster comes to itself
log = logging.getLogger(__name__)
pytestmark = pytest.mark.skipif(not URL, reason="no cluster: run `make test-cluster`")


@pytest.fixture
def name() -> Iterator[str]:
    """The name of an index that is gone afterwards."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    yield name
    if URL:
        ClusterEngine(URL, name, lock=Path("/nonexistent")).drop()


class TestClusterEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path, name: str) -> Engine:
        return ClusterEngine(URL, name, lock=tmp_path)

    @pytest.fixture
    def other(self, tmp_path: Path, name: str) -> Engine:
        return ClusterEngine(URL, name, lock=tmp_path)


def test_many_entries_are_cut_by_several_processes_with_the_same_result(tmp_path: Path, name: str) -> None:
    """As embedded: what was written last counts, and what has gone is gone, though others were still being cut."""
    entries = [*random_entries(3, 300), *(entry(str(number), "征收办法") for number in range(0, 300, 50))]
    engine = ClusterEngine(URL, name, lock=tmp_path, maker=lambda: Maker(processes=2, many=100))
    with engine.rebuilding() as writer:
        for start in range(0, len(entries), 60):
            writer.write(entries[start : start + 60])
        writer.write([], gone=["test:50"])
    last = {one.id: digest_of(one) for one in entries if one.id != "test:50"}
    assert dict(engine.digests()) == last


def test_both_engines_find_the_same(tmp_path: Path, name: str) -> None:
    """Every question of a few hundred gives the same results, counts and facets on both."""
    entries = random_entries(11, 300)
    own, cluster = EmbeddedEngine(tmp_path / "own"), ClusterEngine(URL, name, lock=tmp_path)
    for engine in (own, cluster):
        build(engine, *entries)
    chance = random.Random(11)
    for _question in range(100):
        text = " ".join("".join(chance.sample("区政府信息公开条例征收", chance.randint(1, 3))) for _word in range(2))
        query = asked(text, facets=FACETS, limit=300)
        here, there = own.query(query), cluster.query(query)
        assert (here.total, here.facets) == (there.total, there.facets)
        assert {hit.id for hit in here.hits} == {hit.id for hit in there.hits}


def test_both_engines_rank_alike(tmp_path: Path, name: str) -> None:
    """What each word is worth differs by one factor, the same for every question: so do the orders, but for ties."""
    chance = random.Random(12)
    entries = [
        replace(
            one,
            title=f"{one.title}办法",
            document_number=f"示府规〔{one.year}〕{number % 9 + 1}号",
            validity=chance.choice(("", "repealed")),
        )
        for number, one in enumerate(random_entries(12, 300))
    ]
    own, cluster = EmbeddedEngine(tmp_path / "own"), ClusterEngine(URL, name, lock=tmp_path)
    for engine in (own, cluster):
        build(engine, *entries)
    words = ["".join(chance.sample("区政府信息公开条例征收", chance.randint(1, 3))) for _word in range(60)]
    texts = [
        *map(" ".join, pairwise(words)),
        *(one.title for one in entries[:20]),
        "示府规〔2018〕3号 征收",
        "府规2019-4",
    ]
    factors = []
    for text in texts:
        for least in (0, 1):
            query = asked(text, least=least, limit=300)
            here = {hit.id: hit.score for hit in own.query(query).hits}
            there = {hit.id: hit.score for hit in cluster.query(query).hits}
            assert here.keys() == there.keys()
            factors += [there[told] / score for told, score in here.items() if score > 0.01]
    assert len(factors) > 1000
    assert max(factors) / min(factors) < 1.001


def test_a_node_that_is_killed_while_it_is_written_and_asked_loses_nothing(tmp_path: Path, name: str) -> None:
    """The last test of the file: afterwards the cluster has two nodes."""
    engine = ClusterEngine(URL, name, lock=tmp_path)
    entries = {one.id: one for one in (entry(str(number), f"征收办法{number}号") for number in range(500))}
    build(engine, *entries.values())
    stop = threading.Event()
    answers: list[tuple[int, float]] = []

    def ask() -> None:
        while not stop.is_set():
            begun = time.monotonic()
            answers.append((engine.query(asked("征收", limit=10)).total, time.monotonic() - begun))

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        with engine.writer() as writer:
            for number in range(60):
                if number == 20:
                    os.kill(PIDS[-1], signal.SIGKILL)
                changed = [entry(str(number * 10 + n), f"征收细则{number}之{n}") for n in range(10)]
                writer.write(changed)
                entries |= {one.id: one for one in changed}
    finally:
        stop.set()
        reader.join()
    assert dict(engine.digests()) == {told: digest_of(one) for told, one in entries.items()}
    assert sorted(ids(engine, asked("征收", limit=1000))) == sorted(told.removeprefix("test:") for told in entries)
    assert min(total for total, _took in answers) >= 500
    took = [seconds * 1000 for _total, seconds in answers]
    told = f"{len(answers)} answers, p50 {statistics.median(took):.0f} ms, longest {max(took):.0f} ms"
    assert max(took) < LONGEST, told
    log.warning("While a node was killed: %s", told)


def test_wholly_without_a_cluster_it_says_that_it_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.search.cluster import engine as module
    from gongkai.search.engine import NotReady

    monkeypatch.setattr(module, "PATIENCE", 0.5)
    with pytest.raises(NotReady):
        ClusterEngine("http://127.0.0.1:9", "none", lock=tmp_path).query(asked("征收"))
