"""An entry as every engine indexes it: streams of tokens made here, so that two engines hold the same."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from gongkai.search.rules import numbers
from gongkai.search.rules.entry import Entry, digest_of
from gongkai.search.rules.folding import bare, fold
from gongkai.search.rules.tokens import BREAK, characters, grams, initials, sounds, words

FORMAT = "2"  # of the streams: another number asks for the index to be made anew
SEQUENCE = 1_000_000_000
# What no longer holds stands lower than what does.
FADED = {"repealed": 0.5, "lapsed": 0.6}
LONGEST_TEXT = 400_000  # signs of an entry that are searched
LONGEST_NAME, MOST_NAMES = 40, 12  # signs and number of keywords that are known by how they sound
LONGEST_KEY = 300  # signs of a title or a number that is looked for as a whole


@dataclass(frozen=True, slots=True)
class Streams:
    """The tokens of an entry, and what it is narrowed, ordered and weighed by."""

    id: str
    digest: str
    title_words: str
    title_grams: str
    title_signs: str
    name_sounds: str
    name_initials: str
    words: str
    grams: str
    keys: tuple[str, ...]
    cites: tuple[str, ...]
    facets: dict[str, str]
    language: str
    scope: tuple[str, ...]
    day: int
    order: int
    boost: float


def streams_of(entry: Entry) -> Streams:
    """Everything an engine needs to know of an entry."""
    title = fold(entry.title)
    named = fold("\n".join((entry.organ_name, entry.document_number, entry.index_number, *entry.keywords)))
    body = fold(f"{entry.summary}\n{entry.body}")[:LONGEST_TEXT]
    papers = fold("\n\n".join(entry.attachments))[:LONGEST_TEXT]
    title_words, title_grams = words(title), grams(title)
    names = fold(names_of(entry))
    all_grams = [*title_grams, BREAK, *grams(named), BREAK, *grams(body), BREAK, *grams(papers, lines_break=False)]
    day = int(entry.date.replace("-", "") or 0)
    return Streams(
        id=entry.id,
        digest=digest_of(entry),
        title_words=" ".join(title_words),
        title_grams=" ".join(title_grams),
        title_signs=" ".join(characters(title)),
        name_sounds=" ".join(sounds(names)),
        name_initials=" ".join(initials(names)),
        words=" ".join([*title_words, *words(f"{named}\n{body}\n{papers}")]),
        grams=" ".join(all_grams),
        keys=tuple(dict.fromkeys(key[:LONGEST_KEY] for key in (bare(entry.title), *_numbers(entry)))),
        cites=tuple(numbers.cited_in(f"{title}\n{body}\n{papers}")),
        facets={
            "kind": entry.kind,
            "organ": entry.organ,
            "theme": entry.theme,
            "year": entry.year,
            "validity": entry.validity,
            "level": entry.level,
        },
        language=entry.language,
        scope=entry.scope,
        day=day,
        order=day * SEQUENCE + zlib.crc32(entry.id.encode()) % SEQUENCE,
        boost=entry.weight * FADED.get(entry.validity, 1.0),
    )


def names_of(entry: Entry) -> str:
    """What an entry is called, a line each: what somebody may mean who types how it sounds."""
    return "\n".join((entry.title, *(word[:LONGEST_NAME] for word in entry.keywords[:MOST_NAMES])))


def _numbers(entry: Entry) -> list[str]:
    found = numbers.keys_of(entry.document_number)
    if entry.index_number:
        found.append(bare(entry.index_number))
    return found
