"""Fee rules 3 to 5: what handling applications beyond reason costs; each step only for what lies in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications.enums import Scale
from gongkai.statutes import in_force


@dataclass(frozen=True)
class Charge:
    """One application's fee: on which scale, for how many items or pages, in yuan, and the article."""

    scale: Scale
    quantity: int
    yuan: int
    cite: str


def by_item(place: int, day: date) -> Charge:
    """The fee of the application that is the `place`-th of an applicant in a calendar month (1 or more)."""
    if place < 1:
        raise ValueError(f"An application is the first of its month or a later one, not number {place}.")
    scale, more = in_force("fee_by_item", day), in_force("fee_by_item_step", day)
    yuan = _step(scale.items, place)
    if yuan is None:  # past the last row: so much more for each further row of as many items
        last = scale.items[-1]
        rows = (place - last["up_to"] - 1) // more.table["items"] + 1
        yuan = last["yuan"] + rows * more.table["yuan"]
    return Charge(Scale.BY_ITEM, place, yuan, scale.basis)


def by_page(pages: int, day: date) -> Charge:
    """The fee of one application by the pages of A4 that it takes."""
    if pages < 0:
        raise ValueError(f"Pages are nought or more, not {pages}.")
    scale = in_force("fee_by_page", day)
    yuan = sum(row["yuan"] * _within(row, pages) for row in scale.items)
    return Charge(Scale.BY_PAGE, pages, yuan, scale.basis)


def month_by_item(count: int, day: date) -> int:
    """What an applicant's applications of one month cost together, in yuan."""
    return sum(by_item(place, day).yuan for place in range(1, count + 1))


def _step(rows: Iterable[Mapping[str, Any]], place: int) -> int | None:
    return next((row["yuan"] for row in rows if row["above"] < place <= row["up_to"]), None)


def _within(row: Mapping[str, Any], pages: int) -> int:
    top = pages if row["up_to"] is None else min(pages, row["up_to"])
    return max(0, top - int(row["above"]))
