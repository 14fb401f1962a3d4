"""The chain's arithmetic: what a link is made of, how it is sealed, whether a row of links is whole. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from .enums import ActorKind

Facts: TypeAlias = Mapping[str, object]


@dataclass(frozen=True)
class Actor:
    """Who acts: the kind, the stable identifier (a user's primary key, a query code's digest), and for whom.

    Never a name: the chain is kept for ever, a person's data are not.
    """

    kind: ActorKind | str
    id: str = ""
    acting_for: str = ""


MAIN = "main"  # the one chain that everything is written to
SYSTEM = Actor(ActorKind.SYSTEM)
VISITOR = Actor(ActorKind.VISITOR)


@dataclass(frozen=True)
class Link:
    """One row as it is sealed. `facts` is canonical JSON, `at` an aware moment; digests are hex SHA-256."""

    chain: str
    seq: int
    at: datetime
    actor: Actor
    act: str
    organ: str
    object_kind: str
    object_id: str
    purpose: str
    facts: str
    previous: str


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold: the number of the row, and what is wrong."""

    chain: str
    seq: int
    fault: str


def canonical(facts: Facts) -> str:
    """The facts as one JSON text: keys in order, no blanks, no NaN. Raises TypeError for what JSON cannot hold."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(link: Link) -> str:
    """The digest of a link, over every field and the digest before it."""
    parts = (
        link.chain,
        link.seq,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(link.actor.kind),
        link.actor.id,
        link.actor.acting_for,
        link.act,
        link.organ,
        link.object_kind,
        link.object_id,
        link.purpose,
        link.facts,
        link.previous,
    )
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def breaks(chain: str, links: Iterable[tuple[Link, str]], *, head: tuple[int, str]) -> Iterable[Break]:
    """What is wrong with a chain: `links` in the order of their numbers, each with its digest as kept; `head` as kept.

    Finds a changed byte, a missing, added or re-ordered row, and a tail cut off.
    """
    expected, previous = 1, ""
    for link, digest in links:
        if link.seq != expected:
            yield Break(chain, link.seq, f"应为第 {expected} 行，实为第 {link.seq} 行")
        if link.previous != previous:
            yield Break(chain, link.seq, "与前一行不相连")
        if seal(link) != digest:
            yield Break(chain, link.seq, "内容与摘要不符")
        expected, previous = link.seq + 1, digest
    if head != (expected - 1, previous):
        yield Break(chain, head[0], f"链首记至第 {head[0]} 行，实有至第 {expected - 1} 行，或者摘要不符")
