"""A report in the making: its figures as they stand now, and what the checks say to them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.applications import selectors as applications
from gongkai.disputes import selectors as disputes
from gongkai.organisations import selectors as organisations
from gongkai.reports.enums import Scope
from gongkai.reports.models import DraftFigure, Report
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules import draft as rules
from gongkai.reports.rules.check import check, failing
from gongkai.reports.rules.finding import Finding

from .stored import key_of


@dataclass(frozen=True)
class Draft:
    """The report as it would read today, every comparison made, and those that do not hold.

    `fees` belongs to section six: the processing fees of the year.
    """

    reading: Reading
    checked: int
    findings: tuple[Finding, ...]
    fees: applications.Fees


def entered(organ: str, year: int) -> dict[tuple[str, str], int | Decimal]:
    """What has been entered for an organ (its code) and year: (table-row, column) -> figure."""
    rows = DraftFigure.objects.filter(organ_code=organ, year=year)
    return {(found.row, found.column): _plain(found.value) for found in rows}


def draft_of(organ: str, year: int) -> Draft | None:
    """The draft of an organ's report, checked against itself and last year's; None for an unknown organ.

    Raises ValueError for a year whose report has no tables. Tables three and four are counted at this moment.
    """
    found = organisations.by_code(organ)
    if found is None:
        return None
    organs = frozenset({organ})
    three, four = applications.table_three(organs, year), disputes.table_four(organs, year)
    reading = rules.draft(organ=found.name, year=year, three=three, four=four, entered=entered(organ, year))
    before = Report.objects.filter(organ_key=key_of(found.name), scope=Scope.ORGAN.value, year=year - 1).first()
    findings = check(reading, before.figures if before else None)
    return Draft(reading, len(findings), tuple(failing(findings)), applications.fees(organs, year))


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()
