"""Index numbers without gaps or doubles: taken in the transaction that uses them."""

from __future__ import annotations

from gongkai.catalogue.models import IndexCounter, Item
from gongkai.catalogue.rules import numbers


def give(item: Item, *, year: int) -> None:
    """Give an item its number and address, if it has none; the counter's row is locked until the transaction ends."""
    if not item.index_number:
        found = IndexCounter.objects.select_for_update().filter(organ=item.organ.code, year=year)
        row = found.first()
        if row is None:
            IndexCounter.objects.get_or_create(organ=item.organ.code, year=year)
            row = found.get()
        row.last += 1
        row.save(update_fields=["last"])
        item.index_number = numbers.index_number(item.organ.code, year, row.last)
    if not item.slug:
        item.slug = _free(numbers.slug_of(item.index_number))


def taken(index: str, organ: str) -> None:
    """A number in our own scheme came from outside: the counter goes on after it."""
    found = numbers.parse_index(index)
    if found is None or found.organ != organ or index != numbers.index_number(organ, found.year, found.serial):
        return
    IndexCounter.objects.get_or_create(organ=organ, year=found.year)
    IndexCounter.objects.filter(organ=organ, year=found.year, last__lt=found.serial).update(last=found.serial)


def _free(slug: str) -> str:
    """The address, or the next one that nobody has: two schemes may write the same letters."""
    found, number = slug, 1
    while Item.objects.filter(slug=found).exists():
        number += 1
        found = f"{slug}-{number}"
    return found
