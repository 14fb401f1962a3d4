"""Reads of this context: what was done to an object, by a person, and whether the chains are whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from . import rules
from .models import Entry, Head
from .rules import MAIN, Actor, Break, Link

__all__ = ["Entry", "entries", "entries_about", "heads", "links_about", "links_after", "verify"]
CHUNK = 5000  # rows held in memory while a chain is read
FIELDS = (
    *("chain", "seq", "at", "actor_kind", "actor", "acting_for", "act", "organ", "object_kind", "object_id"),
    *("purpose", "facts", "previous", "digest"),
)


def entries_about(*, object_kind: str, object_id: object) -> QuerySet[Entry]:
    """What was done to one object, oldest first."""
    return Entry.objects.filter(object_kind=object_kind, object_id=str(object_id)).order_by("seq")


def entries(
    *, organs: frozenset[str] | None = None, actor: str = "", act: str = "", about: str = "", before: int | None = None
) -> QuerySet[Entry]:
    """The newest of the chain first; of these organs (None: of all), by one person, of one kind of act, about one object.

    `before` is a place in the chain: only what is older.
    """
    found = Entry.objects.filter(chain=MAIN).order_by("-seq")
    if organs is not None:
        found = found.filter(organ__in=organs)
    if before is not None:
        found = found.filter(seq__lt=before)
    given = {"actor": actor, "act": act, "object_id": about}
    return found.filter(**{field: value for field, value in given.items() if value})


def links_about(objects: Iterable[tuple[str, str]]) -> list[tuple[Link, str]]:
    """Every link about one of these objects (kind, key), in the order of the chain, each with its digest."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in objects:
        by_kind.setdefault(kind, []).append(key)
    about = Q(pk__in=[])
    for kind, keys in by_kind.items():
        about |= Q(object_kind=kind, object_id__in=keys)
    return [_link(row) for row in Entry.objects.filter(about).order_by("chain", "seq").values_list(*FIELDS)]


def links_after(links: Iterable[tuple[Link, str]]) -> list[tuple[str, int, str, str]]:
    """The link after each of these: chain, number, the digest before it, its own; it holds the one before in its place."""
    after: dict[str, list[int]] = {}
    for link, _digest in links:
        after.setdefault(link.chain, []).append(link.seq + 1)
    fields = ("chain", "seq", "previous", "digest")
    found = (Entry.objects.filter(chain=chain, seq__in=seqs).values_list(*fields) for chain, seqs in after.items())
    return sorted(row for rows in found for row in rows)


def heads() -> dict[str, tuple[int, str]]:
    """The last number and digest of each chain, as kept: what to write down elsewhere, to compare with later."""
    return {head.chain: (head.seq, head.digest) for head in Head.objects.order_by("chain")}


def verify(*, against: Mapping[str, tuple[int, str]] | None = None) -> Iterator[Break]:
    """Read every chain from its first link, and yield each place that does not hold.

    `against` are heads written down earlier: a link they name must still be there as it was, which a chain that has
    been written anew from the start cannot satisfy.
    """
    kept = heads()
    chains = {*kept, *Entry.objects.order_by().values_list("chain", flat=True).distinct(), *(against or {})}
    for chain in sorted(chains):
        yield from rules.breaks(chain, _links(chain), head=kept.get(chain, (0, "")))
        if against and chain in against:
            yield from _missed(chain, *against[chain])


def _missed(chain: str, seq: int, digest: str) -> Iterator[Break]:
    if seq and not Entry.objects.filter(chain=chain, seq=seq, digest=digest).exists():
        yield Break(chain, seq, "与先前另行保存的摘要不符")


def _links(chain: str) -> Iterator[tuple[Link, str]]:
    rows = Entry.objects.filter(chain=chain).order_by("seq", "pk").values_list(*FIELDS)
    return (_link(row) for row in rows.iterator(chunk_size=CHUNK))


def _link(row: tuple[Any, ...]) -> tuple[Link, str]:
    chain, seq, at, kind, actor, acting_for, act, organ, object_kind, object_id, purpose, facts, previous, digest = row
    return Link(
        chain, seq, at, Actor(kind, actor, acting_for), act, organ, object_kind, object_id, purpose, facts, previous
    ), digest
