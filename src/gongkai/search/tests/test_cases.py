"""The questions that relevance is measured by: enough, of every class, and each about an item that the public may see."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from gongkai.catalogue.demo import contents
from gongkai.kernel.written import from_yaml

CASES = Path(__file__).parent / "cases"
PUBLIC = {row["key"] for row in contents.items() if row["state"] in {"published", "withdrawn", "archived"}}


def known_items() -> list[dict[str, str]]:
    lines = (CASES / "known_items.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def topics() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = from_yaml((CASES / "topics.yaml").read_text(encoding="utf-8"))["topics"]
    return found


def test_five_hundred_questions_each_ask_for_one_public_item() -> None:
    cases = known_items()
    assert len(cases) == 500
    assert [case for case in cases if set(case) != {"query", "class", "key"} or case["key"] not in PUBLIC] == []
    assert [query for query, times in Counter(case["query"] for case in cases).items() if times > 1] == []


def test_every_class_of_question_is_asked_twenty_times() -> None:
    counts = Counter(case["class"] for case in known_items())
    classes = {"words", "paraphrase", "abbreviation", "number", "typo", "pinyin", "traditional", "phrase"}
    assert set(counts) == classes
    assert min(counts.values()) >= 20


def test_a_hundred_topics_are_judged_from_one_to_three() -> None:
    found = topics()
    assert len({topic["query"] for topic in found}) == 100
    assert {grade for topic in found for grade in topic["judged"]} == {1, 2, 3}
    for topic in found:
        keys = [key for graded in topic["judged"].values() for key in graded]
        assert len(keys) == len(set(keys))
        assert set(keys) <= PUBLIC
        assert len(keys) >= 3
        assert topic["judged"][3]
    assert sum(len(graded) for topic in found for graded in topic["judged"].values()) >= 800
