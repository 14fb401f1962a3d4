"""Applications of a year as the analysis wants them, among those somebody may see; and the cases behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.rules import Standing
from gongkai.applications.enums import NOT_RUNNING
from gongkai.applications.models import Application
from gongkai.applications.rules import analysis

from .cases import counted_for, visible_to

FIELDS = ("pk", "organ__code", "channel", "counted_code", "description", "received_on", "counted_on", "due_on", "state")


def analysed(standing: Standing, *, year: int, organ: str = "") -> list[analysis.Case]:
    """What was received in a year, of one organ or of all that the reader may see. One query."""
    return _cases(visible_to(standing), year, organ)


def counted(standing: Standing, *, year: int, organ: str = "") -> list[analysis.Case]:
    """The same of all whose figures the reader may see, an observer's among them; for figures only. One query."""
    return _cases(counted_for(standing), year, organ)


def _cases(found: QuerySet[Application], year: int, organ: str) -> list[analysis.Case]:
    found = found.filter(received_on__range=(date(year, 1, 1), date(year, 12, 31))).order_by()
    if organ:
        found = found.filter(organ__code=organ)
    return [
        analysis.Case(
            pk,
            code,
            channel,
            outcome,
            analysis.subject_of(text),
            received,
            closed,
            None if closed is None and state in NOT_RUNNING else due,  # what waits to run anew is not late
        )
        for pk, code, channel, outcome, text, received, closed, due, state in found.values_list(*FIELDS).iterator()
        if received is not None
    ]


def these(standing: Standing, pks: Sequence[int]) -> list[Application]:
    """Some of the applications that the reader may see, by their keys and in their order."""
    found = visible_to(standing).select_related("handler").in_bulk(list(pks))
    return [found[pk] for pk in pks if pk in found]
