"""How alike two applications are in what they want: shared pairs of characters, found by bands of least hashes. Pure.

Two texts are compared by the Jaccard index of their pairs of neighbouring characters (Broder, 1997, "On the resemblance
and containment of documents"); candidates are found without comparing all by locality-sensitive bands of MinHash values
(Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4). A pair as alike as 0.5 shares a band in 99 of 100 cases,
one of 0.3 in 78.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

BANDS, ROWS = 16, 2
ALIKE = 0.25  # below it, nobody would call two applications alike
SAME = 0.9
_PRIME = (1 << 61) - 1


def shingles(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters and figures, without blanks and marks; widths and cases made one."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain} - {""})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing shared, to 1, the same pairs."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bands(text: str) -> tuple[int, ...]:
    """One number (31 bits) for each band; alike texts share one or more. Empty for a text without letters."""
    hashes = [int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=8).digest()) for pair in shingles(text)]
    if not hashes:
        return ()
    least = [min((a * found + b) % _PRIME for found in hashes) for a, b in _COEFFICIENTS]
    groups = [least[place : place + ROWS] for place in range(0, len(least), ROWS)]
    return tuple(_folded(place, group) for place, group in enumerate(groups))


def _folded(place: int, group: Sequence[int]) -> int:
    text = f"{place}:{group}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=4).digest()) >> 1


def _coefficients() -> tuple[tuple[int, int], ...]:
    """Fixed multipliers, the same in every process and for ever: stored bands must stay comparable."""
    found = []
    for place in range(BANDS * ROWS):
        digest = hashlib.blake2b(f"gongkai likeness {place}".encode(), digest_size=16).digest()
        found.append((int.from_bytes(digest[:8]) % _PRIME or 1, int.from_bytes(digest[8:]) % _PRIME))
    return tuple(found)


_COEFFICIENTS = _coefficients()


@dataclass(frozen=True)
class Proposal:
    """What precedents speak for: an outcome's kind of reply, in how many of how many alike."""

    kind: str
    votes: int
    of: int


def proposal(kinds: Sequence[tuple[str, float]]) -> Proposal | None:
    """The kind of reply that alike cases ended in most, weighed by how alike they are; None when there are none."""
    weights: defaultdict[str, float] = defaultdict(float)
    for kind, weight in kinds:
        weights[kind] += weight
    if not weights:
        return None
    best = max(sorted(weights), key=lambda kind: weights[kind])
    return Proposal(best, sum(kind == best for kind, _weight in kinds), len(kinds))
