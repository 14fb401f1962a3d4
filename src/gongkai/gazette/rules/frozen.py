"""An issue as it is printed: everything that its files are made from, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid5

SPACE = UUID("2c3a7b0e-5f0d-5f1b-9d0e-6a6f6e676b61")  # of the identifiers of gazettes, for ever the same


@dataclass(frozen=True)
class Text:
    """One article as it stands in an issue."""

    number: int
    column: str
    title: str
    organ: str
    document_number: str
    day: str
    body: str


@dataclass(frozen=True)
class Frozen:
    """A whole issue."""

    name: str
    publisher: str
    year: int
    issue: int
    total: int
    published_on: str
    texts: tuple[Text, ...]

    @property
    def slug(self) -> str:
        """As addresses and file names have it: 2025-2."""
        return f"{self.year}-{self.issue}"

    @property
    def title(self) -> str:
        """As the cover says."""
        return f"{self.name}{self.year}年第{self.issue}期"

    @property
    def number(self) -> str:
        """As its sealed file is called, and the verifying page tells it."""
        return f"{self.year}年第{self.issue}期（总第{self.total}期）"

    @property
    def identifier(self) -> UUID:
        """The same for ever, whoever builds it."""
        return uuid5(SPACE, f"{self.name}/{self.slug}")

    @property
    def columns(self) -> list[tuple[str, list[Text]]]:
        """The contents: columns in their order, each with its articles."""
        found: dict[str, list[Text]] = {}
        for text in self.texts:
            found.setdefault(text.column, []).append(text)
        return list(found.items())

    @property
    def as_object(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def thawed(told: Mapping[str, Any]) -> Frozen:
    """An issue from what was kept."""
    texts: Sequence[Mapping[str, Any]] = told["texts"]
    return Frozen(**{**told, "texts": tuple(Text(**text) for text in texts)})
