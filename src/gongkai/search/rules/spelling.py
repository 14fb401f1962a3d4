"""What somebody may have meant: words of titles that sound like, or look like, what was typed."""

from __future__ import annotations

from functools import cache
from operator import add

from rapidfuzz.distance import Levenshtein

from gongkai.search.rules.folding import fold
from gongkai.search.rules.query import Heard
from gongkai.search.rules.tokens import is_dense, sounded

SHORTEST, LONGEST = 2, 16  # signs of a word that is looked after
LONGEST_SOUND = 48
FEWEST_LETTERS = 3  # that are taken for first letters; two are those of everything
_LETTERS = 6  # of the longest syllable


@cache
def _syllables() -> frozenset[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - slow to load: of the programs of the house, few search

    signs = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    return frozenset(sound for sound in lazy_pinyin(list(signs), style=Style.NORMAL) if sound.isascii())


def sounds_of(word: str) -> tuple[str, ...]:
    """The syllables of a word, written in characters or in letters; none where it is neither."""
    if is_dense(word):
        return tuple(sound for _sign, sound in sounded(word))
    if word.isascii() and word.isalpha() and len(word) <= LONGEST_SOUND:
        return _spelt(word.lower())
    return ()


def initials_of(word: str) -> tuple[str, ...]:
    """The letters of a word in pairs, where each may be the first of a syllable and they are no syllables together."""
    letters = word.lower()
    if not FEWEST_LETTERS <= len(letters) <= LONGEST or sounds_of(word) or not set(letters) <= _first_letters():
        return ()
    return tuple(map(add, letters, letters[1:]))


def heard_in(word: str) -> Heard:
    """What names are looked for by, when this word finds nothing."""
    return Heard(sounds_of(word), initials_of(word), () if word.isascii() else tuple(word))


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(sound[0] for sound in _syllables())


def _spelt(letters: str) -> tuple[str, ...]:
    """Letters cut into the fewest syllables; none where they are no syllables."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        ways = [
            (*before, letters[start:end])
            for start in range(max(0, end - _LETTERS), end)
            if (before := best[start]) is not None and letters[start:end] in _syllables()
        ]
        best.append(min(ways, key=len) if ways else None)
    found = best[-1] or ()
    return found if len(found) >= SHORTEST else ()


def meant(word: str, title: str) -> str:
    """The piece of a title that sounds like the word, begins with its letters, or has one sign another; or nothing."""
    known = sounded(fold(title))
    wanted = sounds_of(word)
    letters = word.lower() if initials_of(word) else ""
    size = len(wanted) or len(word)
    best, least = "", 3
    for start in range(len(known) - size + 1):
        window = known[start : start + size]
        if any(not sign for sign, _sound in window):
            continue
        text = "".join(sign for sign, _sound in window)
        alike = _sounds_so(window, wanted) or (letters and "".join(sound[0] for _sign, sound in window) == letters)
        distance = 0 if alike else _apart(word, text)
        if text != word and distance < least:
            best, least = text, distance
    return best if least <= 1 else ""


def _sounds_so(window: list[tuple[str, str]], wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and tuple(sound for _sign, sound in window) == wanted


def _apart(word: str, text: str) -> int:
    """How many signs differ; two for a word of six signs or more count as one."""
    if not is_dense(word) or len(word) < 3:
        return 9
    found = Levenshtein.distance(word, text, score_cutoff=2)
    return 1 if found == 2 and len(word) >= 6 else found
