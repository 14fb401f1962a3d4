"""Numbers without gaps: taken in the transaction that uses them."""

from __future__ import annotations

from gongkai.applications.models import Serial


def next_serial(*, organ: str, year: int, purpose: str) -> int:
    """The next number of a row of numbers; its row is locked until the transaction ends, so none is lost or doubled."""
    Serial.objects.get_or_create(organ=organ, year=year, purpose=purpose)
    row = Serial.objects.select_for_update().get(organ=organ, year=year, purpose=purpose)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
