"""A question as a page or a program puts it, and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from gongkai.search.enums import Sort
from gongkai.search.rules.query import DEEPEST, FACETS

PAGE_SIZE, MOST_A_PAGE = 10, 100
LONGEST_TYPED = 2_000  # signs that are looked at at all
MOST_CHOSEN = 20  # values of one facet
LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: words, what it is narrowed to, the days, the order, and which page."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        """Whatever was sent, no more than this is looked at."""
        chosen = {
            name: tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in self.filters.get(name, ()) if value))[
                :MOST_CHOSEN
            ]
            for name in FACETS
        }
        object.__setattr__(self, "filters", {name: values for name, values in chosen.items() if values})
        object.__setattr__(self, "text", self.text[:LONGEST_TYPED].replace("\0", " ").strip())
        object.__setattr__(self, "page", max(1, self.page))
        object.__setattr__(self, "page_size", min(max(1, self.page_size), MOST_A_PAGE))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def too_deep(self) -> bool:
        """Whether the page lies past what can be leafed through."""
        return self.offset >= DEEPEST

    @property
    def last_page(self) -> int:
        return DEEPEST // self.page_size

    @property
    def narrowed(self) -> bool:
        return bool(self.filters or self.since or self.until)

    @property
    def empty(self) -> bool:
        return not self.text and not self.narrowed

    def without(self, name: str, value: str = "") -> Self:
        """The same with one value of a facet let go, or all of them."""
        rest = tuple(kept for kept in self.filters.get(name, ()) if value and kept != value)
        return replace(self, filters={**self.filters, name: rest}, page=1)

    def also(self, name: str, value: str) -> Self:
        """The same narrowed to one more value of a facet."""
        return replace(self, filters={**self.filters, name: (*self.filters.get(name, ()), value)}, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """As an address has it; what is as usual is left out."""
        found = [("q", self.text)] if self.text else []
        found += [(name, value) for name, values in self.filters.items() for value in values]
        found += [(name, day) for name, day in (("since", self.since), ("until", self.until)) if day]
        if self.sort is not Sort.RELEVANCE:
            found.append(("sort", self.sort.value))
        if self.page > 1:
            found.append(("page", str(self.page)))
        return found
