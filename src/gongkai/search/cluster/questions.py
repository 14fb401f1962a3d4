"""How an entry lies on the cluster, and how a question is put to it: the same tokens, the same weights as embedded."""

from __future__ import annotations

from typing import Any

from gongkai.search.engine import FINGERPRINT
from gongkai.search.enums import Sort
from gongkai.search.rules.entry import Entry
from gongkai.search.rules.query import (
    FACETS,
    MOST_VALUES,
    Clause,
    Form,
    Heard,
    Query,
    pieces_of,
    words_of,
    words_of_clauses,
)
from gongkai.search.rules.streams import SEQUENCE, Streams, names_of
from gongkai.search.rules.tokens import pairs
from gongkai.search.rules.weights import ALL, BODY, BOTH, EXACT, LONE, NUMBER, SOUND, TITLE, WHOLE, of_phrase

Dsl = dict[str, Any]
_TEXTS = {
    "title_words": "freqs",
    "title_grams": "positions",
    "title_signs": "docs",
    "name_sounds": "positions",
    "name_initials": "positions",
    "words": "freqs",
    "grams": "positions",
}
# Words weigh against what is added outright (a number, the very title) as they do embedded. From version 3 on they would
# weigh less than half of it.
WEIGHING: Dsl = {"similarity": {"default": {"type": "LegacyBM25"}}}


def index_body(*, keep: bool, shards: int) -> Dsl:
    """Settings and mapping of a new index; the streams come cut into tokens with blanks between."""
    fields: Dsl = {
        name: {"type": "text", "analyzer": "whitespace", "index_options": option} for name, option in _TEXTS.items()
    }
    fields |= {name: {"type": "keyword"} for name in ("id", "key", "cites", "scope", "language", *FACETS)}
    fields |= {name: {"type": "keyword", "index": False, "doc_values": False} for name in ("digest", "names")}
    fields |= {"entry": {"type": "object", "enabled": False}}
    fields |= {"day": {"type": "integer"}, "order": {"type": "long", "index": False}}
    fields |= {"boost": {"type": "float", "index": False}}
    source = {"includes": ["digest", "names", "entry"]}
    return {
        "settings": {
            "number_of_shards": shards,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
        },
        "mappings": {
            "dynamic": "strict",
            "_source": source,
            "_meta": {"fingerprint": FINGERPRINT, "keep": keep},
            "properties": fields,
        },
    }


def document(entry: Entry, told: Streams, *, keep: bool) -> Dsl:
    found: Dsl = {name: getattr(told, name) for name in (*_TEXTS, "id", "digest", "language", "day", "order", "boost")}
    found |= {"key": list(told.keys), "cites": list(told.cites), "scope": list(told.scope), "names": names_of(entry)}
    found |= {name: value for name, value in told.facets.items() if value}
    return {**found, "entry": entry.plain} if keep else found


def body_of(asked: Query) -> Dsl:
    """The whole search: what fits, what narrows it, the facets, the order."""
    narrowing = [_any("scope", asked.scopes), *(_any(name, values) for name, values in asked.filters.items() if values)]
    if asked.since or asked.until:
        since = int(asked.since.replace("-", "") or 1)
        until = int(asked.until.replace("-", "") or SEQUENCE)
        narrowing.append({"range": {"day": {"gte": since, "lte": until}}})
    whole: Dsl = {"bool": {"must": [_text(asked)], "filter": narrowing}}
    if asked.without:
        whole["bool"]["must_not"] = [{"term": {"id": asked.without}}]
    weighed = {
        "function_score": {
            "query": whole,
            "field_value_factor": {"field": "boost", "modifier": "log2p", "missing": 1},
            "boost_mode": "multiply",
        }
    }
    by_day = asked.sort is not Sort.RELEVANCE
    direction = "asc" if asked.sort is Sort.OLDEST else "desc"
    return {
        "query": whole if by_day else weighed,
        "sort": [{"order": direction}] if by_day else ["_score", {"order": "desc"}],
        "from": asked.offset,
        "_source": False,
        "docvalue_fields": ["id"],
        "track_total_hits": True,
        "track_scores": True,
        "aggs": {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in asked.facets},
    }


def alike(heard: Heard, scopes: tuple[str, ...]) -> Dsl:
    """Names in which the sounds follow each other, or their first letters, or all signs stand but one."""
    ways = [
        _constant(_phrase("name_sounds", list(heard.sounds)), SOUND),
        _constant(_phrase("name_initials", list(heard.initials)), SOUND),
    ]
    wanted = list(dict.fromkeys(heard.signs))
    if len(heard.signs) > 2:
        most = max(2, len(wanted) - 1 - len(wanted) // 6)
        should = [{"term": {"title_signs": sign}} for sign in wanted]
        ways.append({"bool": {"should": should, "minimum_should_match": min(most, len(should))}})
    return {"bool": {"should": ways, "minimum_should_match": 1, "filter": [_any("scope", scopes)]}}


def _any(field: str, values: tuple[str, ...]) -> Dsl:
    return {"terms": {field: list(values)}}


def _phrase(field: str, tokens: list[str]) -> Dsl:
    if not tokens:
        return {"match_none": {}}
    if len(tokens) == 1:
        return {"term": {field: tokens[0]}}
    return {"match_phrase": {field: {"query": " ".join(tokens), "analyzer": "whitespace"}}}


def _scored(query: Dsl, boost: float) -> Dsl:
    return {"bool": {"must": [query], "boost": boost}}


def _constant(query: Dsl, boost: float) -> Dsl:
    return {"constant_score": {"filter": query, "boost": boost}}


def _text(asked: Query) -> Dsl:
    if not asked.clauses:
        return _constant({"match_all": {}}, 1.0)
    if asked.titles:
        return _in_titles(asked)
    parts = [_clause(clause) for clause in asked.clauses]
    least = min(asked.least, len(parts)) or len(parts)
    loose = [_loose(clause, part) for clause, part in zip(asked.clauses, parts, strict=True)] if asked.least else parts
    wanted: Dsl = {"bool": {"should": loose, "minimum_should_match": least}}
    wishes = [wish for clause in asked.clauses for form in clause.forms for wish in _ranked(form)]
    wishes += [_scored(_phrase("title_grams", pairs(list(form.units))), WHOLE) for form in asked.near]
    wishes += [_scored(_phrase("grams", pairs(list(form.units))), WHOLE * BODY) for form in asked.near]
    if asked.least:
        wishes.append(_constant({"bool": {"must": parts}}, ALL if len(parts) > 1 else LONE))
    if asked.exact:
        exact = {"term": {"key": asked.exact}}
        wishes.append(_constant(exact, EXACT))
        wanted = {"bool": {"should": [wanted, _constant(exact, 0.0)], "minimum_should_match": 1}}
    return {"bool": {"must": [wanted], "should": wishes}}


def _in_titles(asked: Query) -> Dsl:
    named = [
        {"bool": {"should": [{"term": {"title_words": word}} for word in words], "minimum_should_match": 1}}
        for words in words_of_clauses(asked)
    ]
    return {"bool": {"should": named, "minimum_should_match": max(1, min(asked.least, len(named)))}}


def _clause(clause: Clause) -> Dsl:
    ways = [_form(form, BODY * form.weight) for form in clause.forms]
    for number in clause.numbers:
        ways.append(_constant({"term": {"key": number}}, NUMBER))
        ways.append(_constant({"term": {"cites": number}}, 1.0))
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _loose(clause: Clause, part: Dsl) -> Dsl:
    """The clause, or any of the words within what was typed, which add nothing to the score here."""
    pieces = pieces_of(clause)
    if not pieces:
        return part
    return {"bool": {"should": [part, _constant(_any("words", pieces), 0.0)], "minimum_should_match": 1}}


def _form(form: Form, weight: float) -> Dsl:
    if len(form.units) > 1:
        return _weighed("grams", form, weight)
    if not form.units:
        return {"match_none": {}}
    ways = [{"term": {name: form.units[0]}} for name in ("title_signs", "words")]
    return {"bool": {"should": ways, "minimum_should_match": 1, "boost": weight}}


def _weighed(field: str, form: Form, weight: float) -> Dsl:
    """All units of a form one after the other, worth one word."""
    tokens = pairs(list(form.units))
    return _scored(_phrase(field, tokens), of_phrase(weight, tokens))


def _ranked(form: Form) -> list[Dsl]:
    """Where its words stand: in the title a whole form counts the same whether the dictionary cut it out there or not."""
    found = [_scored({"term": {"words": word}}, BODY * form.weight) for word in words_of(form)]
    named = {word: _scored({"term": {"title_words": word}}, TITLE * form.weight) for word in words_of(form)}
    if len(form.units) > 1:
        there = [_weighed("title_grams", form, TITLE * form.weight)]
        there += [named.pop(form.text)] if form.text in named else []
        found.append({"dis_max": {"queries": there, "tie_breaker": BOTH}})
    return [*found, *named.values()]
