"""Figures of a year: the third table of the annual report, and what the cases came to."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router, Schema

from gongkai.applications import selectors as applications
from gongkai.clients import selectors
from gongkai.clients.enums import Scope
from gongkai.statutes import report_form

from .answers import answers
from .callers import OAuth2, caller_of

router = Router(tags=["statistics"])
Organ = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", examples=["civil-affairs"])]
Year = Annotated[int, Path(ge=2008, le=2100)]


class TableThree(Schema):
    """Row by row, column by column; `labels` says what each is called."""

    organ: str
    year: int
    table: dict[str, dict[str, int]]
    labels: dict[str, str]


class AnalysisOut(Schema):
    """What the cases of a year came to. `days` is the middle number of calendar days from receipt to closing."""

    organ: str
    year: int
    received: int
    closed: int
    open: int
    channels: dict[str, int]
    applicants: dict[str, int]
    outcomes: dict[str, int]
    outcome_labels: dict[str, str]
    days: float | None
    longest: int | None
    in_time: int
    late: int


@router.get(
    "/{organ}/{year}/table-three",
    auth=OAuth2(Scope.STATISTICS),
    response=answers(TableThree),
    url_name="table-three",
    summary="年度报告第三张表 / the third table of the annual report",
)
def table_three(request: HttpRequest, organ: Organ, year: Year) -> TableThree:
    """Counted from the cases of one organ."""
    _own(request, organ)
    block = report_form(year).three
    if block is None:
        raise Http404(_("%(year)d 年的年度报告没有这张表。") % {"year": year})
    labels = {row.name: row.label for row in block.rows} | {column.name: column.label for column in block.columns}
    table = applications.table_three(frozenset({organ}), year)
    return TableThree(organ=organ, year=year, table={row: dict(cells) for row, cells in table.items()}, labels=labels)


@router.get(
    "/{organ}/{year}/analysis",
    auth=OAuth2(Scope.STATISTICS),
    response=answers(AnalysisOut),
    url_name="analysis",
    summary="办理情况分析 / what the cases came to",
)
def analysis(request: HttpRequest, organ: Organ, year: Year) -> AnalysisOut:
    """By channel, applicant and outcome, and how long it took; cases of one organ."""
    _own(request, organ)
    found = applications.analysis(frozenset({organ}), year)
    values: dict[str, Any] = dict(vars(found))
    labels = applications.outcome_labels(found.outcomes, year)
    return AnalysisOut(organ=organ, year=year, outcome_labels=labels, **values)


def _own(request: HttpRequest, organ: str) -> None:
    if organ not in selectors.organs_of(caller_of(request).client):
        raise Http404(_("没有这个机关，或者它不是本机关及其下级机关。"))
