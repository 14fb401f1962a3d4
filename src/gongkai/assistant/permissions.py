"""Who may ask the model, and read what it proposed."""

from __future__ import annotations

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.rules.flow import flow


def may_read(standing: Standing, organ: str) -> bool:
    """An officer of the organ of the case."""
    return standing.holds(Role.OFFICER, organ)


def may_ask(standing: Standing, organ: str, state: str) -> bool:
    """The same, while a reply may be proposed."""
    return may_read(standing, organ) and flow().rule(state, "decide") is not None
