"""What a search answers: to pages and to programs alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.search.rules import Entry
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.asking import Asked
from gongkai.search.rules.marking import Parts


@dataclass(frozen=True)
class Value:
    """One value of a facet: what it is called, and how many results have it."""

    value: str
    label: str
    count: int
    chosen: bool = False
    chinese: bool = False  # the label is Chinese in every language of the page


@dataclass(frozen=True)
class Result:
    """One thing found: the entry as it is now, its words marked, and why it is here."""

    entry: Entry
    kind: str  # what its kind is called
    title: Parts
    excerpt: Parts
    why: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """Another question that would find something."""

    text: str
    count: int


@dataclass(frozen=True)
class Way:
    """The same question with something let go, and how much it would find."""

    label: str
    ask: Ask
    count: int


@dataclass(frozen=True)
class Answer:
    """Everything about one question."""

    ask: Ask
    asked: Asked
    count: int = 0
    took_ms: float = 0.0
    results: tuple[Result, ...] = ()
    facets: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    ways: tuple[Way, ...] = ()
    notes: tuple[str, ...] = ()
    ready: bool = True
