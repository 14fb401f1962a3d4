"""The search finds known items better than plain BM25 on the same tokens; `tools.search_relevance` prints the figures."""

from __future__ import annotations

from pathlib import Path

from gongkai.search.embedded import EmbeddedEngine
from tools.search_relevance import known_scores, own, plain, sample_entries, topic_scores

LEAST = 0.92  # mean reciprocal rank over a hundred of the questions
CERTAIN = {"number", "phrase"}  # found at the first place, each of them


def test_known_items_are_found_and_better_than_by_plain_words(tmp_path: Path) -> None:
    entries = sample_entries()
    engine = EmbeddedEngine(tmp_path)
    with engine.rebuilding() as writer:
        writer.write(entries.values())
    rankers = {"own": own(engine, entries), "plain": plain(engine)}
    scores = known_scores(rankers, step=10)
    mean = {name: sum(found["all"]) / len(found["all"]) for name, found in scores.items()}
    assert mean["own"] > max(LEAST, mean["plain"]), mean
    graded = {name: sum(found) / len(found) for name, found in topic_scores(rankers).items()}
    assert graded["own"] > graded["plain"], graded
    assert {kind: min(scores["own"][kind]) for kind in CERTAIN} == dict.fromkeys(CERTAIN, 1.0)
