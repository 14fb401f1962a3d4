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


def next_serials(*, organ: str, year: int, purpose: str, count: int) -> range:
    """As many numbers in a row; they are all used in this transaction, or none is taken."""
    Serial.objects.get_or_create(organ=organ, year=year, purpose=purpose)
    row = Serial.objects.select_for_update().get(organ=organ, year=year, purpose=purpose)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return range(first, row.last + 1)
