"""Reports that the words of a search may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, Value, When

from gongkai.reports.selectors.lines import ReportLine, line_of
from gongkai.reports.selectors.stored import published

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def likely(words: Sequence[str], limit: int) -> list[ReportLine]:
    """Reports of the years named, or of all; first those whose organ's name holds a word, then the newest.

    One query. What else the words say, such as 年报, is for the search to judge.
    """
    years = {int(year) for word in words for year in _YEAR.findall(word)}
    names = [part for word in words for part in _YEAR.split(word) if part]
    found = published().filter(year__in=years) if years else published()
    named = Q()
    for name in names:
        named |= Q(organ_name__icontains=name)
    if names:
        found = found.alias(
            named=Case(When(named, then=Value(1)), default=Value(0), output_field=IntegerField())
        ).order_by("-named", "-year", "organ_name")
    return [line_of(report) for report in (found if names else found.order_by("-year", "organ_name"))[:limit]]
