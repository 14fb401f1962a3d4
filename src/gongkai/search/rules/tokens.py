"""Text taken apart, by one function for what is searched and for what is asked.

Two streams: words, as a dictionary cuts them, rank; pairs of neighbouring signs find, so that whatever stands in a text
is found by any piece of it. A unit is one character of a script without blanks, or a run of letters, or of digits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from operator import add

from gongkai.search.rules.folding import fold

VERSION = "2"  # of this file's work: another number asks for the index to be made anew
BREAK = "|"  # stands where two units are not neighbours
DENSE = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
LONGEST_UNIT = 40
_UNIT = re.compile(rf"[{DENSE}]|[^\W\d_{DENSE}]+|\d+")
_SEGMENT = re.compile(rf"(?:[{DENSE}]|[^\W_])[^\W_]*(?:[ \t\r\u200b]+[^\W_]+)*")
_JOINED_LINES = re.compile(r"(?<=[^\W_])\n(?=[^\W_])")
_RUN = re.compile(rf"[{DENSE}]+|[^\W\d_{DENSE}]+|\d+")
_DENSE_RUN = re.compile(rf"[{DENSE}]+")
_THIN_RUN = re.compile(rf"[^\W\d_{DENSE}]+|\d+")
_NOT_DENSE = re.compile(rf"[^{DENSE}]+")


def units(text: str) -> list[str]:
    """The units of a folded text, in order."""
    return [unit[:LONGEST_UNIT] for unit in _UNIT.findall(text)]


def pairs(found: list[str]) -> list[str]:
    """Each unit with the next; a unit that stands alone is itself."""
    if len(found) < 2:
        return found
    dense = [_DENSE_RUN.match(unit) is not None for unit in found]
    both = zip(pairwise(found), pairwise(dense), strict=True)
    return [left + right if one or other else f"{left}_{right}" for (left, right), (one, other) in both]


def grams(text: str, *, lines_break: bool = True) -> list[str]:
    """The pairs of a folded text in order, with a break wherever units are not neighbours; a blank parts nothing."""
    if not lines_break:
        text = _JOINED_LINES.sub("", text)
    found: list[str] = []
    for segment in _SEGMENT.findall(text):
        if found:
            found.append(BREAK)
        if len(segment) > 1 and _DENSE_RUN.fullmatch(segment):
            found.extend(map(add, segment, segment[1:]))
        else:
            found.extend(pairs(units(segment)))
    return found


def words(text: str) -> list[str]:
    """The words of a folded text as a dictionary cuts them, long ones and those within them; then letters and digits."""
    import rjieba  # noqa: PLC0415 - slow to load: of the programs of the house, few cut words

    dense = _NOT_DENSE.sub("\n", text)  # cut in one go: a call for each run takes twice as long
    found = [str(word) for word in rjieba.cut_for_search(dense) if word != "\n"]
    found.extend(run[:LONGEST_UNIT] for run in _THIN_RUN.findall(text))
    return found


def cut(run: str) -> list[str]:
    """A run of characters cut into words that follow each other."""
    import rjieba  # noqa: PLC0415 - as above

    return [str(word) for word in rjieba.cut(run)]


def runs(text: str) -> list[str]:
    """Runs of characters, of letters, of digits, in a folded text."""
    return _RUN.findall(text)


def is_dense(text: str) -> bool:
    return bool(_DENSE_RUN.fullmatch(text))


def characters(text: str) -> list[str]:
    """Each single character of a folded text, once."""
    return list(dict.fromkeys(unit for unit in units(text) if is_dense(unit)))


@lru_cache(maxsize=200_000)
def _sound_of_word(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - as above

    return tuple(str(sound) for sound in lazy_pinyin(word, style=Style.NORMAL))


def sounded(text: str) -> list[tuple[str, str]]:
    """Each unit of a folded text with how it sounds, without tones; what is no unit parts."""
    found: list[tuple[str, str]] = []
    for segment in _SEGMENT.findall(text):
        if found:
            found.append(("", BREAK))
        for run in _RUN.findall(segment):
            if _DENSE_RUN.match(run):
                found.extend(_sounded_run(run))
            else:
                found.append((run, run[:LONGEST_UNIT]))
    return found


def sounds(text: str) -> list[str]:
    return [sound for _sign, sound in sounded(text)]


def initials(text: str) -> list[str]:
    """The first letters of how neighbouring characters sound, in pairs: somebody may type no more than those."""
    found: list[str] = []
    for (sign, sound), (next_sign, next_sound) in pairwise(sounded(text)):
        if sign and next_sign and sound.isascii() and is_dense(sign + next_sign):
            found.append(sound[0] + next_sound[0])
        elif found and found[-1] != BREAK:
            found.append(BREAK)
    return found


def _sounded_run(run: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for word in cut(run):
        sound = _sound_of_word(word)
        found.extend(zip(word, sound if len(sound) == len(word) else word, strict=True))
    return found


__all__ = [
    "BREAK",
    "VERSION",
    "characters",
    "cut",
    "fold",
    "grams",
    "initials",
    "is_dense",
    "pairs",
    "runs",
    "sounded",
    "sounds",
    "units",
    "words",
]
