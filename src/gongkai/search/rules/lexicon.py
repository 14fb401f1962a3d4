"""Words that mean the same, and words that ask for nothing: data, read once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml
from gongkai.search.rules.folding import fold

FILE = Path(__file__).parent.parent / "data" / "words.yaml"


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = from_yaml(FILE.read_text(encoding="utf-8"))
    return told


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Groups of words of which each may stand for the others."""
    rows = [*_told()["synonyms"], *_told()["abbreviations"]]
    return tuple(tuple(dict.fromkeys(fold(word) for word in row)) for row in rows)


@cache
def others() -> dict[str, tuple[str, ...]]:
    """Each word with those that may stand for it."""
    found: dict[str, dict[str, None]] = {}
    for group in groups():
        for word in group:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(rest) for word, rest in found.items()}


@cache
def known() -> re.Pattern[str]:
    """Any word of the groups or of the list of terms, the longest first."""
    terms = {*others(), *(fold(word) for word in _told()["terms"])}
    return re.compile("|".join(map(re.escape, sorted(terms, key=lambda word: (-len(word), word)))))


@cache
def empty() -> frozenset[str]:
    """Words that ask for nothing."""
    return frozenset(fold(word) for word in _told()["empty"])
