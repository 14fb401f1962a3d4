"""Where in a text the words of a question stand: marked parts, an excerpt, and the reasons why a thing was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.search.rules.entry import Entry
from gongkai.search.rules.folding import fold
from gongkai.search.rules.numbers import cited_in, keys_of
from gongkai.search.rules.query import Clause, Form, pieces_of
from gongkai.search.rules.tokens import is_dense

Parts = tuple[tuple[str, bool], ...]
Place = tuple[str, str, str]  # which, under what name, and its text
BEFORE, AFTER = 36, 96  # signs of an excerpt around its first word
LONGEST_LOOK = 200_000
LONGEST_NAME = 80  # of an attachment


@dataclass(frozen=True, slots=True)
class Reason:
    """One word of a question that stands in one place of an entry; `typed` where a synonym was found for it.

    `within` is the name of the attachment, where it has one: the first of its lines.
    """

    place: str
    word: str
    count: int = 1
    typed: str = ""
    within: str = ""


def pattern_of(form: Form) -> str:
    """What finds a form in a folded text: its units in order, with or without blanks between them."""
    if len(form.units) == 1 and not is_dense(form.units[0]):
        unit = re.escape(form.units[0])
        kind = r"\d" if form.units[0].isdigit() else r"[^\W\d_]"
        return rf"(?<!{kind}){unit}(?!{kind})"
    return r"[ \t]*".join(map(re.escape, form.units))


def finder(clauses: Iterable[Clause], near: Iterable[Form] = ()) -> re.Pattern[str] | None:
    """One pattern for every form of every clause, the longest first."""
    forms = [*near, *(form for clause in clauses for form in clause.forms)]
    patterns = dict.fromkeys(pattern_of(form) for form in sorted(forms, key=lambda form: -len(form.text)) if form.units)
    return re.compile("|".join(patterns)) if patterns else None


def marked(text: str, wanted: re.Pattern[str] | None) -> Parts:
    """The text in parts, those that were asked for marked."""
    if wanted is None:
        return ((text, False),) if text else ()
    found: list[tuple[str, bool]] = []
    place = 0
    for match in wanted.finditer(fold(text)):
        if match.start() > place:
            found.append((text[place : match.start()], False))
        if match.end() > match.start():
            found.append((text[match.start() : match.end()], True))
        place = match.end()
    if place < len(text):
        found.append((text[place:], False))
    return tuple(found)


def excerpt(texts: Iterable[str], wanted: re.Pattern[str] | None) -> Parts:
    """The words around the first place that was asked for, in the first text that has one; else how it begins."""
    begins = ""
    for text in texts:
        shown = text[:LONGEST_LOOK]
        begins = begins or shown
        match = wanted.search(fold(shown)) if wanted is not None else None
        if match is not None:
            start = max(match.start() - BEFORE, 0)
            end = min(match.end() + AFTER, len(shown))
            return _framed(shown, start, end, wanted)
    return _framed(begins, 0, min(BEFORE + AFTER, len(begins)), None)


def _framed(text: str, start: int, end: int, wanted: re.Pattern[str] | None) -> Parts:
    parts = marked(re.sub(r"\s", " ", text[start:end]), wanted)
    return (
        *((("……", False),) if start else ()),
        *parts,
        *((("……", False),) if end < len(text) else ()),
    )


def reasons(entry: Entry, clauses: Sequence[Clause], *, loose: bool = False) -> list[Reason]:
    """For each clause the first place that fulfils it, or, where it is `loose`, one that has a part of it."""
    places = [(place, name, fold(text)) for place, name, text in _places(entry)]
    own = set(keys_of(entry.document_number)) | set(keys_of(entry.index_number))
    found = []
    for clause in clauses:
        parts = [Clause(word, (Form(word, tuple(word)),)) for word in pieces_of(clause)] if loose else []
        told = (_reason(entry, one, places, own) for one in (clause, *parts))
        found.extend([reason for reason in told if reason][:1])
    return found


def _places(entry: Entry) -> Iterator[Place]:
    yield ("title", "", entry.title)
    yield ("number", "", f"{entry.document_number}\n{entry.index_number}")
    yield ("organ", "", entry.organ_name)
    yield ("keyword", "", "\n".join(entry.keywords))
    yield ("body", "", f"{entry.summary}\n{entry.body}"[:LONGEST_LOOK])
    left = LONGEST_LOOK
    for paper in entry.attachments:
        name, parted, _rest = paper.partition("\n")
        yield ("attachment", name if parted and len(name) <= LONGEST_NAME else "", paper[:left])
        left = max(left - len(paper), 0)


def _reason(entry: Entry, clause: Clause, places: list[Place], own: set[str]) -> Reason | None:
    if clause.numbers and own.intersection(clause.numbers):
        return Reason("number", entry.document_number or entry.index_number)
    for form in clause.forms:
        wanted = re.compile(pattern_of(form))
        for place, name, text in places:
            if count := sum(1 for _match in wanted.finditer(text)):
                return Reason(place, form.text, count, clause.text if form.other else "", name)
    if clause.numbers and any(set(cited_in(text)).intersection(clause.numbers) for _place, _name, text in places):
        return Reason("cites", clause.text)
    return None
