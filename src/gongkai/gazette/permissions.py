"""Who compiles the gazette: the officers of the organ that publishes it."""

from __future__ import annotations

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing

from .rules.declared import declared

COMPILERS = (Role.OFFICER, Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)
PUBLISHERS = (Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)


def may_compile(standing: Standing) -> bool:
    """Whether somebody may arrange an issue and write in the ledger."""
    return declared().compiler in standing.organs_where(*COMPILERS)


def may_publish(standing: Standing) -> bool:
    """Whether somebody may publish an issue."""
    return declared().compiler in standing.organs_where(*PUBLISHERS)
