"""Articles that the model names, held against the law that the house knows. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.applications.rules import reply
from gongkai.statutes import Cite, law

_NUMBER = "[零〇一二三四五六七八九十百0-9]+"
_MENTION = re.compile(
    rf"(?P<title>《[^《》]{{1,80}}》)?(?:[（(][^（）()]{{1,40}}[）)])?(?P<short>本?条例)?\s*"
    rf"第\s*(?P<article>{_NUMBER})\s*条(?:第\s*(?P<paragraph>{_NUMBER})\s*款)?(?:第\s*[（(]?(?P<item>{_NUMBER})[）)]?\s*项)?"
)
_TITLE = re.compile(r"《([^《》]{1,80}(?:法|条例|规定|办法|规则|细则|解释|通知))》")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_STATE = "中华人民共和国"


@dataclass(frozen=True)
class Ground:
    """One article that the model named; `known` where the law has it and the outcome rests on it."""

    text: str
    known: bool


def rests_on(kind: reply.Kind, day: date) -> tuple[Cite, ...]:
    """The articles that a kind of reply rests on."""
    return tuple(law().cite(place) for place in kind.basis) if kind.basis else kind.outcome(day).cites


def place_of(cite: Cite) -> str:
    """`disclosure_regulation 36(3)`: a citation as the house's data write it."""
    places = (
        f"{cite.article or ''}",
        f".{cite.paragraph}" if cite.paragraph else "",
        f"({cite.item})" if cite.item else "",
    )
    return f"{cite.statute.key} {''.join(places)}".strip()


def checked(named: Sequence[str], rests: Sequence[Cite]) -> tuple[Ground, ...]:
    """What the model named, each once; known by its key or by its words."""
    found: dict[str, Ground] = {}
    for text in named:
        match = next((cite for cite in rests if text.strip() == place_of(cite) or _same_words(text, cite)), None)
        ground = Ground(match.text, True) if match else Ground(_shown(text), False)
        found.setdefault(ground.text, ground)
    return tuple(found.values())


def doubtful(text: str, rests: Sequence[Cite], *, said: str) -> list[str]:
    """The articles and laws mentioned in a text that the outcome does not rest on; what `said` has itself is no law."""
    found = [match[0].strip() for match in _MENTION.finditer(text) if not any(_meant(match, cite) for cite in rests)]
    titles = {_title(cite.statute.title) for cite in rests}
    found += [
        match[0]
        for match in _TITLE.finditer(text)
        if _title(match[1]) not in titles and match[0] not in said and not _within(match[0], found)
    ]
    return list(dict.fromkeys(found))


def _within(title: str, found: Collection[str]) -> bool:
    return any(title in mention for mention in found)


def _meant(match: re.Match[str], cite: Cite) -> bool:
    """Whether a mention is this citation, or one less precise."""
    title = None if match["title"] == "《条例》" else match["title"]
    if title and _title(title) != _title(cite.statute.title):
        return False
    if not title and not cite.statute.key.startswith("disclosure_regulation"):
        return False
    own = (cite.article, cite.paragraph, cite.item)
    said = tuple(_number(match[name]) for name in ("article", "paragraph", "item"))
    return said[0] == own[0] and all(part in {None, mine} for part, mine in zip(said[1:], own[1:], strict=True))


def _same_words(text: str, cite: Cite) -> bool:
    match = _MENTION.fullmatch(text.strip())
    if match is None or not _meant(match, cite):
        return False
    own = (cite.paragraph, cite.item)
    return own == tuple(_number(match[name]) for name in ("paragraph", "item"))


def _title(text: str) -> str:
    return text.strip("《》").removeprefix(_STATE)


def _number(text: str | None) -> int | None:
    """36 of 三十六 or of 36; None of nothing."""
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + (_DIGITS[sign] if sign in _DIGITS else int(sign))
    return total + digit


def _shown(text: str) -> str:
    """What the model named, in words where it used the key of a text that the house knows."""
    try:
        return law().cite(text.strip()).text
    except (ValueError, KeyError):
        return unicodedata.normalize("NFC", text.strip())[:120]
