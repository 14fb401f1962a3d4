"""The figures of the yearly report, counted from cases; and the cases behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Application
from gongkai.applications.rules import counts
from gongkai.organisations.enums import ApplicantKind
from gongkai.statutes import report_form

from .cases import visible_to


def table_three(organs: frozenset[str], year: int) -> Mapping[str, Mapping[str, int]]:
    """The third table of a year's report for these organs together: row -> column -> count. One query."""
    rows = _of_year(Application.objects.filter(organ__code__in=organs), year).values_list(
        "received_on", "applicant_kind", "counted_on", "counted_code"
    )
    cases = (
        counts.Case(received, ApplicantKind(kind), closed, code)
        for received, kind, closed, code in rows.iterator()
        if received is not None
    )
    return counts.table_three(cases, year)


def cell(standing: Standing, *, organs: frozenset[str], year: int, row: str, column: str) -> list[Application]:
    """The cases behind one figure of the table, among those the reader may see."""
    found = _of_year(visible_to(standing).filter(organ__code__in=organs), year).order_by("received_on", "pk")
    if column in {kind.value for kind in ApplicantKind}:
        found = found.filter(applicant_kind=column)
    return [application for application in found if row in counts.rows_of(_case(application), year)]


def _of_year(found: QuerySet[Application], year: int) -> QuerySet[Application]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return found.filter(Q(counted_on__isnull=True) | Q(counted_on__gte=first), received_on__lte=last)


def _case(application: Application) -> counts.Case:
    if application.received_on is None:
        raise ValueError(f"{application} has not been received.")
    kind = ApplicantKind(application.applicant_kind)
    return counts.Case(application.received_on, kind, application.counted_on, application.counted_code)


def years(organs: frozenset[str]) -> list[int]:
    """The years in which anything was received or closed, newest first, of those whose report has a third table."""
    days = Application.objects.filter(organ__code__in=organs, received_on__isnull=False)
    found = {day.year for day in days.dates("received_on", "year")} | {
        day.year for day in days.dates("counted_on", "year")
    }
    return sorted((year for year in found if report_form(year).has_tables), reverse=True)
