"""Reads of this context. All return organs in their official order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from .enums import NameKind, OrganKind
from .models import Organ
from .rules import normalise_name


@dataclass(frozen=True)
class OrganNode:
    """One organ and what stands below it."""

    organ: Organ
    children: tuple[OrganNode, ...]


def organs(*, on: date | None = None) -> QuerySet[Organ]:
    """All organs, or those that existed on a day."""
    found = Organ.objects.all()
    if on is None:
        return found
    return found.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
    )


def districts() -> frozenset[str]:
    """The codes of the district governments."""
    return frozenset(Organ.objects.filter(kind=OrganKind.DISTRICT_GOVERNMENT.value).values_list("code", flat=True))


def by_code(code: str) -> Organ | None:
    """The organ with this code, with its parent and its further names at hand."""
    found = Organ.objects.select_related("parent").prefetch_related("further_names")
    return found.filter(code=code).first()


def by_codes(codes: list[str]) -> dict[str, Organ]:
    return {organ.code: organ for organ in Organ.objects.filter(code__in=codes)}


def parents() -> dict[str, str | None]:
    """The code of each organ with the code of the organ above it: the whole tree, in one query."""
    return dict(Organ.objects.order_by().values_list("code", "parent__code"))


def speaks_for(organ: Organ) -> str:
    """The code under which an organ decides: the office of a government issues by its authority; any other for itself."""
    above = organ.parent
    return above.code if above is not None and organ.name == f"{above.name}办公室" else organ.code


def find_by_name(name: str) -> Organ | None:
    """The organ called so now (in full or for short), else the one that was called so before."""
    wanted = normalise_name(name)
    if not wanted:
        return None
    current = Organ.objects.filter(Q(name=wanted) | Q(short_name=wanted)).first()
    if current is not None:
        return current
    return Organ.objects.filter(further_names__name=wanted).first()


def named_in(text: str) -> list[str]:
    """The present names of the organs that a text names in full, the longest name first; one query."""
    wanted = normalise_name(text)
    names = sorted(Organ.objects.values_list("name", flat=True), key=len, reverse=True)
    found = [name for name in names if normalise_name(name) in wanted]
    return [name for name in found if not any(name != longer and name in longer for longer in found)]


def search_names(text: str) -> QuerySet[Organ]:
    """Organs whose present, short, English or further name contains the text."""
    wanted = normalise_name(text)
    if not wanted:
        return Organ.objects.none()
    return Organ.objects.filter(
        Q(name__icontains=wanted)
        | Q(short_name__icontains=wanted)
        | Q(name_en__icontains=text.strip())
        | Q(further_names__name__icontains=wanted)
    ).distinct()


def of_kind(kind: OrganKind, *, below: str, on: date | None = None) -> list[Organ]:
    """The organs of one kind directly below the organ with the code `below`."""
    return list(organs(on=on).filter(kind=kind.value, parent__code=below))


def counts(*, below: str) -> dict[str, int]:
    """How many organs of each kind stand directly below this one."""
    rows = Organ.objects.filter(parent__code=below).values_list("kind").annotate(Count("pk")).order_by()
    return {kind.value: 0 for kind in OrganKind} | dict(rows)


def former_names(organ: Organ) -> list[str]:
    return [row.name for row in organ.further_names.all() if row.kind == NameKind.FORMER]


def tree(*, on: date | None = None) -> tuple[OrganNode, ...]:
    """The whole tree in one query: the roots, each with what stands below it."""
    below: dict[int | None, list[Organ]] = defaultdict(list)
    for organ in organs(on=on):
        below[organ.parent_id].append(organ)

    def grow(parent_id: int | None) -> tuple[OrganNode, ...]:
        return tuple(OrganNode(organ, grow(organ.pk)) for organ in below[parent_id])

    return grow(None)
