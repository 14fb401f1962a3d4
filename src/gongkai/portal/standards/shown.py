"""What the pages of the standard catalogues show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from gongkai.standards.enums import Audience, Carrier, Proof, Tier, Way
from gongkai.standards.rules.areas import Area, areas
from gongkai.standards.selectors import Row, Tally

BADGES = {
    Proof.GREEN.value: "live",
    Proof.AMBER.value: "amended",
    Proof.RED.value: "bad",
    Proof.ON_REQUEST.value: "pending",
}


@dataclass(frozen=True)
class Line:
    """One row in words."""

    row: Row
    area: str
    organ: str
    proof: str
    badge: str
    carriers: tuple[str, ...]
    facts: tuple[str, ...]
    evidence: tuple[tuple[str, str, date | None], ...]


def name(area: Area) -> str:
    """An area in the reader's language."""
    return area.label_en if (get_language() or "").startswith("en") else area.label


def tally(found: Tally) -> dict[str, object]:
    """One area as the overview shows it."""
    return {
        "code": found.area.code,
        "name": name(found.area),
        "since": found.area.since,
        "organs": found.organs,
        "rows": found.rows,
        **{proof.value: found.counts.get(proof.value, 0) for proof in Proof},
    }


def totals(found: Iterable[Tally]) -> dict[str, int]:
    """All areas together."""
    known = list(found)
    return {
        "areas": sum(bool(one.organs) for one in known),
        "rows": sum(one.rows for one in known),
        **{proof.value: sum(one.counts.get(proof.value, 0) for one in known) for proof in Proof},
    }


def line(row: Row) -> Line:
    """A row with what was published for it; what is not public is not named."""
    words = [Audience(one).label for one in row.audience] + [Tier(one).label for one in row.tiers]
    public = [one.item for one in row.evidence.all() if one.item.public]
    return Line(
        row,
        name(areas()[row.catalogue.area]),
        row.catalogue.organ.short_name,
        Proof(row.proof).label,
        BADGES[row.proof],
        tuple(Carrier(one).label for one in row.carriers),
        (*words, *(Way(one).label for one in row.ways)),
        tuple((item.title, reverse("library:item", args=[item.slug]), item.published_on) for item in public[:5]),
    )
