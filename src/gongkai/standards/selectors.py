"""Reads of this context. Every catalogue is public; whose rows somebody may edit is asked of `permissions`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from gongkai.organisations import selectors as organisations

from .enums import Carrier, Proof
from .models import Catalogue, Evidence, Row
from .rules.areas import Area, areas
from .rules.sheet import Line
from .rules.workbook import sheet

__all__ = ["Catalogue", "Evidence", "Row", "catalogue", "catalogues", "line_of", "overview", "row", "rows"]


@dataclass(frozen=True)
class Tally:
    """One area: how many organs have a catalogue in it, and how its rows stand."""

    area: Area
    organs: int
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        """All rows in force."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Asked:
    """What a reader asks for; empty: all."""

    area: str = ""
    organ: str = ""
    carrier: str = ""
    proof: str = ""
    words: str = ""


def catalogues(*, organ: str = "") -> QuerySet[Catalogue]:
    """The catalogues, of one organ or of all, with the counts of their rows by proof. One query."""
    found = Catalogue.objects.select_related("organ")
    found = found.filter(organ__code=organ) if organ else found
    in_force = Q(rows__ended_on__isnull=True)
    return found.annotate(
        total=Count("rows", filter=in_force),
        green=Count("rows", filter=in_force & Q(rows__proof=Proof.GREEN.value)),
        amber=Count("rows", filter=in_force & Q(rows__proof=Proof.AMBER.value)),
        red=Count("rows", filter=in_force & Q(rows__proof=Proof.RED.value)),
    )


def of_organs(codes: Collection[str]) -> QuerySet[Catalogue]:
    """The catalogues of some organs, those with most missing first."""
    found = catalogues().filter(organ__code__in=codes)
    return found.order_by(F("red").desc(), F("amber").desc(), "area", "organ__order")


def catalogue(area: str, organ: str) -> Catalogue | None:
    """One catalogue with its counts."""
    return catalogues(organ=organ).filter(area=area).first()


def overview(*, organ: str = "") -> list[Tally]:
    """Every area, also those in which nobody has a catalogue. Two queries."""
    held = Catalogue.objects.filter(organ__code=organ) if organ else Catalogue.objects.all()
    organs = dict(held.order_by().values_list("area").annotate(n=Count("pk")))
    counts: dict[str, dict[str, int]] = {}
    in_force = Row.objects.filter(ended_on__isnull=True, catalogue__in=held)
    grouped = in_force.order_by().values_list("catalogue__area", "proof").annotate(n=Count("pk"))
    for area, proof, n in grouped:
        counts.setdefault(area, {})[proof] = n
    return [Tally(area, organs.get(code, 0), counts.get(code, {})) for code, area in areas().items()]


def rows(asked: Asked) -> QuerySet[Row]:
    """The rows in force that are asked for, in the order of the catalogues, with what was put forward for them."""
    found = Row.objects.filter(ended_on__isnull=True)
    if asked.area:
        found = found.filter(catalogue__area=asked.area)
    if asked.organ:
        found = found.filter(catalogue__organ__code=asked.organ)
    if asked.proof in set(Proof):
        found = found.filter(proof=asked.proof)
    if asked.carrier in set(Carrier):
        # JSON as text on both databases: a code is quoted, so that none is part of another
        found = found.filter(carriers__icontains=f'"{asked.carrier}"')
    if asked.words:
        words = asked.words
        found = found.filter(Q(matter__icontains=words) | Q(sub_matter__icontains=words) | Q(contents__icontains=words))
    order = ("catalogue__area", "catalogue__organ__order", "catalogue_id", "position", "pk")
    return found.select_related("catalogue__organ").prefetch_related(_evidence()).order_by(*order)


def row(pk: int) -> Row | None:
    """One row in force."""
    return rows(Asked()).filter(pk=pk).first()


def line_of(row: Row) -> Line:
    """A row as its sheet has it."""
    return Line(
        row.matter,
        row.sub_matter,
        row.contents,
        row.basis,
        row.time_limit,
        row.organ,
        tuple(row.carriers),
        tuple(row.audience),
        tuple(row.ways),
        tuple(row.tiers),
    )


def workbook(found: Catalogue) -> bytes:
    """A catalogue as the workbook of the national form."""
    title = f"{found.organ.name}{areas()[found.area].label}领域政务公开标准目录"
    asked = Asked(area=found.area, organ=found.organ.code)
    return sheet([line_of(row) for row in rows(asked)], title=title)


def organs_of(area: str) -> list[tuple[str, str]]:
    """The organs that have a catalogue in an area, or in any: (code, short name)."""
    held = Catalogue.objects.filter(area=area) if area else Catalogue.objects.all()
    codes = set(held.values_list("organ__code", flat=True))
    return [(organ.code, organ.short_name) for organ in organisations.organs() if organ.code in codes]


def _evidence() -> Prefetch[str, QuerySet[Evidence], str]:
    shown = Evidence.objects.select_related("item").defer("item__body", "item__anchors")
    return Prefetch("evidence", shown.order_by("-item__published_on", "-pk"))
