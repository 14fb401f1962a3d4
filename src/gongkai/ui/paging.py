"""Links between the pages of a list; every other word of the address stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

Row = TypeVar("Row", bound=Model)


def keys_first(rows: QuerySet[Row], first: int, last: int) -> list[Row]:
    """The rows from place `first` up to `last`: their keys are found on an index alone, then only these are read.

    A database that skips a thousand wide rows reads them all; it skips their keys many times as fast.
    """
    return with_keys(rows, list(rows.values_list("pk", flat=True)[first:last]))


def with_keys(rows: QuerySet[Row], keys: Sequence[Any]) -> list[Row]:
    """The rows of keys that were found among `rows`, in the order of the keys, with what `rows` reads beside each.

    The keys alone are asked for: with the conditions of `rows` too, a database may look through all that meet those.
    """
    alone = rows.model._base_manager.all()  # noqa: SLF001 - Django's own public name
    alone.query.select_related = rows.query.select_related
    found = alone.in_bulk(keys)
    return [found[key] for key in keys if key in found]


class KeysFirst(Paginator[Any]):
    """Pages over wide rows."""

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        """The page with its rows, by `keys_first`."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(keys_first(self.object_list, first, first + self.per_page), number, self)


class KeysAtOnce(KeysFirst):
    """Pages over what is found only by looking at every row: one look gives the count and the keys of every page."""

    @cached_property
    def keys(self) -> list[Any]:
        """The key of each row, in order."""
        return list(self.object_list.values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return len(self.keys)

    def page(self, number: int | str) -> Page[Any]:
        """The page with its rows."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(with_keys(self.object_list, self.keys[first : first + self.per_page]), number, self)


def page_links(request: HttpRequest, shown: Page[Any]) -> dict[str, Any] | None:
    """What `components/_pagination.html` needs; None when there is one page only."""
    if shown.paginator.num_pages < 2:
        return None

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = list(shown.paginator.get_elided_page_range(shown.number))
    return {
        "previous": address(shown.previous_page_number()) if shown.has_previous() else "",
        "next": address(shown.next_page_number()) if shown.has_next() else "",
        "numbers": [(n, address(n) if isinstance(n, int) and n != shown.number else "") for n in numbers],
    }
