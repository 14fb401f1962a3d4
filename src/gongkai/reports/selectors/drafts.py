"""A report in the making: its figures as they stand now, and what the checks say to them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from gongkai.applications import selectors as applications
from gongkai.catalogue.selectors import figures
from gongkai.disputes import selectors as disputes
from gongkai.organisations import selectors as organisations
from gongkai.reports.enums import Form, Item, Measure, Scope
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
    two = {**_counted(organs, year), **entered(organ, year)}
    reading = rules.draft(organ=found.name, year=year, three=three, four=four, entered=two)
    before = Report.objects.filter(organ_key=key_of(found.name), scope=Scope.ORGAN.value, year=year - 1).first()
    findings = check(reading, before.figures if before else None)
    return Draft(reading, len(findings), tuple(failing(findings)), applications.fees(organs, year))


def _counted(organs: frozenset[str], year: int) -> dict[tuple[str, str], int | Decimal]:
    """What the library counts for table two, where nobody has entered another figure; nothing for an organ without any."""
    if rules.form_of(year) is not Form.F2021:
        return {}
    counted: dict[tuple[str, str], int | Decimal] = {}
    for item, kind in ((Item.RULES, "regulation"), (Item.NORMATIVE_DOCUMENTS, "normative_document")):
        found = figures.year_of(kind, organs, year, today=timezone.localdate())
        if not (found.issued or found.ended or found.valid):
            continue
        row = f"two-{item.value}"
        counted[row, Measure.ISSUED.value] = len(found.issued)
        counted[row, Measure.REPEALED.value] = len(found.ended)
        counted[row, Measure.IN_FORCE.value] = len(found.valid)
    return counted


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()
