"""Where the public items are and when each last changed, for those who list every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max

from . import public


def addresses(*, start: int, most: int) -> Iterator[tuple[str, datetime]]:
    """(address, last change) in a lasting order, read in chunks."""
    rows = public().order_by("pk").values_list("slug", "changed_at")[start : start + most]
    for slug, changed in rows.iterator(chunk_size=2000):
        if slug:
            yield slug, changed


def stretches(size: int) -> list[datetime]:
    """For each stretch of that many addresses, a moment not before its last change: that of the newest of all."""
    found = public().aggregate(n=Count("pk"), at=Max("changed_at"))
    return [found["at"]] * -(-found["n"] // size)
