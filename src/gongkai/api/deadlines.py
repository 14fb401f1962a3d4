"""Due dates counted out, for anybody: one limit, or every clock of an application from what happened to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, StrictInt

from gongkai.applications.rules.fold import fold
from gongkai.applications.rules.folded import folded_object
from gongkai.applications.rules.history import CHANNELS, Fact, Malformed, read_history
from gongkai.deadlines import selectors
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import LIMITS, OutsideCalendar, WrongDays, limit_due, receipt_of
from gongkai.statutes import BeforeTheLaw
from gongkai.workflow.rules import Refused

from .answers import open_answers
from .faults import Unfit
from .values import Asked, Day, Text

router = Router(tags=["deadlines"])
Rule = Annotated[str, Field(pattern=f"^({'|'.join(LIMITS)})$", examples=["reply"])]
ChannelName = Annotated[str, Field(pattern=f"^({'|'.join(CHANNELS)})$")]


class Question(Asked):
    """Which limit, from which day. `days` where the organ sets them; `channel` asks which day counts as receipt."""

    rule: Rule
    received: Day
    days: Annotated[int | None, Field(ge=1, le=400)] = None
    channel: Channel | None = None


class Counted(Schema):
    """One day: counted or not, and why."""

    day: date
    counted: bool
    n: int | None
    why: str


class Due(Schema):
    """The last day, and each day that leads to it."""

    due_on: date
    provisional: bool
    working: list[Counted]
    cite: str


class Happened(Asked):
    """One thing that happened, on a day."""

    act: Fact
    on: Day
    reply_by: Day | None = None
    until: Day | None = None
    taken_on: Day | None = None
    working_days: Annotated[StrictInt, Field(ge=1, le=400)] | None = None
    party: Annotated[Text, Field(max_length=100)] = ""
    reason: Annotated[Text, Field(max_length=1000)] = ""


class HistoryIn(Asked):
    """What happened to an application, in order, and the day as of which it is asked about."""

    channel: ChannelName = "web"
    events: Annotated[list[Happened], Field(min_length=1, max_length=200)]
    as_of: Day | None = None


class ClockOut(Schema):
    """One clock: its last day or its state."""

    name: str
    label: str
    party: str = ""
    state: str
    due_on: date | None
    latest_due_on: date | None = None
    starts_on: date | None = None
    working_days: int | None = None
    provisional: bool
    working: list[Counted]
    cite: str
    ended_on: date | None


class Denied(Schema):
    """A fact that the law does not allow at its place, and why."""

    act: str
    on: date
    why: str


class FoldedOut(Schema):
    """Every clock, the reply's first; what was refused; how many facts lie after the day asked about."""

    as_of: date
    clocks: list[ClockOut]
    refused: list[Denied]
    later: int


@router.get(
    "", auth=None, response=open_answers(Due), url_name="deadline", summary="计算期限 / the last day of a limit"
)
def deadline(request: HttpRequest, asked: Query[Question]) -> Due:
    """Counted out day by day, by the law in force on the first day and the work calendar."""
    try:
        found = limit_due(LIMITS[asked.rule], asked.received, selectors.calendar(), asked.days)
        receipt = receipt_of(asked.channel, asked.received) if asked.channel else None
    except BeforeTheLaw as error:
        raise Unfit({"received": [_("这一天还没有这种法定期限。")]}) from error
    except OutsideCalendar as error:
        raise Unfit({"received": [str(error)]}) from error
    except WrongDays as error:
        raise Unfit({"days": [str(error)]}) from error
    plain = found.plain
    return Due.model_validate({**plain, "cite": f"{found.cite}；{receipt.text}" if receipt else found.cite})


@router.post(
    "/fold",
    auth=None,
    response=open_answers(FoldedOut),
    url_name="fold",
    summary="由经过算出各项期限 / every clock, folded from what happened",
)
def folded(request: HttpRequest, data: HistoryIn) -> FoldedOut:
    """Facts that the law does not allow are refused with the article; what comes after them is still folded."""
    try:
        found = fold(read_history(data.model_dump(mode="json")), selectors.calendar())
    except (Malformed, OutsideCalendar) as error:
        raise Refused(str(error)) from error
    return FoldedOut.model_validate(folded_object(found))
