"""Who may do what with people and duties, and the refusals in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .enums import Role
from .rules import Standing


class NotYours(Exception):
    """A person, a duty or an organ that is not this administrator's; the text is for the person who tried."""


def standing_of(request: Any) -> Standing:
    """The standing that the middleware has put to a request; for views, which mypy then understands."""
    found: Standing = request.standing
    return found


def keeps_the_whole(standing: Standing, districts: Collection[str]) -> bool:
    """What is one for the whole district is kept by the competent department, and by who administers one of these
    organs, the district governments (their codes)."""
    administered = standing.organs_where(Role.ADMINISTRATOR)
    return Role.COMPETENT_DEPARTMENT in standing.roles or not administered.isdisjoint(districts)
