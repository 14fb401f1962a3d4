"""Who may change the calendar. Pure."""

from __future__ import annotations

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing

CALENDAR_ROLES = frozenset({Role.ADMINISTRATOR, Role.COMPETENT_DEPARTMENT})


def may_change_calendar(standing: Standing) -> bool:
    """The work calendar is one for the whole district: its administrators and the competent department keep it."""
    return not CALENDAR_ROLES.isdisjoint(standing.roles)
