"""Checking reports: each for itself, and each against the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.reports.enums import Severity
from gongkai.reports.reading.model import Reading
from gongkai.reports.reading.segments import organ_key
from gongkai.reports.rules.causes import with_causes
from gongkai.reports.rules.finding import Finding
from gongkai.reports.rules.structure import structure_findings
from gongkai.reports.rules.tables import table_findings
from gongkai.reports.rules.words import word_findings
from gongkai.reports.rules.years import year_findings

_SHORTEST_NAME = 3


def check(reading: Reading, before: Reading | None = None) -> list[Finding]:
    """Every comparison that the report, and last year's report when given, allow; holding ones included."""
    own = [*table_findings(reading), *word_findings(reading), *structure_findings(reading)]
    across = list(year_findings(before, reading)) if before is not None and comparable(before, reading) else []
    return with_causes(reading, [*own, *across])


def comparable(before: Reading, now: Reading) -> bool:
    """Whether the two are successive reports of one organ about the same scope."""
    if before.year is None or now.year is None or before.year + 1 != now.year:
        return False
    return _one_organ(organ_key(before.organ), organ_key(now.organ)) and before.scope is now.scope


def _one_organ(one: str, other: str) -> bool:
    """The same name, or the same with and without the province and city before it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_NAME and long.endswith(short)


def check_all(readings: Sequence[Reading]) -> list[list[Finding]]:
    """Each report checked, with the year before taken from the same collection where it is there."""
    return [check(r, next((b for b in readings if comparable(b, r)), None)) for r in readings]


def failing(findings: Iterable[Finding]) -> list[Finding]:
    """The comparisons that do not hold, gravest first."""
    order = {severity: place for place, severity in enumerate(Severity)}
    found = [f for f in findings if not f.holds]
    return sorted(found, key=lambda f: order[f.severity or Severity.INFORMATION])
