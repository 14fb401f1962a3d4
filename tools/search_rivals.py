"""SQLite FTS5 and PostgreSQL full text, given the very same tokens, for `tools.bench_search`."""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from gongkai.search.rules import FACETS, Entry
from gongkai.search.rules.folding import fold
from gongkai.search.rules.tokens import BREAK, grams, pairs, units, words
from tools.search_questions import Asked, entries_of

AHEAD = 8  # packets of entries that are cut while others are written
Row = tuple[Any, ...]


def cut(file: Path) -> Iterator[list[Row]]:
    """The rows of the file's entries, their text cut by two processes beside this one."""
    waiting: deque[Future[list[Row]]] = deque()
    with ProcessPoolExecutor(2) as pool:
        for batch in entries_of(file):
            waiting.append(pool.submit(rows_of, batch))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        for packet in waiting:
            yield packet.result()


def rows_of(batch: list[Entry]) -> list[Row]:
    return [columns_of(entry) for entry in batch]


def columns_of(entry: Entry) -> Row:
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
        for batch in cut(file):
            rows = [(number + place, *row) for place, row in enumerate(batch, start=1)]
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
        for batch in cut(file):
            rows = [(r[0], r[3], *r[4:], sorted(set(r[1].split())) or ["-"], r[2][:200_000]) for r in batch]
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
