"""What one organ published more than once: groups of items with one title, number and language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import Count, Min, QuerySet

from gongkai.catalogue.enums import State
from gongkai.catalogue.models import Item

SAME = ("organ", "title", "number_key", "language")
MOST_SHOWN = 10  # items of one group; a title such as 公告 may stand on thousands
Key = tuple[int, str, str, str]


@dataclass(frozen=True)
class Double:
    """Items that are one by their title and number: the first of them, and how many there are."""

    items: tuple[Item, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return self.count - len(self.items)


class Doubles(Sequence[Double]):
    """Every group of these organs, counted in one look; only those of a page are read, in two more."""

    def __init__(self, organs: Collection[str]) -> None:
        self._published: QuerySet[Item] = Item.objects.filter(
            public=True, state=State.PUBLISHED.value, organ__code__in=organs
        )

    @cached_property
    def _counted(self) -> list[tuple[Key, int]]:
        groups = self._published.order_by().values_list(*SAME).annotate(n=Count("pk"), first=Min("pk"))
        found = groups.filter(n__gt=1).order_by("title", "first")
        return [((organ, title, number, language), n) for organ, title, number, language, n, _first in found]

    def __len__(self) -> int:
        return len(self._counted)

    @overload
    def __getitem__(self, place: int) -> Double: ...
    @overload
    def __getitem__(self, place: slice) -> list[Double]: ...
    def __getitem__(self, place: int | slice) -> Double | list[Double]:
        """The group at a place, or those of a page."""
        if isinstance(place, int):
            return self._read([self._counted[place]])[0]
        return self._read(self._counted[place])

    def __iter__(self) -> Iterator[Double]:
        return iter(self[:])

    def _read(self, groups: Sequence[tuple[Key, int]]) -> list[Double]:
        if not groups:
            return []
        first: dict[Key, list[int]] = {key: [] for key, _count in groups}
        named = self._published.filter(title__in={title for _organ, title, *_rest in first})
        for pk, *same in named.order_by("pk").values_list("pk", *SAME):
            keys = first.get((same[0], same[1], same[2], same[3]))
            if keys is not None and len(keys) < MOST_SHOWN:
                keys.append(pk)
        shown = [pk for keys in first.values() for pk in keys]
        whole = Item.objects.select_related("organ").defer("body", "anchors").in_bulk(shown)
        return [Double(tuple(whole[pk] for pk in first[key] if pk in whole), count) for key, count in groups]
