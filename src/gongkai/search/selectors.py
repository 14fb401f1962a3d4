"""Finding. One function answers pages and programs, and asks only for what the reader may find."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from gongkai.organisations import selectors as organs
from gongkai.search import engines, registry, wording
from gongkai.search.answers import Answer, Result, Suggestion, Value, Way
from gongkai.search.engine import Engine, NotReady
from gongkai.search.enums import Facet, Level, Validity
from gongkai.search.models import Pending
from gongkai.search.registry import resolve
from gongkai.search.rules import FACETS, PUBLIC, Entry, Found, Heard, Hit, Query, Sort
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.asking import Asked, form_of, understand
from gongkai.search.rules.marking import excerpt, finder, marked, reasons
from gongkai.search.rules.numbers import shortened
from gongkai.search.rules.query import DEEPEST, pieces_of
from gongkai.search.rules.spelling import LONGEST, SHORTEST, heard_in, meant

__all__ = [
    "Answer",
    "Ask",
    "Result",
    "Value",
    "alike",
    "find",
    "kind_labels",
    "near",
    "newest",
    "resolve",
    "similar",
    "waiting",
]
EVERYBODY = (PUBLIC,)
ALIKE = 0.5  # of the score that a title gives itself: with less, two are not about the same
AMONG = 3  # times as many as are offered are looked through for what holds
FEW = 20  # results; with fewer, what has some of the words is shown after them
MOST_SUGGESTED = 3
_NAMES = 60  # entries whose names are looked through for another spelling
Entries = Callable[[Sequence[str]], Mapping[str, Entry]]
log = logging.getLogger(__name__)


def find(
    ask: Ask,
    *,
    scopes: tuple[str, ...] = EVERYBODY,
    engine: Engine | None = None,
    entries: Entries | None = None,
) -> Answer:
    """What fits the question, as far as these scopes may find it.

    With an `engine` of its own and its `entries`, data from outside are asked, and no table is read.
    """
    begun = time.perf_counter()
    asked = understand(ask.text)
    if ask.empty or (ask.text and not asked.clauses):
        return Answer(ask, asked)
    try:
        answer = _answer(ask, asked, scopes, engine or engines.current(), entries)
    except NotReady:
        log.warning("A search could not be answered: there is no index yet")
        return Answer(ask, asked, notes=(wording.being_prepared(),), ready=False)
    return replace(answer, took_ms=round((time.perf_counter() - begun) * 1000, 1))


def _answer(ask: Ask, asked: Asked, scopes: tuple[str, ...], engine: Engine, entries: Entries | None) -> Answer:
    query, found, notes = _asked(ask, asked, scopes, engine)
    misspelt = _misspelt(engine, ask, scopes) if not found.total else (notes and len(asked.clauses) > 1)
    suggestions = _suggestions(engine, ask, asked, scopes) if misspelt else ()
    if not found.total and suggestions:
        other = replace(ask, text=suggestions[0].text)
        answer = _answer(other, understand(other.text), scopes, engine, entries)
        said = wording.instead(ask.text, other.text)
        return replace(answer, suggestions=suggestions, notes=(said, *answer.notes))
    if not found.total:
        query, found, notes = _loosened(asked, engine, query, found)
    if asked.left_out:
        notes = [wording.cut_off(asked.left_out), *notes]
    if ask.too_deep:
        notes.append(wording.too_deep(ask.last_page))
    elif found.total and ask.offset >= found.total:
        notes.append(wording.past_the_end(-(-found.total // ask.page_size)))
    return Answer(
        ask,
        asked,
        count=found.total,
        results=_results(found.hits, _told(asked, loose=bool(query.least)), scopes, entries or registry.by_ids),
        facets=_labelled(_facets(engine, query, found), ask, outside=entries is not None),
        suggestions=suggestions,
        ways=_ways(engine, ask, asked, scopes) if not found.total else (),
        notes=tuple(notes),
    )


def _asked(ask: Ask, asked: Asked, scopes: tuple[str, ...], engine: Engine) -> tuple[Query, Found, list[str]]:
    """What has every word; where that is little, also what has some. One word that nothing has may be misspelt."""
    query = _query(ask, asked, scopes)
    found = engine.query(query)
    if found.total >= FEW or (not found.total and len(asked.clauses) < 2):
        return query, found, []
    return _loosened(asked, engine, query, found)


def _loosened(asked: Asked, engine: Engine, query: Query, found: Found) -> tuple[Query, Found, list[str]]:
    """What has a third of the words, or parts of them; it is said."""
    if asked.strict or (len(asked.clauses) < 2 and not any(map(pieces_of, asked.clauses))):
        return query, found, []
    least = max(1, len(asked.clauses) // 3)
    wider = replace(query, least=least)
    more = engine.query(wider)
    if more.total == found.total:
        return query, found, []
    return wider, more, [wording.most_of_them(found.total, least, len(asked.clauses))]


def _query(ask: Ask, asked: Asked, scopes: tuple[str, ...], *, facets: tuple[str, ...] = FACETS) -> Query:
    return Query(
        scopes=scopes,
        clauses=asked.clauses,
        near=asked.near,
        exact=asked.exact,
        filters=ask.filters,
        since=ask.since,
        until=ask.until,
        sort=ask.sort if ask.text or ask.sort is not Sort.RELEVANCE else Sort.NEWEST,
        offset=min(ask.offset, DEEPEST),
        limit=0 if ask.too_deep else ask.page_size,
        facets=facets,
    )


def _facets(engine: Engine, query: Query, found: Found) -> dict[str, Mapping[str, int]]:
    """Each value with what choosing it gives: values of one facet widen each other, facets narrow each other."""
    counted = dict(found.facets)
    for name in query.filters:
        others = {other: values for other, values in query.filters.items() if other != name}
        counted[name] = engine.query(replace(query, filters=others, offset=0, limit=0, facets=(name,))).facets[name]
    return counted


def _labelled(facets: Mapping[str, Mapping[str, int]], ask: Ask, *, outside: bool) -> dict[str, tuple[Value, ...]]:
    called = _called([] if outside else list(facets.get("organ", {})))
    found: dict[str, tuple[Value, ...]] = {}
    for facet in Facet:
        chosen = ask.filters.get(facet.value, ())
        counts = {**dict.fromkeys(chosen, 0), **facets.get(facet.value, {})}
        values = [
            Value(value, called[facet.value].get(value, value), count, value in chosen, facet is Facet.ORGAN)
            for value, count in counts.items()
        ]
        by_year = facet is Facet.YEAR
        values.sort(
            key=lambda one: (
                not one.chosen,
                -int(one.value) if by_year and one.value.isdecimal() else -one.count,
                one.value,
            )
        )
        if values:
            found[facet.value] = tuple(values)
    return found


def _called(organ_codes: list[str]) -> dict[str, dict[str, str]]:
    own: dict[str, dict[str, str]] = {name: {} for name in FACETS} | {
        "validity": {one.value: _(one.label) for one in Validity},
        "level": {one.value: _(one.label) for one in Level},
    }
    for name, called in registry.labels().items():
        own.setdefault(name, {}).update({value: str(label) for value, label in called.items()})
    if organ_codes:
        own["organ"] |= {code: organ.short_name for code, organ in organs.by_codes(organ_codes).items()}
    return own


def _told(asked: Asked, *, loose: bool) -> Asked:
    """What is marked and given as a reason: where parts of words were enough, those too."""
    if not loose:
        return asked
    parts = (form_of(word) for clause in asked.clauses for word in pieces_of(clause))
    return replace(asked, near=(*asked.near, *parts), loose=True)


def _results(hits: Sequence[Hit], asked: Asked, scopes: tuple[str, ...], entries: Entries) -> tuple[Result, ...]:
    """The entries as they are now; one that has gone, or that is no longer for this reader, is not shown."""
    told = entries([hit.id for hit in hits])
    there = [entry for hit in hits if (entry := told.get(hit.id)) and set(entry.scope).intersection(scopes)]
    wanted = finder(asked.clauses, asked.near)
    kinds = kind_labels()
    return tuple(
        Result(
            entry,
            kinds.get(entry.kind, entry.kind),
            marked(entry.title, wanted),
            excerpt((entry.summary, entry.body, *entry.attachments), wanted),
            tuple(wording.why(reason) for reason in reasons(entry, asked.clauses, loose=asked.loose)),
        )
        for entry in there
    )


def _misspelt(engine: Engine, ask: Ask, scopes: tuple[str, ...]) -> bool:
    """Whether nothing has the words anywhere; where only a filter or a day leaves nothing, they are no mistake."""
    return not ask.narrowed or not _count(engine, Ask(ask.text), scopes)


def _suggestions(engine: Engine, ask: Ask, asked: Asked, scopes: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Other spellings that find something, as narrowed as what was typed: by sound, by one sign.

    A word that is found by itself is taken for meant: another in its place is offered with all the others only.
    """
    found: dict[str, int] = {}
    for word in dict.fromkeys([*(form.text for form in asked.near), *(clause.text for clause in asked.clauses)]):
        others = _other_spellings(engine, word, scopes)
        unknown = others and not _count(engine, Ask(word), scopes)
        for other in others:
            _try(engine, ask, word, other, scopes, found, alone=bool(unknown))
    for clause in asked.clauses:
        for other in shortened(clause.numbers[0]) if clause.numbers else ():
            if _try(engine, ask, clause.text, other, scopes, found):
                break
    best = sorted((one for one in found.items() if one[1]), key=lambda one: -one[1])
    return tuple(Suggestion(text, count) for text, count in best[:MOST_SUGGESTED])


def _try(
    engine: Engine,
    ask: Ask,
    word: str,
    other: str,
    scopes: tuple[str, ...],
    found: dict[str, int],
    *,
    alone: bool = True,
) -> int:
    """Count what is found with the other word in the place of this one, or with it `alone`; how much."""
    text = ask.text.replace(word, other) if word in ask.text else other
    for offered in dict.fromkeys((text, other) if alone else (text,)):
        if offered != ask.text and offered not in found:
            found[offered] = _count(engine, replace(ask, text=offered), scopes)
        if found.get(offered):
            return found[offered]
    return 0


def _other_spellings(engine: Engine, word: str, scopes: tuple[str, ...]) -> list[str]:
    if not SHORTEST <= len(word) <= max(LONGEST, len(word) if word.isascii() else 0):
        return []
    heard = heard_in(word)
    if heard == Heard():
        return []
    told = engine.names(heard, scopes=scopes, limit=_NAMES)
    other = Counter(piece for names in told if (piece := meant(word, names)))
    return [piece for piece, _times in other.most_common(MOST_SUGGESTED)]


def _ways(engine: Engine, ask: Ask, asked: Asked, scopes: tuple[str, ...]) -> tuple[Way, ...]:
    """What is found when one thing is let go; only what is found at all."""
    freer = [(_("去掉筛选条件“%(name)s”") % {"name": _(Facet(name).label)}, ask.without(name)) for name in ask.filters]
    if ask.since or ask.until:
        freer.append((_("不限日期"), replace(ask, since="", until="", page=1)))
    if len(freer) > 1:
        freer.append((_("去掉全部筛选条件"), Ask(ask.text, sort=ask.sort)))
    if len(asked.clauses) > 1:
        for clause in asked.clauses:
            rest = " ".join(other.text for other in asked.clauses if other is not clause)
            freer.append((_("去掉“%(word)s”") % {"word": clause.text}, replace(ask, text=rest, page=1)))
    counted = [Way(label, other, _count(engine, other, scopes)) for label, other in freer]
    return tuple(way for way in counted if way.count)


def _count(engine: Engine, ask: Ask, scopes: tuple[str, ...]) -> int:
    query = _query(ask, understand(ask.text), scopes, facets=())
    return engine.query(replace(query, limit=0)).total


def similar(
    entry: Entry, *, scopes: tuple[str, ...] = EVERYBODY, limit: int = 5, engine: Engine | None = None
) -> list[Entry]:
    """Entries that hold and whose titles have much of what tells this one's apart; none where there is no index."""
    asked = understand(entry.title)
    half = -(-len(asked.clauses) // 2)
    query = Query(scopes=scopes, clauses=asked.clauses, least=half, limit=AMONG * limit + 1, titles=True)
    try:
        hits = (engine or engines.current()).query(query).hits if asked.clauses else ()
    except NotReady:
        return []
    own = next((hit.score for hit in hits if hit.id == entry.id), max((hit.score for hit in hits), default=0.0))
    return _holding([hit for hit in hits if hit.id != entry.id and hit.score >= ALIKE * own], scopes, limit)


def _holding(hits: Sequence[Hit], scopes: tuple[str, ...], limit: int) -> list[Entry]:
    """The first that hold, read some at once: what was repealed or has lapsed is offered beside nothing."""
    found: list[Entry] = []
    for first in range(0, len(hits), limit):
        if len(found) < limit:
            found += [one for one in _there(hits[first : first + limit], scopes) if one.holds]
    return found[:limit]


def alike(source: str, key: str, title: str, *, limit: int = 5) -> list[Entry]:
    """Public entries of one source that are about the same as one of its entries; none where there is no index."""
    entry = Entry(id=registry.id_of(source, key), kind="", title=title, url="")
    found = similar(entry, limit=2 * limit)
    return [one for one in found if one.id.startswith(f"{source}:")][:limit]


def newest(ask: Ask, *, scopes: tuple[str, ...] = EVERYBODY, limit: int) -> list[Entry] | None:
    """What has every word and a day, the newest first; None where there is no index."""
    asked = understand(ask.text)
    if ask.empty or (ask.text and not asked.clauses):
        return []
    query = replace(_query(ask, asked, scopes, facets=()), sort=Sort.NEWEST, offset=0, limit=limit)
    try:
        hits = engines.current().query(query).hits
    except NotReady:
        return None
    return [entry for entry in _there(hits, scopes) if entry.date]


def near(text: str, *, scopes: tuple[str, ...] = EVERYBODY, limit: int) -> list[Entry]:
    """Entries that have any of the words, those with most of them first."""
    asked = understand(text)
    query = Query(scopes=scopes, clauses=asked.clauses, near=asked.near, least=1, limit=limit)
    return _entries(query, engines.current())


def _entries(query: Query, engine: Engine) -> list[Entry]:
    """What was found, as it is now; nothing where nothing is asked for, or there is no index."""
    if not query.clauses:
        return []
    try:
        hits = engine.query(query).hits
    except NotReady:
        return []
    return _there(hits, query.scopes)


def _there(hits: Sequence[Hit], scopes: tuple[str, ...]) -> list[Entry]:
    """Entries as they are now; what has gone, or is not for these scopes any more, is left out."""
    told = registry.by_ids([hit.id for hit in hits])
    return [one for hit in hits if (one := told.get(hit.id)) and set(one.scope).intersection(scopes)]


def kind_labels() -> dict[str, str]:
    """What each kind of entry is called, in the reader's language."""
    return registry.labels().get("kind", {})


def waiting() -> int:
    """How many changes the index has still to take in."""
    return Pending.objects.count()
