"""Speed of the search by kind of question, beside SQLite FTS5 and PostgreSQL full text in the same run, as ratios.

    .venv/bin/python -m tools.bench_search                                  # 20,000 entries that it makes
    GONGKAI_BENCH_SIZES=20000,200000 tools/with-postgres.sh .venv/bin/python -m tools.bench_search
    .venv/bin/python -m tools.bench_search --from corpus.jsonl              # anybody's corpus, in the documented form

Entries are made by `tools.library_corpus`; all of them are made up. Questions are taken from the entries themselves: one
word, three words of one text, a phrase of a text, two words with six facets counted, one word narrowed and by day, a known
title with a word dropped. Each figure is p50/p95 in milliseconds of asking the engine (count, ten ids), without the pages.
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
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.rules import FACETS, PUBLIC, Entry, Query, Sort
from gongkai.search.rules.asking import understand
from gongkai.search.rules.entry import read_entry
from gongkai.search.rules.folding import fold
from gongkai.search.rules.tokens import BREAK, grams, is_dense, pairs, runs, units, words

SIZES = [int(size) for size in os.environ.get("GONGKAI_BENCH_SIZES", "20000").split(",")]
QUESTIONS = int(os.environ.get("GONGKAI_BENCH_QUESTIONS", "40"))  # of each kind
READERS = int(os.environ.get("GONGKAI_BENCH_READERS", "8"))
BATCH = 1_000
RIVALS_UP_TO = int(os.environ.get("GONGKAI_BENCH_RIVALS", "200000"))  # entries; the others are not built for more


class Asked(NamedTuple):
    """A question: its kind, and its words; the narrowing is the kind's."""

    kind: str
    words: tuple[str, ...]
    organ: str = ""
    id: str = ""


def entries_of(file: Path) -> Iterator[list[Entry]]:
    """The file's entries, a thousand at a time."""
    batch: list[Entry] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(read_entry(json.loads(line)))
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def questions(sample: list[Entry], chance: random.Random) -> list[Asked]:
    """Questions whose answers are known to exist, from texts drawn by chance."""
    found: list[Asked] = []
    for _round in range(QUESTIONS):
        entry = chance.choice(sample)
        text = [word for word in words(fold(entry.body)) if is_dense(word) and len(word) > 1] or ["公开"]
        run = max(runs(fold(entry.body)), key=len)
        start = chance.randrange(max(len(run) - 6, 1))
        title = [word for word in words(fold(entry.title)) if is_dense(word) and len(word) > 1] or ["公开"]
        dropped = chance.randrange(len(title))
        found += [
            Asked("one word", (chance.choice(text),)),
            Asked("three words", tuple(chance.sample(text, min(3, len(text))))),
            Asked("phrase", (run[start : start + chance.randint(4, 6)],)),
            Asked("two words, six facets", tuple(chance.sample(text, min(2, len(text))))),
            Asked("three words, six facets", tuple(chance.sample(text, min(3, len(text))))),
            Asked("one word, narrowed, by day", (chance.choice(text),), entry.organ),
            Asked("known title", tuple(title[:dropped] + title[dropped + 1 :] or title), id=entry.id),
        ]
    return found


def query_of(asked: Asked) -> Query:
    text = f"“{asked.words[0]}”" if asked.kind == "phrase" else " ".join(asked.words)
    told = understand(text)
    query = Query(scopes=(PUBLIC,), clauses=told.clauses, near=told.near, exact=told.exact)
    if "six facets" in asked.kind:
        return replace(query, facets=FACETS)
    if asked.organ:
        return replace(
            query, filters={"organ": (asked.organ,)}, since="2018-01-01", until="2023-12-31", sort=Sort.NEWEST
        )
    return query


def timed(asked: list[Asked], ask: Callable[[Asked], object]) -> dict[str, list[float]]:
    """Milliseconds of each question, by kind; the first round warms."""
    found: dict[str, list[float]] = {}
    for one in asked[: len(asked) // 5]:
        ask(one)
    for one in asked:
        begun = time.perf_counter()
        ask(one)
        found.setdefault(one.kind, []).append((time.perf_counter() - begun) * 1000)
    return found


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)]


def shown(values: list[float]) -> str:
    return f"{statistics.median(values):7.1f}/{p95(values):7.1f}"


def everything(found: dict[str, list[float]]) -> list[float]:
    return [value for values in found.values() for value in values]


# --- This engine -----------------------------------------------------------------------------------------------------
def build_own(file: Path, folder: Path) -> tuple[float, int, int]:
    """Seconds, entries and bytes of an index."""
    begun, count = time.perf_counter(), 0
    with EmbeddedEngine(folder).rebuilding() as writer:
        for batch in entries_of(file):
            writer.write(batch)
            count += len(batch)
    return time.perf_counter() - begun, count, size_of(folder)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask_own(engine: EmbeddedEngine) -> Callable[[Asked], object]:
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
    stop, visible = threading.Event(), [0.0]
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
    return f"{told}; a change is found after {statistics.median(visible):.0f} ms" if writing else told


def write_on(folder: Path, entries: list[Entry], stop: threading.Event, visible: list[float]) -> None:
    """Twenty changes a second, each looked for when it is written."""
    engine, visible[:] = EmbeddedEngine(folder), []
    with engine.writer() as writer:
        for number, entry in enumerate(entries * 100):
            if stop.is_set():
                return
            begun = time.perf_counter()
            writer.write([replace(entry, title=f"变更{number}号")])
            if not engine.query(query_of(Asked("phrase", (f"变更{number}号",)))).total:
                raise LookupError(f"the change {number} was written, and is not found")
            visible.append((time.perf_counter() - begun) * 1000)
            time.sleep(max(0.0, 0.05 - (time.perf_counter() - begun)))


# --- SQLite and PostgreSQL, given the very same tokens ---------------------------------------------------------------
def columns_of(entry: Entry) -> tuple[Any, ...]:
    title, text = fold(entry.title), fold(f"{entry.title}\n{entry.organ_name}\n{entry.summary}\n{entry.body}")
    return (
        entry.id,
        " ".join(words(title)),
        " ".join(g for g in grams(text) if g != BREAK),
        entry.date,
        *facets_of(entry),
    )


def facets_of(entry: Entry) -> tuple[str, ...]:
    return tuple(getattr(entry, name) for name in FACETS)


def tokens_of(asked: Asked) -> list[list[str]]:
    return [pairs(units(word)) for word in asked.words]


def build_fts5(file: Path, target: Path) -> tuple[float, int]:
    begun = time.perf_counter()
    with closing(sqlite3.connect(target)) as base:
        base.execute("PRAGMA synchronous=OFF")
        base.execute(f"CREATE TABLE entry (n INTEGER PRIMARY KEY, id TEXT, day TEXT, {', '.join(FACETS)})")
        base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, grams, content='', tokenize=\"unicode61 tokenchars '_'\")"
        )
        number = 0
        for batch in entries_of(file):
            rows = [(number + place, *columns_of(entry)) for place, entry in enumerate(batch, start=1)]
            number += len(batch)
            marks = ",".join("?" * (3 + len(FACETS)))
            base.executemany(f"INSERT INTO entry VALUES ({marks})", [(r[0], r[1], r[4], *r[5:]) for r in rows])  # noqa: S608 - marks alone
            base.executemany(
                "INSERT INTO texts(rowid, title, grams) VALUES (?,?,?)", [(r[0], r[2], r[3]) for r in rows]
            )
        base.commit()
    return time.perf_counter() - begun, target.stat().st_size


def ask_fts5(base: sqlite3.Connection) -> Callable[[Asked], object]:
    def ask(asked: Asked) -> object:
        match = " AND ".join('"' + " ".join(tokens) + '"' for tokens in tokens_of(asked))
        base.execute("CREATE TEMP TABLE IF NOT EXISTS hit (n INTEGER PRIMARY KEY, score REAL)")
        base.execute("DELETE FROM hit")
        narrowed = "AND organ = ? AND day BETWEEN '2018-01-01' AND '2023-12-31'" if asked.organ else ""
        matching = f"FROM texts JOIN entry ON n = texts.rowid WHERE texts MATCH ? {narrowed}"
        told = (match, asked.organ) if asked.organ else (match,)
        base.execute(f"INSERT INTO hit SELECT texts.rowid, bm25(texts, 3.0, 0.3) {matching}", told)
        order = "day DESC" if asked.organ else "score"
        base.execute("SELECT count(*) FROM hit").fetchone()
        if "facets" in asked.kind:
            for name in FACETS:
                base.execute(f"SELECT {name}, count(*) FROM hit JOIN entry USING (n) GROUP BY 1").fetchall()  # noqa: S608 - as above
        return base.execute(f"SELECT id FROM hit JOIN entry USING (n) ORDER BY {order} LIMIT 10").fetchall()  # noqa: S608 - as above

    return ask


def build_postgres(file: Path, base: Any) -> tuple[float, int]:
    begun = time.perf_counter()
    with base.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS entry")
        cursor.execute(
            f"CREATE UNLOGGED TABLE entry (id text, day text, {', '.join(f'{name} text' for name in FACETS)}, t tsvector)"
        )
        marks = ",".join(["%s"] * (2 + len(FACETS)))
        sql = f"INSERT INTO entry VALUES ({marks}, setweight(array_to_tsvector(%s), 'A') || to_tsvector('simple', %s))"  # noqa: S608 - marks alone
        for batch in entries_of(file):
            told = [columns_of(entry) for entry in batch]
            rows = [(r[0], r[3], *r[4:], sorted(set(r[1].split())) or ["-"], r[2][:200_000]) for r in told]
            cursor.executemany(sql, rows)
        cursor.execute("CREATE INDEX ON entry USING gin (t)")
        cursor.execute("ANALYZE entry")
        cursor.execute("SELECT pg_total_relation_size('entry')")
        return time.perf_counter() - begun, int(cursor.fetchone()[0])


def ask_postgres(base: Any) -> Callable[[Asked], object]:
    def ask(asked: Asked) -> object:
        match = " & ".join("(" + " <-> ".join(f"'{token}'" for token in tokens) + ")" for tokens in tokens_of(asked))
        narrowed = "AND organ = %(organ)s AND day BETWEEN '2018-01-01' AND '2023-12-31'" if asked.organ else ""
        told = {"match": match, "organ": asked.organ}
        where = f"WHERE t @@ %(match)s::tsquery {narrowed}"
        order = "day DESC" if asked.organ else "ts_rank(t, %(match)s::tsquery) DESC"
        with base.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM entry {where}", told)  # noqa: S608 - our own words
            if "facets" in asked.kind:
                for name in FACETS:
                    cursor.execute(f"SELECT {name}, count(*) FROM entry {where} GROUP BY 1", told)  # noqa: S608 - as above
                    cursor.fetchall()
            return cursor.execute(f"SELECT id FROM entry {where} ORDER BY {order} LIMIT 10", told).fetchall()  # noqa: S608 - as above

    return ask


# --- The run ---------------------------------------------------------------------------------------------------------
def mean_reciprocal_rank(asked: list[Asked], engine: EmbeddedEngine) -> float:
    known = [one for one in asked if one.id]
    ranks = [[hit.id for hit in engine.query(query_of(one)).hits] for one in known]
    return sum(1 / (found.index(one.id) + 1) for one, found in zip(known, ranks, strict=True) if one.id in found) / len(
        known
    )


def measure(file: Path, folder: Path, label: str) -> None:
    seconds, count, size = build_own(file, folder / "own")
    print(f"\n{label}: {count:,} entries", flush=True)
    print(f"  index: {seconds:.0f} s, {count / seconds:,.0f} a second, {size / 1e6:,.0f} MB")
    chance = random.Random(7)  # noqa: S311 - the same questions every time
    sample = [entry for batch in entries_of(file) for entry in batch if chance.random() < 2_000 / count]
    asked = questions(sample, chance)
    engine = EmbeddedEngine(folder / "own")
    results = {"gongkai": timed(asked, ask_own(engine))}
    print(f"  known titles: MRR@10 {mean_reciprocal_rank(asked, engine):.3f}", flush=True)
    if count <= RIVALS_UP_TO:
        results |= rivals(file, folder, asked)
    table(results)
    print(f"  {READERS} readers:              {many_readers(folder / 'own', asked, writing=[])}", flush=True)
    print(
        f"  {READERS} readers and a writer: {many_readers(folder / 'own', asked, writing=[one for one in sample if PUBLIC in one.scope][:50])}",
        flush=True,
    )


def rivals(file: Path, folder: Path, asked: list[Asked]) -> dict[str, dict[str, list[float]]]:
    found = {}
    seconds, size = build_fts5(file, folder / "fts5.sqlite3")
    print(f"  SQLite FTS5: {seconds:.0f} s, {size / 1e6:,.0f} MB", flush=True)
    with closing(sqlite3.connect(folder / "fts5.sqlite3")) as base:
        found["FTS5"] = timed(asked, ask_fts5(base))
    if url := os.environ.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as base_:
            seconds, size = build_postgres(file, base_)
            print(f"  PostgreSQL: {seconds:.0f} s, {size / 1e6:,.0f} MB", flush=True)
            found["PostgreSQL"] = timed(asked, ask_postgres(base_))
    return found


def table(results: dict[str, dict[str, list[float]]]) -> None:
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
    parser.add_argument("--from", dest="file", type=Path)
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        if options.file:
            measure(options.file, Path(folder), options.file.name)
            return
        for size in SIZES:
            file, place = Path(folder) / f"{size}.jsonl", Path(folder) / str(size)
            place.mkdir()
            subprocess.run([sys.executable, "-m", "tools.library_corpus", str(size), "--out", file], check=True)
            measure(file, place, "made up")


if __name__ == "__main__":
    main()
