"""How an entry lies on the cluster, and how a question is put to it: the same tokens, the same weights as embedded."""

from __future__ import annotations

from typing import Any

from gongkai.search.engine import FINGERPRINT
from gongkai.search.enums import Sort
from gongkai.search.rules.entry import Entry
from gongkai.search.rules.query import FACETS, MOST_VALUES, Clause, Form, Query
from gongkai.search.rules.streams import SEQUENCE, streams_of
from gongkai.search.rules.tokens import pairs
from gongkai.search.rules.weights import ALL, BODY, EXACT, NUMBER, TITLE, TITLE_PAIRS, WHOLE

Dsl = dict[str, Any]
_TEXTS = {
    "title_words": "freqs",
    "title_grams": "positions",
    "title_signs": "docs",
    "title_sounds": "positions",
    "words": "freqs",
    "grams": "positions",
}


def index_body(*, keep: bool, shards: int) -> Dsl:
    """Settings and mapping of a new index; the streams come cut into tokens with blanks between."""
    fields: Dsl = {
        name: {"type": "text", "analyzer": "whitespace", "index_options": option} for name, option in _TEXTS.items()
    }
    fields |= {name: {"type": "keyword"} for name in ("id", "key", "cites", "scope", "language", *FACETS)}
    fields |= {name: {"type": "keyword", "index": False, "doc_values": False} for name in ("digest", "title")}
    fields |= {"entry": {"type": "object", "enabled": False}}
    fields |= {"day": {"type": "integer"}, "order": {"type": "long", "index": False}}
    fields |= {"boost": {"type": "float", "index": False}}
    source = {"includes": ["digest", "title", "entry"]}
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


def document(entry: Entry, *, keep: bool) -> Dsl:
    told = streams_of(entry)
    found: Dsl = {name: getattr(told, name) for name in (*_TEXTS, "id", "digest", "language", "day", "order", "boost")}
    found |= {"key": list(told.keys), "cites": list(told.cites), "scope": list(told.scope), "title": entry.title}
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


def alike(sounds: tuple[str, ...], signs: tuple[str, ...], scopes: tuple[str, ...]) -> Dsl:
    """Titles in which the sounds follow each other, or all signs stand but one."""
    ways = [{"constant_score": {"filter": _phrase("title_sounds", list(sounds)), "boost": 50.0}}]
    wanted = list(dict.fromkeys(signs))
    if len(signs) > 2:
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
    parts = [_clause(clause) for clause in asked.clauses]
    least = min(asked.least, len(parts)) or len(parts)
    wanted: Dsl = {"bool": {"should": parts, "minimum_should_match": least}}
    wishes = [wish for clause in asked.clauses for form in clause.forms for wish in _ranked(form)]
    wishes += [_scored(_phrase("title_grams", pairs(list(form.units))), WHOLE) for form in asked.near]
    wishes += [_scored(_phrase("grams", pairs(list(form.units))), WHOLE * BODY) for form in asked.near]
    if asked.least:
        wishes.append(_constant({"bool": {"must": parts}}, ALL))
    if asked.exact:
        exact = {"term": {"key": asked.exact}}
        wishes.append(_constant(exact, EXACT))
        wanted = {"bool": {"should": [wanted, _constant(exact, 0.0)], "minimum_should_match": 1}}
    return {"bool": {"must": [wanted], "should": wishes}}


def _clause(clause: Clause) -> Dsl:
    ways = [_scored(_form(form), BODY * form.weight) for form in clause.forms]
    for number in clause.numbers:
        ways.append(_constant({"term": {"key": number}}, NUMBER))
        ways.append(_constant({"term": {"cites": number}}, 1.0))
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _form(form: Form) -> Dsl:
    if len(form.units) > 1:
        return _phrase("grams", pairs(list(form.units)))
    if not form.units:
        return {"match_none": {}}
    ways = [{"term": {name: form.units[0]}} for name in ("title_signs", "words")]
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def _ranked(form: Form) -> list[Dsl]:
    found = [_scored({"term": {"title_words": word}}, TITLE * form.weight) for word in form.words]
    found += [_scored({"term": {"words": word}}, BODY * form.weight) for word in form.words]
    if len(form.units) > 1:
        found.append(_scored(_phrase("title_grams", pairs(list(form.units))), TITLE_PAIRS * form.weight))
    return found
