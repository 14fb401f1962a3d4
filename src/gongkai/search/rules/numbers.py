"""Document numbers (发文字号) in any spelling: 虹府规〔2023〕4号, [2023]4号, 2023-4."""

from __future__ import annotations

import re

from gongkai.search.rules.folding import fold
from gongkai.search.rules.spoken import key_of, spoken, spoken_in

_HAN = "\u4e00-\u9fff"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_SERIAL = r"(?:第\s*)?(?P<serial>\d{1,5})"
# In brackets of any kind, as papers write it; found anywhere in a text.
_WRITTEN = re.compile(rf"(?P<word>[{_HAN}]{{0,12}})\s*[〔\[(【﹝〈<]\s*{_YEAR}\s*[〕\])】﹞〉>]\s*{_SERIAL}\s*号?")
# In brackets that no paper has, as people write them in a question; those are no spelling that the index knows.
_ASKED = re.compile(
    rf"(?P<word>[{_HAN}]{{0,12}})\s*[〔\[(【﹝〈<《{{]\s*{_YEAR}\s*年?\s*[〕\])】﹞〉>》}}]\s*{_SERIAL}\s*号?"
)
# As it is typed: without brackets, with a hyphen or a blank; only where it is all that was typed.
_TYPED = re.compile(rf"(?P<word>[{_HAN}]{{0,12}}?)\s*{_YEAR}\s*年?\s*[-–—/_ ]?\s*{_SERIAL}\s*号?")
_IN_BRACKETS = re.compile(r"(?<=\d)\s*\(\s*(\d{1,5})\s*\)")  # the serial number instead of the year
_BRACKETS = re.compile(rf"[〔\[(【﹝〈<]\s*{_YEAR}\s*[〕\])】﹞〉>]\s*{_SERIAL}\s*号")
_WORD = re.compile(rf"([{_HAN}]{{1,12}})\s*$")
LONGEST_WORD = 14  # signs, with a blank or two
_SPACE = re.compile(r"\s+")


def keys_of(number: str) -> list[str]:
    """Under what a document number is found: its whole, and each shorter end of its word."""
    match = _WRITTEN.search(fold(number)) or _TYPED.fullmatch(_SPACE.sub("", fold(number)))
    if match is None:
        return [bare] if (bare := _SPACE.sub("", fold(number))) else []
    word = match["word"]
    return [key_of(word[start:], match["year"], match["serial"]) for start in range(len(word) + 1)]


def cited_in(text: str) -> list[str]:
    """The keys of every document number written in a folded text."""
    found: dict[str, None] = {}
    for match in _BRACKETS.finditer(text):
        before = _WORD.search(text[max(0, match.start() - LONGEST_WORD) : match.start()])
        word = before[1] if before else ""
        for start in range(len(word) + 1):
            found[key_of(word[start:], match["year"], match["serial"])] = None
    return list(found)


def asked_in(text: str) -> list[tuple[int, int, str]]:
    """The numbers in a folded question: where each stands, and its key."""
    typed = text.strip()
    whole = _TYPED.fullmatch(typed) or _TYPED.fullmatch(_IN_BRACKETS.sub(r"-\1", typed))
    if whole is not None:
        return [(0, len(text), key_of(*whole.group("word", "year", "serial")))]
    if key := spoken(typed):
        return [(0, len(text), key)]
    found = [
        (match.start(), match.end(), key_of(*match.group("word", "year", "serial"))) for match in _ASKED.finditer(text)
    ]
    return found or spoken_in(text)


def shortened(key: str) -> list[str]:
    """The number with less and less before it: a sign too many there, or another word for the organ, hides a paper."""
    word, slash, rest = key.partition("/")
    year, _slash, serial = rest.partition("/")
    return [f"{word[start:]}〔{year}〕{serial}号" for start in range(1, len(word) + 1)] if slash else []
