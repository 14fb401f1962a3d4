"""Where the published reports are and when each last changed, for those who list every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongkai.reports.models import Report


@dataclass(frozen=True, slots=True)
class Address:
    """One report's place, the moment of its last change, and whether its source text is kept."""

    slug: str
    changed: datetime
    has_text: bool


def addresses(*, start: int, most: int) -> Iterator[Address]:
    """Addresses in a lasting order, read in chunks."""
    rows = Report.objects.order_by("pk").values_list("slug", "updated_at", "source_id")[start : start + most]
    for slug, changed, source in rows.iterator(chunk_size=2000):
        yield Address(slug, changed, source is not None)


def last_changes(size: int) -> list[datetime]:
    """For each stretch of that many addresses, the moment of its last change."""
    moments = list(Report.objects.order_by("pk").values_list("updated_at", flat=True))
    return [max(moments[at : at + size]) for at in range(0, len(moments), size)]
