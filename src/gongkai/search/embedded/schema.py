"""How an entry lies in the index, and how a question is put to it."""

from __future__ import annotations

import json

import tantivy

from gongkai.search.rules.entry import Entry
from gongkai.search.rules.query import FACETS, Clause, Form, Heard, Query, pieces_of, words_of, words_of_clauses
from gongkai.search.rules.streams import SEQUENCE, Streams, names_of
from gongkai.search.rules.tokens import pairs
from gongkai.search.rules.weights import ALL, BODY, BOTH, EXACT, LONE, NUMBER, SOUND, TITLE, WHOLE, of_phrase

_ANALYZER = "whitespace"
TEXTS = {
    "title_words": "freq",
    "title_grams": "position",
    "title_signs": "basic",
    "name_sounds": "position",
    "name_initials": "position",
    "words": "freq",
    "grams": "position",
}
Occur = tantivy.Occur


def register(index: tantivy.Index) -> tantivy.Index:
    """An opened index forgets its tokenizer: it is told of it each time."""
    blank = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYZER, blank)
    return index


def schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("digest", "names", "entry"):
        made.add_bytes_field(name, stored=True, indexed=False)
    for name, option in TEXTS.items():
        made.add_text_field(name, tokenizer_name=_ANALYZER, index_option=option)
    for name in ("key", "cites", "scope", "language"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    made.add_integer_field("day", indexed=True, fast=True)
    made.add_integer_field("order", fast=True)
    made.add_float_field("boost", fast=True)
    return made.build()


def document(entry: Entry, told: Streams, *, keep: bool) -> tantivy.Document:
    """An entry with its tokens as it is written; `keep` has the index hold the entry itself, where it has no other home."""
    made = tantivy.Document()
    made.add_text("id", told.id)
    made.add_bytes("digest", told.digest.encode())
    made.add_bytes("names", _bytes(names_of(entry)))
    if keep:
        made.add_bytes("entry", _bytes(json.dumps(entry.plain, ensure_ascii=False)))
    for name in (*TEXTS, "language"):
        made.add_text(name, getattr(told, name))
    for name, values in (("key", told.keys), ("cites", told.cites), ("scope", told.scope)):
        for value in values:
            made.add_text(name, value)
    for name, value in told.facets.items():
        if value:
            made.add_text(name, value)
    made.add_integer("day", told.day)
    made.add_integer("order", told.order)
    made.add_float("boost", told.boost)
    return made


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


class Questions:
    """Puts a question together for one schema; nothing that was typed is ever parsed."""

    def __init__(self, made: tantivy.Schema) -> None:
        self.schema = made

    def term(self, field: str, value: object) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)

    def any_of(self, field: str, values: tuple[str, ...]) -> tantivy.Query:
        if len(values) == 1:
            return self.term(field, values[0])
        return tantivy.Query.term_set_query(self.schema, field, list(values))

    def phrase(self, field: str, tokens: list[str]) -> tantivy.Query:
        """Tokens one after the other. Of fewer than two the library would end the whole program."""
        if not tokens:
            return tantivy.Query.empty_query()
        if len(tokens) == 1:
            return self.term(field, tokens[0])
        return tantivy.Query.phrase_query(self.schema, field, list(tokens))

    def whole(self, asked: Query) -> tantivy.Query:
        """The question with everything that narrows it."""
        parts = [(Occur.Must, self._text(asked)), (Occur.Must, self._silent(self.any_of("scope", asked.scopes)))]
        parts += [
            (Occur.Must, self._silent(self.any_of(name, values))) for name, values in asked.filters.items() if values
        ]
        if asked.since or asked.until:
            parts.append((Occur.Must, self._silent(self._days(asked))))
        if asked.without:
            parts.append((Occur.MustNot, self.term("id", asked.without)))
        return tantivy.Query.boolean_query(parts)

    def _silent(self, query: tantivy.Query) -> tantivy.Query:
        """It narrows, and adds nothing to the score."""
        return tantivy.Query.const_score_query(query, 0.0)

    def _days(self, asked: Query) -> tantivy.Query:
        since = int(asked.since.replace("-", "") or 1)
        until = int(asked.until.replace("-", "") or SEQUENCE)
        return tantivy.Query.range_query(self.schema, "day", tantivy.FieldType.Integer, since, until)

    def _text(self, asked: Query) -> tantivy.Query:
        if not asked.clauses:
            return tantivy.Query.const_score_query(tantivy.Query.all_query(), 1.0)
        if asked.titles:
            return self._in_titles(asked)
        parts = [self._clause(clause) for clause in asked.clauses]
        wanted = tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])
        every = wanted
        if asked.least:
            wanted = tantivy.Query.boolean_query(
                [(Occur.Should, self._loose(clause, part)) for clause, part in zip(asked.clauses, parts, strict=True)],
                minimum_number_should_match=min(asked.least, len(parts)),
            )
        wishes = [wish for clause in asked.clauses for form in clause.forms for wish in self._ranked(form)]
        wishes += [self._boosted(self.phrase("title_grams", pairs_of(form)), WHOLE) for form in asked.near]
        wishes += [self._boosted(self.phrase("grams", pairs_of(form)), WHOLE * BODY) for form in asked.near]
        if asked.least:
            wishes.append(tantivy.Query.const_score_query(every, ALL if len(parts) > 1 else LONE))
        if asked.exact:
            exact = self.term("key", asked.exact)
            wishes.append(tantivy.Query.const_score_query(exact, EXACT))
            wanted = tantivy.Query.boolean_query([(Occur.Should, wanted), (Occur.Should, self._silent(exact))])
        return tantivy.Query.boolean_query([(Occur.Must, wanted), *((Occur.Should, wish) for wish in wishes)])

    def _in_titles(self, asked: Query) -> tantivy.Query:
        named = [
            (Occur.Should, tantivy.Query.boolean_query([(Occur.Should, self.term("title_words", w)) for w in words]))
            for words in words_of_clauses(asked)
        ]
        return tantivy.Query.boolean_query(named, minimum_number_should_match=max(1, min(asked.least, len(named))))

    def _clause(self, clause: Clause) -> tantivy.Query:
        """What fulfils a clause; the more often, the better."""
        ways = [self.form(form, BODY * form.weight) for form in clause.forms]
        for number in clause.numbers:
            ways.append(tantivy.Query.const_score_query(self.term("key", number), NUMBER))
            ways.append(tantivy.Query.const_score_query(self.term("cites", number), 1.0))
        if len(ways) == 1:
            return ways[0]
        return tantivy.Query.boolean_query([(Occur.Should, way) for way in ways])

    def _loose(self, clause: Clause, part: tantivy.Query) -> tantivy.Query:
        """The clause, or any of the words within what was typed, which add nothing to the score here."""
        pieces = pieces_of(clause)
        if not pieces:
            return part
        any_word = self._silent(self.any_of("words", pieces))
        return tantivy.Query.boolean_query([(Occur.Should, part), (Occur.Should, any_word)])

    def form(self, form: Form, weight: float) -> tantivy.Query:
        """Wherever all units of a form follow each other. One sign alone is looked for in titles and among words."""
        if len(form.units) > 1:
            return self._weighed("grams", form, weight)
        if not form.units:
            return tantivy.Query.empty_query()
        ways = [(Occur.Should, self.term(name, form.units[0])) for name in ("title_signs", "words")]
        return self._boosted(tantivy.Query.boolean_query(ways), weight)

    def _weighed(self, field: str, form: Form, weight: float) -> tantivy.Query:
        """All units of a form one after the other, worth one word."""
        tokens = pairs_of(form)
        return self._boosted(self.phrase(field, tokens), of_phrase(weight, tokens))

    def _ranked(self, form: Form) -> list[tantivy.Query]:
        """Where its words stand: in the title a whole form counts the same whether the dictionary cut it out there or not."""
        found = [self._boosted(self.term("words", word), BODY * form.weight) for word in words_of(form)]
        named = {word: self._boosted(self.term("title_words", word), TITLE * form.weight) for word in words_of(form)}
        if len(form.units) > 1:
            there = [self._weighed("title_grams", form, TITLE * form.weight)]
            there += [named.pop(form.text)] if form.text in named else []
            found.append(tantivy.Query.disjunction_max_query(there, BOTH))
        return [*found, *named.values()]

    def _boosted(self, query: tantivy.Query, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(query, boost)

    def alike(self, heard: Heard, scopes: tuple[str, ...]) -> tantivy.Query:
        """Names in which the sounds follow each other, or their first letters, or all signs stand but one."""
        by_sound = self.phrase("name_sounds", list(heard.sounds))
        by_letter = self.phrase("name_initials", list(heard.initials))
        ways = [(Occur.Should, tantivy.Query.const_score_query(way, SOUND)) for way in (by_sound, by_letter)]
        if len(heard.signs) > 2:
            ways.append((Occur.Should, self._most(heard.signs)))
        parts = [
            (Occur.Must, tantivy.Query.boolean_query(ways)),
            (Occur.Must, self._silent(self.any_of("scope", scopes))),
        ]
        return tantivy.Query.boolean_query(parts)

    def _most(self, signs: tuple[str, ...]) -> tantivy.Query:
        wanted = [(Occur.Should, self.term("title_signs", sign)) for sign in dict.fromkeys(signs)]
        return tantivy.Query.boolean_query(
            wanted, minimum_number_should_match=max(2, len(wanted) - 1 - len(wanted) // 6)
        )


def pairs_of(form: Form) -> list[str]:
    return pairs(list(form.units))
