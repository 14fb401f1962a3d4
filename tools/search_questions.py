"""Questions whose answers are known to exist, for `tools.bench_search`: taken from the entries that are searched."""

import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gongkai.search.rules import FACETS, PUBLIC, Entry, Query, Sort
from gongkai.search.rules.asking import understand
from gongkai.search.rules.entry import read_entry
from gongkai.search.rules.folding import fold
from gongkai.search.rules.tokens import is_dense, runs, words

QUESTIONS = int(os.environ.get("GONGKAI_BENCH_QUESTIONS", "40"))  # of each kind
BATCH = 1_000


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


def everything(found: dict[str, list[float]]) -> list[float]:
    return [value for values in found.values() for value in values]


def shown(values: list[float]) -> str:
    return f"{statistics.median(values):7.1f}/{p95(values):7.1f}"
