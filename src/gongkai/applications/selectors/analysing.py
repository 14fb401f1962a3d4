"""Applications of a year as the analysis wants them, among those somebody may see; and the cases behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Application
from gongkai.applications.rules import analysis

from .cases import visible_to

FIELDS = ("pk", "organ__code", "channel", "counted_code", "description", "received_on", "counted_on", "due_on")


def analysed(standing: Standing, *, year: int, organ: str = "") -> list[analysis.Case]:
    """What was received in a year, of one organ or of all that the reader may see. One query."""
    found = visible_to(standing).filter(received_on__range=(date(year, 1, 1), date(year, 12, 31))).order_by()
    if organ:
        found = found.filter(organ__code=organ)
    return [
        analysis.Case(pk, code, channel, outcome, analysis.subject_of(text), received, closed, due)
        for pk, code, channel, outcome, text, received, closed, due in found.values_list(*FIELDS).iterator()
        if received is not None
    ]


def these(standing: Standing, pks: Sequence[int]) -> list[Application]:
    """Some of the applications that the reader may see, by their keys and in their order."""
    found = visible_to(standing).select_related("handler").in_bulk(list(pks))
    return [found[pk] for pk in pks if pk in found]
