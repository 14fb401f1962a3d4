"""What somebody typed, understood: the things that must be found, each with the spellings that will do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.search.rules import lexicon
from gongkai.search.rules.folding import bare, fold
from gongkai.search.rules.numbers import asked_in, cited_in
from gongkai.search.rules.query import Clause, Form
from gongkai.search.rules.spoken import serials_in
from gongkai.search.rules.tokens import cut, is_dense, runs, units, words

MOST_SIGNS = 120
MOST_CLAUSES = 12
SYNONYM = 0.4  # of the weight of what was typed
_QUOTED = re.compile(r'[“"「『]([^”"」』]{1,80})[”"」』]')
_CHUNK = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart; `left_out` is what was too long to be looked for."""

    text: str
    clauses: tuple[Clause, ...]
    near: tuple[Form, ...] = ()
    exact: str = ""
    left_out: str = ""
    strict: bool = False  # quoted: nothing but these very words will do
    loose: bool = False  # parts of words were enough


def understand(typed: str) -> Asked:
    """Taken apart: quoted words stand as they are, numbers of papers in any spelling, the rest by its words."""
    text, left_out = typed[:MOST_SIGNS], typed[MOST_SIGNS:]
    rest = fold(text)
    clauses: list[Clause] = []
    near: list[Form] = []
    in_quotes = _QUOTED.findall(rest)
    for quoted in in_quotes:
        clauses.extend(_exactly(quoted))
    rest = _QUOTED.sub(" ", rest)
    for start, end, key in reversed(asked_in(rest)):
        clauses.append(_number(rest[start:end], key))
        rest = f"{rest[:start]} {rest[end:]}"
    for start, end, number in reversed(serials_in(rest)):
        said = rest[start:end]
        clauses.append(Clause(said, (form_of(said), form_of(number, other=True))))
        rest = f"{rest[:start]} {rest[end:]}"
    chunks = [runs(chunk) for chunk in _CHUNK.findall(rest)]
    alone = sum(map(len, chunks)) + len(clauses) == 1
    for chunk in chunks:
        found = [clause for run in chunk for clause in _of_run(run, alone=alone)]
        clauses.extend(found)
        if len(found) > 1:
            whole = "".join(chunk)
            near.append(Form(whole, tuple(units(whole))))
    kept = _without_doubles(clauses) or _all_empty(rest)
    if len(kept) > MOST_CLAUSES:
        left_out = " ".join(clause.text for clause in kept[MOST_CLAUSES:]) + left_out
    return Asked(
        text.strip(),
        tuple(kept[:MOST_CLAUSES]),
        tuple(near[:MOST_CLAUSES]),
        bare(text),
        left_out.strip(),
        strict=bool(in_quotes),
    )


def form_of(text: str, *, weight: float = 1.0, other: bool = False) -> Form:
    """A spelling of a clause, taken apart."""
    return Form(text, tuple(units(text)), tuple(dict.fromkeys(words(text))), weight, other)


def clause_of(text: str) -> Clause:
    """A clause that is fulfilled by its words or by words that mean the same."""
    others = tuple(form_of(word, weight=SYNONYM, other=True) for word in lexicon.others().get(text, ()))
    return Clause(text, (form_of(text), *others))


def _exactly(quoted: str) -> list[Clause]:
    return [Clause(chunk, (form_of(chunk),)) for chunk in _CHUNK.findall(quoted)]


def _number(written: str, key: str) -> Clause:
    found = units(written)
    form = (Form(written.strip(), tuple(found)),) if len(found) > 1 else ()
    return Clause(written.strip(), form, (key, *cited_in(written)[:1]))


def _of_run(run: str, *, alone: bool) -> list[Clause]:
    """The clauses of one run: words of the lexicon first, then words as the dictionary cuts what is between them."""
    if not is_dense(run):
        return [] if run in lexicon.empty() and not alone else [clause_of(run)]
    found: list[Clause] = []
    place = 0
    for match in lexicon.known().finditer(run):
        found.extend(_of_words(run[place : match.start()], alone=False))
        found.append(clause_of(match[0]))
        place = match.end()
    found.extend(_of_words(run[place:], alone=alone and place == 0))
    return found


def _of_words(run: str, *, alone: bool) -> list[Clause]:
    """A sign that the dictionary leaves alone belongs to the word before it or to the one after it."""
    if not run:
        return []
    if len(run) == 1:
        return [clause_of(run)] if alone else []
    found: list[Clause] = []
    parts = cut(run)
    for place, word in enumerate(parts):
        if word in lexicon.empty():
            continue
        if len(word) > 1:
            found.append(clause_of(word))
            continue
        before = parts[place - 1] if place and parts[place - 1] not in lexicon.empty() else ""
        after = parts[place + 1] if place + 1 < len(parts) and parts[place + 1] not in lexicon.empty() else ""
        joined = [text for text in (before and before + word, after and word + after) if text]
        if joined:
            found.append(Clause(word, tuple(form_of(text) for text in joined)))
    return found or [Clause(run, (form_of(run),))]


def _without_doubles(clauses: list[Clause]) -> list[Clause]:
    """Each thing once; what any other thing holds anyway is not asked for by itself."""
    kept: list[Clause] = []
    seen: set[str] = set()
    for clause in clauses:
        if clause.text in seen or any(_holds(other, clause) for other in clauses if other is not clause):
            continue
        seen.add(clause.text)
        kept.append(clause)
    return kept


def _holds(other: Clause, clause: Clause) -> bool:
    """Whether whatever fulfils the other fulfils this one too."""
    if other.numbers or clause.numbers or not other.forms or clause.text == other.text:
        return False
    if not all(is_dense(form.text) for form in other.forms) or len(clause.text) < 2:
        return False
    return all(any(own.text in form.text for own in clause.forms) for form in other.forms) and not any(
        form.text in own.text for form in other.forms for own in clause.forms
    )


def _all_empty(rest: str) -> list[Clause]:
    """Where nothing but empty words was typed, they are what is looked for."""
    return [clause_of(run) for run in runs(rest)][:MOST_CLAUSES]
