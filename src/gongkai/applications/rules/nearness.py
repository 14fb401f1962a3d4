"""How near a text is to what was asked, by pairs of signs: Chinese has no blanks between words. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

IN_TITLE = 1.0
IN_TEXT = 0.5
ENOUGH = 0.2  # part of what was asked that must be met
MOST = 5


@dataclass(frozen=True)
class Candidate:
    """Something that may hold the answer: its title, words about it, where it is, what kind, whose."""

    title: str
    text: str
    url: str
    kind: str
    meta: str = ""
    organ: str = ""


def pairs(text: str) -> set[str]:
    """Each two signs that stand side by side within a word, in small letters."""
    return {run[place : place + 2] for run in re.findall(r"\w+", text.lower()) for place in range(len(run) - 1)}


def nearest(asked: str, candidates: Iterable[Candidate], *, organ: str = "", most: int = MOST) -> list[Candidate]:
    """The nearest first, those of the organ before others as near; what is hardly near is left out."""
    wanted = pairs(asked)
    found = [(candidate, pairs(candidate.title), pairs(candidate.text)) for candidate in candidates]
    if not wanted or not found:
        return []
    seen = Counter(pair for _one, title, text in found for pair in wanted & (title | text))
    weights = {pair: math.log(1 + len(found) / (1 + seen[pair])) for pair in wanted}
    whole = sum(weights.values())
    scored = [
        (_score(weights, title, text) / whole + (0.05 if organ and one.organ == organ else 0), one)
        for one, title, text in found
    ]
    return [one for score, one in _ranked(scored) if score >= ENOUGH][:most]


def _score(weights: dict[str, float], title: set[str], text: set[str]) -> float:
    return sum(
        weight * (IN_TITLE if pair in title else IN_TEXT if pair in text else 0) for pair, weight in weights.items()
    )


def _ranked(scored: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    return sorted(scored, key=lambda pair: -pair[0])
