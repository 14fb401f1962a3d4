"""Speed of the search by kind of question, beside SQLite FTS5 and PostgreSQL full text in the same run, as ratios.

    .venv/bin/python -m tools.bench_search                                  # 20,000 entries that it makes
    GONGKAI_BENCH_SIZES=20000,200000 tools/with-postgres.sh .venv/bin/python -m tools.bench_search
    .venv/bin/python -m tools.bench_search --from corpus.jsonl              # anybody's corpus, in the documented form

In stages, so that a large index can be made in the night and asked when the machine is quiet:

    .venv/bin/python -m tools.bench_search make index --size 1000000 --in FOLDER
    .venv/bin/python -m tools.bench_search ask --size 1000000 --in FOLDER
    make bench-cluster SIZE=200000                                          # a cluster of three nodes beside it

Entries are made by `tools.library_corpus`; all of them are made up. Questions are taken from the entries themselves: one
word, three words of one text, a phrase of a text, two words with six facets counted, one word narrowed and by day, a known
title with a word dropped. Each figure is p50/p95 in milliseconds of asking the engine (count, ten ids), without the pages.
Where tools.with_cluster has started a cluster, it is given the same entries and asked the same, and both answers compared.
"""

import argparse
import json
import multiprocessing
import os
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import psycopg
from opensearchpy import OpenSearch

from gongkai.search.cluster import ClusterEngine
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.engine import FINGERPRINT, Engine
from gongkai.search.rules import PUBLIC, Entry
from tools import search_rivals
from tools.search_questions import Asked, entries_of, everything, p95, query_of, questions, shown, timed
from tools.search_rivals import ask_fts5, ask_postgres

SIZES = [int(size) for size in os.environ.get("GONGKAI_BENCH_SIZES", "20000").split(",")]
READERS = int(os.environ.get("GONGKAI_BENCH_READERS", "8"))
RIVALS_UP_TO = int(os.environ.get("GONGKAI_BENCH_RIVALS", "200000"))  # entries; the others are not built for more
POSTGRES = url if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres") else ""
CLUSTER = os.environ.get("GONGKAI_TEST_CLUSTER", "")
STAGES = ("make", "index", "ask")
Results = dict[str, dict[str, list[float]]]


# --- What is made ----------------------------------------------------------------------------------------------------
class Place:
    """A folder with the entries of one size, the indexes made of them, and what making them took."""

    def __init__(self, folder: Path, name: str, file: Path | None = None) -> None:
        self.folder = folder / name
        self.file = file or folder / f"{name}.jsonl"
        self.figures = self.folder / "figures.json"
        self.fts5 = self.folder / "fts5.sqlite3"
        self.folder.mkdir(parents=True, exist_ok=True)

    def told(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = json.loads(self.figures.read_text()) if self.figures.exists() else {}
        return found

    def remember(self, name: str, **told: float) -> None:
        self.figures.write_text(json.dumps({**self.told(), name: told}))


def make(place: Place, size: int) -> None:
    arguments = [str(size), "--out", str(place.file)]
    subprocess.run([sys.executable, "-m", "tools.library_corpus", *arguments], check=True)


def index(place: Place) -> None:
    """Every index that is not there yet."""
    engine = EmbeddedEngine(place.folder / "own")
    if engine.fingerprint != FINGERPRINT:
        seconds, count = build(engine, place.file)
        place.remember("gongkai", seconds=seconds, count=count, bytes=size_of(place.folder / "own"))
    if place.told()["gongkai"]["count"] > RIVALS_UP_TO:
        return
    with ExitStack() as stack:
        rivals: dict[str, search_rivals.Fts5 | search_rivals.Postgres] = {}
        if not place.fts5.exists():
            rivals["SQLite FTS5"] = search_rivals.Fts5(place.fts5)
        if POSTGRES:
            server = stack.enter_context(psycopg.connect(POSTGRES, autocommit=True))
            if not search_rivals.holds(server, int(place.told()["gongkai"]["count"])):
                rivals["PostgreSQL"] = search_rivals.Postgres(server)
        for name, (seconds, size) in search_rivals.build(place.file, rivals).items() if rivals else ():
            place.remember(name, seconds=seconds, bytes=size)


def build(engine: Engine, file: Path) -> tuple[float, int]:
    """Seconds, and how many entries."""
    begun, count = time.perf_counter(), 0
    with engine.rebuilding() as writer:
        for batch in entries_of(file):
            writer.write(batch)
            count += len(batch)
    return time.perf_counter() - begun, count


# --- What is asked ---------------------------------------------------------------------------------------------------
def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask_engine(engine: Engine) -> Callable[[Asked], object]:
    return lambda asked: engine.query(query_of(asked))


def reader(folder: Path, asked: list[Asked], seconds: float, out: "multiprocessing.Queue[list[float]]") -> None:
    """One of several programs that ask without pause."""
    engine, found, place = EmbeddedEngine(folder), [], 0
    engine.query(query_of(asked[0]))
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        engine.query(query_of(asked[place % len(asked)]))
        found.append((time.perf_counter() - begun) * 1000)
        place += 7
    out.put(found)


def many_readers(folder: Path, asked: list[Asked], *, writing: list[Entry], seconds: float = 8.0) -> str:
    """Questions a second and times of many readers, while entries are changed without pause where there are any."""
    context = multiprocessing.get_context("spawn")
    out: multiprocessing.Queue[list[float]] = context.Queue()
    programs = [context.Process(target=reader, args=(folder, asked, seconds, out)) for _n in range(READERS)]
    visible: list[float] = []
    stop = threading.Event()
    writer = threading.Thread(target=write_on, args=(folder, writing, stop, visible))
    for program in programs:
        program.start()
    if writing:
        writer.start()
    found = [value for _program in programs for value in out.get()]
    stop.set()
    for program in programs:
        program.join()
    if writing:
        writer.join()
    told = f"{len(found) / seconds:7.0f} a second, {shown(found)} ms"
    return f"{told}; {len(visible)} changes, each found after {shown(visible)} ms" if writing else told


def write_on(folder: Path, entries: list[Entry], stop: threading.Event, visible: list[float]) -> None:
    """Twenty changes a second, each looked for until it is found; at the end all is as it was."""
    engine = EmbeddedEngine(folder)
    with engine.writer() as writer:
        for number, entry in enumerate(entries * 100):
            if stop.is_set():
                break
            begun = time.perf_counter()
            writer.write([replace(entry, title=f"变更{number}号")])
            asked = query_of(Asked("phrase", (f"变更{number}号",)))
            while not engine.query(asked).total and not stop.is_set():
                time.sleep(0.001)
            visible.append((time.perf_counter() - begun) * 1000)
            time.sleep(max(0.0, 0.05 - (time.perf_counter() - begun)))
        writer.write(entries)


# --- The run ---------------------------------------------------------------------------------------------------------
def mean_reciprocal_rank(asked: list[Asked], engine: EmbeddedEngine) -> float:
    known = [one for one in asked if one.id]
    ranks = [[hit.id for hit in engine.query(query_of(one)).hits] for one in known]
    found = [1 / (ids.index(one.id) + 1) if one.id in ids else 0.0 for one, ids in zip(known, ranks, strict=True)]
    return statistics.mean(found)


def ask(place: Place) -> None:
    told = place.told()
    count = int(told["gongkai"]["count"])
    print(f"\n{place.file.name}: {count:,} entries", flush=True)
    for name, figures in told.items():
        print(
            f"  {name}: {figures['seconds']:.0f} s, {count / figures['seconds']:,.0f} a second, {figures['bytes'] / 1e6:,.0f} MB"
        )
    chance = random.Random(7)  # noqa: S311 - the same questions every time
    drawn = (entry for batch in entries_of(place.file) for entry in batch if chance.random() < 2_000 / count)
    sample = [entry for entry in drawn if PUBLIC in entry.scope]
    asked = questions(sample, chance)
    engine = EmbeddedEngine(place.folder / "own")
    cluster = on_cluster(place, count) if CLUSTER else None
    results = {"gongkai": timed(asked, ask_engine(engine))}
    if cluster:
        results["cluster"] = timed(asked, ask_engine(cluster))
        compare(asked, engine, cluster)
    print(f"  known titles: MRR@10 {mean_reciprocal_rank(asked, engine):.3f}", flush=True)
    table(results | rivals(place, asked, count))
    for label, written in (("", []), (" and a writer", sample[:50])):
        print(f"  {READERS} readers{label}: {many_readers(place.folder / 'own', asked, writing=written)}", flush=True)


def rivals(place: Place, asked: list[Asked], count: int) -> Results:
    found: Results = {}
    if place.fts5.exists():
        with closing(sqlite3.connect(place.fts5)) as base:
            found["FTS5"] = timed(asked, ask_fts5(base))
    if POSTGRES:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            if search_rivals.holds(server, count):
                found["PostgreSQL"] = timed(asked, ask_postgres(server))
    return found


def on_cluster(place: Place, count: int) -> ClusterEngine:
    """The cluster with the same entries; what making it took, and how large it is with its copies."""
    engine = ClusterEngine(CLUSTER, "bench", lock=place.folder)
    seconds, _count = build(engine, place.file)
    with OpenSearch(hosts=CLUSTER.split(","), timeout=60) as client:
        client.cluster.health(params={"wait_for_status": "green"})
        told = client.indices.stats(index="bench")["_all"]
    once, whole = (told[part]["store"]["size_in_bytes"] / 1e6 for part in ("primaries", "total"))
    size = f"{once:,.0f} MB, {whole:,.0f} MB with a copy of each"
    print(f"  cluster of three nodes: {seconds:.0f} s, {count / seconds:,.0f} a second, {size}", flush=True)
    return engine


def compare(asked: list[Asked], engine: Engine, cluster: Engine) -> None:
    """How many questions both answer with the same counts, and how many of the ids shown are the same."""
    counted, shown_alike, both = 0, 0, 0
    for one in asked:
        here, there = engine.query(query_of(one)), cluster.query(query_of(one))
        counted += (here.total, here.facets) == (there.total, there.facets)
        ids = {hit.id for hit in here.hits}
        both += len(ids)
        shown_alike += len(ids & {hit.id for hit in there.hits})
    alike = f"{shown_alike:,} of {both:,} ids on first pages are the same"
    print(f"  {counted} of {len(asked)} questions have the same counts and facets on both; {alike}", flush=True)


def table(results: Results) -> None:
    own = results["gongkai"]
    print(f"  {'ms p50/p95':28}" + "".join(f"{name:>16}" for name in results))
    for kind in own:
        print(f"  {kind:28}" + "".join(f" {shown(found[kind])}" for found in results.values()))
    total = {name: everything(found) for name, found in results.items()}
    print(f"  {'all':28}" + "".join(f" {shown(values)}" for values in total.values()))
    for name, values in total.items():
        if name != "gongkai":
            medians = statistics.median(values) / statistics.median(total["gongkai"])
            print(
                f"  {name} takes {medians:.1f} times as long (p50), {p95(values) / p95(total['gongkai']):.1f} times (p95)"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="of make, index, ask; all where none is named")
    parser.add_argument("--from", dest="file", type=Path, help="entries in the documented form, instead of made ones")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder that stays")
    parser.add_argument("--size", type=int, action="append", help="how many entries are made; may be repeated")
    options = parser.parse_args()
    if unknown := set(options.stages) - set(STAGES):
        parser.error(f"{min(unknown)} is no stage")
    stages = options.stages or STAGES
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as temporary:
        folder = options.folder or Path(temporary)
        places = [(Place(folder, str(size)), size) for size in options.size or SIZES]
        if options.file:
            places = [(Place(folder, options.file.stem, options.file), 0)]
        for place, size in places:
            if "make" in stages and size and not place.file.exists():
                make(place, size)
            if "index" in stages:
                index(place)
            if "ask" in stages:
                ask(place)


if __name__ == "__main__":
    main()
