"""One spelling for what can be written in many: full-width and foreign digits, dashes, blanks that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_EMPTY_LINE = re.compile(r"\n[ \n]*\n")
_DASHES = frozenset("‐‑‒–—―−﹣－－﹘⁃")
_DOTS = frozenset("·•・‧∙⋅")


@dataclass(frozen=True)
class Normal:
    """A text in one spelling; `origin[i]` is the place in the original of its character `i`."""

    text: str
    origin: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The places in the original of a stretch."""
        return self.origin[start], self.origin[end - 1] + 1


def normal(text: str) -> Normal:
    """The text with each character in its plain form; what has no width is gone, line ends and blanks are kept."""
    if text.isascii() and "\r" not in text and "\t" not in text:
        return Normal(text, range(len(text)))
    kept: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for plain in _plain(char):
            kept.append(plain)
            origin.append(place)
    return Normal("".join(kept), origin)


def tight(whole: Normal) -> Normal:
    """The same without blanks and single line ends, for what is written in Chinese characters.

    An empty line stays as a line end, which keeps apart what stands in different cells or parts.
    """
    apart = {match.start() for match in _EMPTY_LINE.finditer(whole.text)}
    kept = [place for place, char in enumerate(whole.text) if not char.isspace() or place in apart]
    return Normal("".join(whole.text[place] for place in kept), [whole.origin[place] for place in kept])


@lru_cache(maxsize=1 << 14)
def _plain(char: str) -> str:
    if char in {"\n", "\u2028", "\u2029", "\v", "\f"}:
        return "\n"
    if char in _DASHES:
        return "-"
    if char in _DOTS:
        return "·"
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if category in {"Cc", "Cf"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
        return "^"  # the mark of a footnote is no further digit
    return unicodedata.normalize("NFKC", char)
