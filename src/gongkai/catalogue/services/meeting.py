"""Rows that come in meet the items that are here already; drafts that are new are written together, not one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q

from gongkai.catalogue.models import Course, Item, Revision
from gongkai.catalogue.rules.interchange import Row

from . import writing


def own_key(row: Row) -> str:
    """What a row without a name is known by: what it is made of."""
    text = "|".join(
        (row.issuing_organ, row.kind, row.document_number, row.title, str(row.published_on or row.signed_on))
    )
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def names(row: Row) -> set[str]:
    """By which a row is known: its number, its key, else what it is made of."""
    return {row.index_number, row.key} - {""} or {own_key(row)}


def kept(item: Item, row: Row) -> Row:
    """The row as the item keeps it: with the item's own names."""
    return replace(row, index_number=item.index_number or "", key=item.key or "", document_number=item.document_number)


class Here:
    """The items that bear the names of some rows, asked for at once and locked; and the drafts among the rows that are new."""

    def __init__(self, rows: Iterable[Row], today: date) -> None:
        self._today = today
        self._bearers: dict[str, Item] = {}
        self._new: list[tuple[Item, Row]] = []
        wanted = set[str]().union(*map(names, rows))
        found = Item.objects.select_for_update(of=("self",)).select_related("organ")
        for item in found.filter(Q(key__in=wanted) | Q(index_number__in=wanted)).order_by("pk"):
            self.know(item)

    def know(self, item: Item) -> None:
        """An item that is here; of several that bear a name, the first."""
        for name in (item.key, item.index_number):
            if name:
                self._bearers.setdefault(name, item)

    def bearer(self, row: Row) -> Item | None:
        """The item that a row is, the first of those that bear its names; new drafts are written before one is met."""
        found = [self._bearers[name] for name in names(row) if name in self._bearers]
        if any(item.pk is None for item in found):
            self.write()
        return min(found, key=lambda item: item.pk, default=None)

    def add(self, item: Item, row: Row) -> None:
        """A new draft, which is written with the others."""
        self._new.append((item, row))
        self.know(item)

    def write(self) -> None:
        """Write the new drafts: each with what hangs on it, its first revision and its course."""
        for item, _row in self._new:
            item.follow()
            item.revision = 1
        Item.objects.bulk_create([item for item, _row in self._new])
        writing.hang_new(self._new)
        revisions = [
            writing.revision(item, kept(item, row), 1, public=False, on=row.published_on or self._today)
            for item, row in self._new
        ]
        Revision.objects.bulk_create(revisions)
        Course.objects.bulk_create([Course(item=item) for item, _row in self._new])
        self._new = []
