"""What is asked of an engine, and what it answers: the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.search.enums import Sort

FACETS = ("kind", "organ", "theme", "year", "validity", "level")
DEEPEST = 10_000  # results that can be leafed through
MOST_VALUES = 2_000  # of one facet that are counted


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling under which a clause is fulfilled: all its units one after the other."""

    text: str
    units: tuple[str, ...]
    words: tuple[str, ...] = ()
    weight: float = 1.0
    other: bool = False  # a synonym of what was typed


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that has to be found, in any of its forms, or by a document number."""

    text: str
    forms: tuple[Form, ...]
    numbers: tuple[str, ...] = ()


def pieces_of(clause: Clause) -> tuple[str, ...]:
    """The words one after the other within what was typed for a clause; none where it is one word, or a number.

    财政局 has 财政, and no 政局, which would begin within it.
    """
    typed = next((form for form in clause.forms if not form.other), None)
    if typed is None or clause.numbers:
        return ()
    pieces, end = [], 0
    for word in typed.words:
        place = typed.text.find(word, end)
        if len(word) > 1 and word != typed.text and place >= end:
            pieces.append(word)
            end = place + len(word)
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Query:
    """A question: every clause, or at least `least` of them, each by any of its words; among what these scopes may find."""

    scopes: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    near: tuple[Form, ...] = ()  # not asked for, but whoever has them stands higher
    exact: str = ""  # the whole question as a title or a number
    least: int = 0  # 0: all
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    without: str = ""  # an id that is not wanted
    titles: bool = False  # words of titles alone, at least `least` clauses of them: quick, however much there is


def words_of(form: Form) -> tuple[str, ...]:
    """By which words a form is ranked: those that were typed with those within them; of a synonym the whole alone.

    医疗保障 may stand for 医保; its part 保障 means anything.
    """
    return tuple(word for word in form.words if not form.other or word == form.text)


def words_of_clauses(asked: Query) -> list[tuple[str, ...]]:
    """The words of each clause as it was typed; a clause without words is left out."""
    typed = (next((form.words for form in clause.forms if not form.other), ()) for clause in asked.clauses)
    return [words for words in typed if words]


@dataclass(frozen=True, slots=True)
class Heard:
    """What may be meant by a word: its sounds, the first letters of sounds in pairs, or most of its signs."""

    sounds: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its id, and how well it fits."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answers: how many there are, those asked for, and how many of each value."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
