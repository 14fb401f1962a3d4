"""Who may manage whom, and who may give what: an administrator never reaches past the organs of the duty. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.accounts.enums import Role

from .standing import Standing, expand


@dataclass(frozen=True)
class Reach:
    """A duty as it was given: for an organ, or for it and all below it."""

    organ: str
    subtree: bool


def reached(duties: Collection[Reach], parents: Mapping[str, str | None]) -> frozenset[str]:
    """The codes of all organs that these duties reach."""
    return frozenset(
        code
        for duty in duties
        for _role, code in expand(Role.ADMINISTRATOR, duty.organ, subtree=duty.subtree, parents=parents)
    )


def scope(by: Standing) -> frozenset[str]:
    """The codes of the organs whose people this person administers."""
    return by.organs_where(Role.ADMINISTRATOR)


def may_manage(by: Standing, *, home: str, organs: Collection[str]) -> bool:
    """Whether a person of the organ `home`, whose duties reach `organs`, is this administrator's to manage."""
    return {home, *organs} <= scope(by)


def may_give(by: Standing, *, user_id: int, organs: Collection[str]) -> bool:
    """Whether this administrator may give that person a role for `organs`: not to himself, and not past his own."""
    return user_id != by.user_id and bool(organs) and set(organs) <= scope(by)


def uncovered(before: Collection[str], after: Collection[str]) -> frozenset[str]:
    """The organs that had an active administrator and would have none."""
    return frozenset(before) - frozenset(after)


def overlap(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """Whether two spans of days, first and last included, share a day."""
    return first[0] <= second[1] and second[0] <= first[1]
