"""May it leave the house? Findings against the overrides that named persons gave, for this content and no other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Finding, Screening


@dataclass(frozen=True)
class Override:
    """Somebody lets one finding pass, for one content: `finding` is its key, `sha256` names the content."""

    finding: str
    sha256: str
    who: str
    why: str

    @property
    def is_whole(self) -> bool:
        """Whether it names a person and a reason; without either it counts for nothing."""
        return bool(self.who.strip() and self.why.strip())


@dataclass(frozen=True)
class Gate:
    """The decision: what is still open, what somebody let pass, what is only shown, what no longer counts."""

    may_leave: bool
    open_findings: tuple[Finding, ...]
    passed: tuple[tuple[Finding, Override], ...]
    warnings: tuple[Finding, ...]
    void: tuple[Override, ...]


def gate(screening: Screening, overrides: Iterable[Override] = ()) -> Gate:
    """Each blocking finding is removed from the file or let pass by name; a changed file needs new overrides.

    Void is an override given for another content, for a finding that is not there, or without a person or a reason.
    """
    given = list(overrides)
    blocking = {found.key: found for found in screening.blocking}
    good = {
        override.finding: override
        for override in given
        if override.is_whole and override.sha256 == screening.sha256 and override.finding in blocking
    }
    still_open = tuple(found for key, found in blocking.items() if key not in good)
    return Gate(
        may_leave=not still_open,
        open_findings=still_open,
        passed=tuple((blocking[key], override) for key, override in good.items()),
        warnings=screening.warnings,
        void=tuple(override for override in given if good.get(override.finding) is not override),
    )
