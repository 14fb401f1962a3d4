"""What the pages of old cases show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.accounts.rules import Standing
from gongkai.applications import selectors
from gongkai.applications.rules.retention import kept_until
from gongkai.organisations import selectors as organisations
from gongkai.privacy.subjects import Hold


@dataclass(frozen=True)
class Row:
    """One line: the case, until when it is kept, what would go with it, or what keeps it."""

    application: selectors.Application
    until: date | None
    going: selectors.Going
    held: list[Hold]


def rows(keys: Collection[int], fallen: selectors.Fallen) -> list[Row]:
    """The lines of one page."""
    going = selectors.what_goes(keys)
    return [
        Row(found, until_of(found), going[found.pk], fallen.held.get(found.pk, []))
        for found in selectors.these_cases(keys)
    ]


def items(found: Sequence[Any]) -> list[tuple[Any, selectors.Going]]:
    """The cases of one page of a list, each with what would go."""
    going = selectors.what_goes([item.application_id for item in found])
    return [(item, going[item.application_id]) for item in found]


def until_of(application: selectors.Application) -> date | None:
    """The last day on which the file of a case is kept whole; None while it is open for the first time."""
    closed_on = application.closed_on or application.counted_on
    return kept_until(closed_on, timezone.localdate()) if closed_on else None


def case(application: selectors.Application) -> dict[str, Any]:
    """What the page of one case says."""
    return {
        "until": until_of(application),
        "over": (until := until_of(application)) is not None and until < timezone.localdate(),
        "going": selectors.what_goes([application.pk])[application.pk],
        "held": selectors.holds_of([application.pk]).get(application.pk, []),
        "keeping": selectors.keeping(application),
    }


def may_keep(standing: Standing, application: selectors.Application) -> bool:
    """Whether the reader keeps the files of this organ, and does not only watch over them."""
    return bool(set(selectors.KEEPERS) & standing.roles_in(application.organ.code))


def proposable(standing: Standing, due_in: Collection[str]) -> list[tuple[str, str]]:
    """The organs for which the reader may propose a list now: something is due, and no list is open."""
    codes = selectors.proposable_organs(standing, due_in)
    return [(organ.code, organ.name) for organ in organisations.by_codes(codes).values()]


def day_of(text: str, today: date) -> date:
    """The day that was asked for; today where none was, or none that can be."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
