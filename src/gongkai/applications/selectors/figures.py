"""What a year's cases came to: by channel, by applicant, by outcome, and how long they took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from gongkai.applications.models import Application
from gongkai.statutes import decision


@dataclass(frozen=True)
class Analysis:
    """The cases received in a year, and those closed in it, of some organs together.

    `outcomes` by the code of the national table. `days`: calendar days from receipt to closing, the middle one and the
    longest; `in_time`: closed no later than the last day for the reply, of those that had one.
    """

    received: int
    closed: int
    open: int
    channels: Mapping[str, int]
    applicants: Mapping[str, int]
    outcomes: Mapping[str, int]
    days: float | None
    longest: int | None
    in_time: int
    late: int


def analysis(organs: frozenset[str], year: int) -> Analysis:
    """Two queries, whatever the number of cases."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Application.objects.filter(organ__code__in=organs)
    received = list(
        rows.filter(received_on__range=(first, last)).values_list("channel", "applicant_kind", "counted_on")
    )
    closed = list(
        rows.filter(counted_on__range=(first, last)).values_list("counted_code", "received_on", "counted_on", "due_on")
    )
    took = [(on - since).days for _code, since, on, _due in closed if since and on]
    late = [on > due for _code, _since, on, due in closed if on and due]
    return Analysis(
        received=len(received),
        closed=len(closed),
        open=sum(1 for *_rest, on in received if on is None or on > last),
        channels=dict(Counter(channel for channel, _kind, _on in received)),
        applicants=dict(Counter(kind for _channel, kind, _on in received)),
        outcomes=dict(Counter(code for code, *_rest in closed)),
        days=float(median(took)) if took else None,
        longest=max(took, default=None),
        in_time=late.count(False),
        late=late.count(True),
    )


def outcome_labels(codes: Mapping[str, int], year: int) -> dict[str, str]:
    """The outcomes in the words of the national table, as it stood at the end of the year."""
    return {code: decision(code, date(year, 12, 31)).label for code in codes}
