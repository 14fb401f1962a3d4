"""Who may change the calendar. Pure."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing


def may_change_calendar(standing: Standing, districts: Collection[str]) -> bool:
    """The work calendar is one for the whole district: the competent department keeps it, and who administers one of
    these organs, the district governments (their codes)."""
    administered = standing.organs_where(Role.ADMINISTRATOR)
    return Role.COMPETENT_DEPARTMENT in standing.roles or not administered.isdisjoint(districts)
