"""Who may change the calendar. Pure."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.accounts.permissions import keeps_the_whole
from gongkai.accounts.rules import Standing


def may_change_calendar(standing: Standing, districts: Collection[str]) -> bool:
    """The work calendar is one for the whole district (`districts`: the codes of the district governments)."""
    return keeps_the_whole(standing, districts)
