"""Document numbers as people say them: with two figures of a year, or in characters: 虹府规23-4, 〔二〇二三〕四号.

Only what can hardly be anything else is taken for one: 23-4 is also a house, an age, a range.
"""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
_FIGURES = {sign: place for place, signs in enumerate("〇一二三四五六七八九") for sign in signs} | dict.fromkeys(
    "零○o", 0
)
_ONE = "[一二三四五六七八九]"
_PLACED = re.compile(rf"(?:({_ONE})千)?零?(?:({_ONE})百)?零?(?:({_ONE}?)(十))?零?({_ONE})?")
_SIGN = "〇零○o一二三四五六七八九"
_SAID = rf"[{_SIGN}十百千]{{1,7}}"
_YEAR = rf"(?P<year>(?:19|20)\d{{2}}|\d{{2}}|[一二][{_SIGN}]{{3}}|[{_SIGN}]{{2}})"
_SERIAL = rf"(?P<serial>\d{{1,5}}|{_SAID})"
# With what the word of an organ ends in a document number; streets, flats and schools end otherwise.
_ENDINGS = "规发函办字复批令纪呈"
_ORGAN = rf"(?P<word>[{_HAN}]{{1,11}}[{_ENDINGS}])"
_WORD = rf"(?P<word>[{_HAN}]{{0,12}}?)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Brackets that stand in nothing but numbers; others after the word of an organ; square ones with 号.
        rf"{_WORD}\s*[〔﹝]\s*{_YEAR}\s*年?\s*[〕﹞]\s*(?:第\s*)?{_SERIAL}\s*号?",
        rf"{_ORGAN}\s*[\[(【〈<《{{]\s*{_YEAR}\s*年?\s*[\])】〉>》}}]\s*(?:第\s*)?{_SERIAL}\s*号?",
        rf"{_WORD}\s*[\[【]\s*{_YEAR}\s*年?\s*[\]】]\s*(?:第\s*)?{_SERIAL}\s*号(?![{_HAN}])",
    )
)
_TYPED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WORD}\s*{_YEAR}\s*年\s*(?:第\s*)?{_SERIAL}\s*号",
        rf"{_ORGAN}\s*{_YEAR}\s*[-–—_]\s*{_SERIAL}\s*号?",
    )
)
# A number without its year, in characters, at the end of a phrase: which year, nobody can know.
_ALONE = re.compile(rf"第({_SAID})号(?![{_HAN}\w])|(?<![{_HAN}\w〕\])】﹞〉>》}}])({_SAID})号(?![{_HAN}\w])")


def key_of(word: str, year: str, serial: str) -> str:
    """One spelling of a number: its word, year and serial number."""
    return f"{word}/{year}/{int(serial)}"


def figure(said: str) -> int | None:
    """The number that figures or characters say, sign for sign or with places; None when they say none."""
    if said.isdecimal():
        return int(said)
    if set(said) <= set(_FIGURES):
        return int("".join(str(_FIGURES[sign]) for sign in said))
    return _placed(said)


def spoken(typed: str) -> str:
    """The key of the number that a whole folded question is; nothing when it is none."""
    found = (pattern.fullmatch(typed) for pattern in (*_PATTERNS, *_TYPED))
    return next((key for match in found if match and (key := _key(match))), "")


def spoken_in(text: str) -> list[tuple[int, int, str]]:
    """The numbers in brackets within a folded question: where each stands, and its key."""
    for pattern in _PATTERNS:
        found = [(match.start(), match.end(), key) for match in pattern.finditer(text) if (key := _key(match))]
        if found:
            return found
    return []


def serials_in(text: str) -> list[tuple[int, int, str]]:
    """The numbers without a year in a folded question that stand in characters: where, and how papers write them."""
    found = ((match, figure(match[1] or match[2])) for match in _ALONE.finditer(text))
    return [(match.start(), match.end(), f"{number}号") for match, number in found if number]


def _key(match: re.Match[str]) -> str:
    year, serial = _year(match["year"]), figure(match["serial"])
    return key_of(match["word"], year, str(serial)) if year and serial else ""


def _year(said: str) -> str:
    """Four figures. Two of them mean the hundred years from 1949 on, since when papers have numbers."""
    number = figure(said)
    if number is None:
        return ""
    if len(said) == 2:
        number += 2000 if number < 49 else 1900
    return str(number) if 1900 <= number < 2100 else ""


def _placed(said: str) -> int | None:
    """十二, 一百零五, 二千三百."""
    match = _PLACED.fullmatch(said)
    if match is None:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    parts = ((thousands, 1000), (hundreds, 100), (tens or ("一" if ten else ""), 10), (ones, 1))
    return sum(_FIGURES[sign] * place for sign, place in parts if sign)
