"""Findings beside the sentence they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

_ENDS = "。！？!?\n"
_LONGEST = 400
_FEW = 2


class Placed(Protocol):
    """A comparison with its place in the text."""

    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...
    @property
    def in_words(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def severity_label(self) -> str: ...


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text; ``mark`` numbers the finding it is about, from 1, or is 0."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A finding beside a quotation."""

    mark: int
    ok: bool
    text: str
    working: str
    severity: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the source with its findings, the failing ones numbered."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...]


def quotes(text: str, wrong: Sequence[P], held: Sequence[P]) -> tuple[tuple[Quote, ...], tuple[P, ...]]:
    """Quotations for the failing comparisons that are about words, and the failing ones that remain."""
    placed = [v for v in wrong if v.in_words and v.start is not None and v.end is not None]
    rest = tuple(v for v in wrong if v not in placed)
    sentences: dict[tuple[int, int], list[P]] = {}
    for verdict in sorted(placed, key=lambda v: v.start or 0):
        sentences.setdefault(_sentence(text, verdict.start or 0, verdict.end or 0), []).append(verdict)
    out = [_quote(text, place, found, held) for place, found in sentences.items()]
    return tuple(out), rest


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((text.rfind(c, 0, start) for c in _ENDS), default=-1) + 1
    later = [at for c in _ENDS if (at := text.find(c, end)) >= 0]
    last = min(later, default=len(text) - 1) + 1
    return (max(first, start - _LONGEST), min(last, end + _LONGEST))


def _quote(text: str, place: tuple[int, int], found: list[P], held: Sequence[P]) -> Quote:
    notes: list[Note] = []
    for i, verdict in enumerate(found, start=1):
        told = any(n.working == verdict.cause for n in notes)
        notes.append(Note(i, False, verdict.text, "" if told else verdict.cause, verdict.severity_label))
    within = [v for v in held if v.in_words and v.start is not None and place[0] <= v.start < place[1]]
    if len(within) > _FEW:
        notes.append(Note(0, True, f"本句其余 {len(within)} 处与表格、算式相符。", "", ""))
    else:
        notes += [Note(0, True, v.text, "", "") for v in within]
    return Quote(tuple(parts_between(text, found, *place)), tuple(notes))


def parts_between(text: str, found: Sequence[Placed], start: int, end: int) -> list[Part]:
    """The text from ``start`` to ``end`` cut at the places of the findings; an overlapping place is not marked twice."""
    parts: list[Part] = []
    at = start
    placed = [(v.start, v.end, i) for i, v in enumerate(found, start=1) if v.start is not None and v.end is not None]
    for first, last, number in sorted(placed):
        if first < at or last > end or last <= first:
            continue
        if first > at:
            parts.append(Part(text[at:first]))
        parts.append(Part(text[first:last], number))
        at = last
    if at < end:
        parts.append(Part(text[at:end]))
    return parts
