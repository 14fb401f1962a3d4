"""SQLite FTS5 and PostgreSQL full text, given the very same tokens, for `tools.bench_search`."""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
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


class Fts5:
    """A file of SQLite, with the tokens in an index of words that keeps no text."""

    def __init__(self, target: Path) -> None:
        self.target, self.number, self.seconds = target, 0, 0.0
        self.base = sqlite3.connect(target)
        self.base.execute("PRAGMA synchronous=OFF")
        self.base.execute(f"CREATE TABLE entry (n INTEGER PRIMARY KEY, id TEXT, day TEXT, {', '.join(FACETS)})")
        self.base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, grams, content='', tokenize=\"unicode61 tokenchars '_'\")"
        )

    def take(self, batch: list[Row]) -> None:
        rows = [(self.number + place, *row) for place, row in enumerate(batch, start=1)]
        self.number += len(batch)
        marks = ",".join("?" * (3 + len(FACETS)))
        self.base.executemany(f"INSERT INTO entry VALUES ({marks})", [(r[0], r[1], r[4], *r[5:]) for r in rows])  # noqa: S608 - marks alone
        self.base.executemany(
            "INSERT INTO texts(rowid, title, grams) VALUES (?,?,?)", [(r[0], r[2], r[3]) for r in rows]
        )

    def finish(self) -> int:
        self.base.commit()
        self.base.close()
        return self.target.stat().st_size


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


class Postgres:
    """A table of PostgreSQL with a vector of tokens, loaded by COPY and indexed when all is there."""

    def __init__(self, base: Any) -> None:
        self.base, self.seconds = base, 0.0
        columns = ", ".join(f"{name} text" for name in FACETS)
        base.execute("SET maintenance_work_mem = '1GB'")
        base.execute("DROP TABLE IF EXISTS entry, brought")
        base.execute(f"CREATE UNLOGGED TABLE entry (id text, day text, {columns}, t tsvector)")
        base.execute(f"CREATE TEMP TABLE brought (id text, day text, {columns}, title text, grams text)")

    def take(self, batch: list[Row]) -> None:
        names = ", ".join(FACETS)
        with self.base.cursor() as cursor:
            with cursor.copy("COPY brought FROM STDIN") as copy:
                for row in batch:
                    copy.write_row((row[0], row[3], *row[4:], row[1], row[2][:200_000]))
            cursor.execute(
                f"INSERT INTO entry SELECT id, day, {names}, setweight(to_tsvector('simple', title), 'A')"  # noqa: S608 - our own words
                " || to_tsvector('simple', grams) FROM brought"
            )
            cursor.execute("TRUNCATE brought")

    def finish(self) -> int:
        self.base.execute("CREATE INDEX ON entry USING gin (t)")
        self.base.execute("ANALYZE entry")
        return int(self.base.execute("SELECT pg_total_relation_size('entry')").fetchone()[0])


def build(file: Path, rivals: Mapping[str, "Fts5 | Postgres"]) -> dict[str, tuple[float, int]]:
    """Seconds and bytes of each. The text is cut once for all of them; each is charged the cutting too."""
    begun, told = time.perf_counter(), {}
    for batch in cut(file):
        for rival in rivals.values():
            with timing(rival):
                rival.take(batch)
    cutting = time.perf_counter() - begun - sum(rival.seconds for rival in rivals.values())
    for name, rival in rivals.items():
        with timing(rival):
            size = rival.finish()
        told[name] = (cutting + rival.seconds, size)
    return told


@contextmanager
def timing(rival: "Fts5 | Postgres") -> Iterator[None]:
    begun = time.perf_counter()
    yield
    rival.seconds += time.perf_counter() - begun


def holds(base: Any, count: int) -> bool:
    """Whether a table of that many entries is there already, made whole."""
    made = "SELECT 1 FROM pg_index WHERE indrelid = to_regclass('entry')"
    return bool(base.execute(made).fetchone()) and base.execute("SELECT count(*) FROM entry").fetchone()[0] == count


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
