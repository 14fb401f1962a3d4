"""Who may do what with a catalogue."""

from __future__ import annotations

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing

EDITORS = (Role.OFFICER, Role.DISCLOSURE_OFFICE)
IMPORTERS = (Role.DISCLOSURE_OFFICE,)


def may_edit(standing: Standing, organ: str) -> bool:
    """Whether somebody may edit the rows of an organ: those who make its items."""
    return organ in standing.organs_where(*EDITORS)


def may_import(standing: Standing, organ: str) -> bool:
    """Whether somebody may bring an organ's whole catalogue."""
    return organ in standing.organs_where(*IMPORTERS)
