"""One shape for every spelling: width, case, and traditional characters, sign for sign, so that places stay."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
_PLAIN_END = 0x10000


@cache
def _table() -> dict[int, str]:
    """Each sign that has another shape, with that shape; one sign for one sign."""
    table: dict[int, str] = {}
    for code in range(0x80, _PLAIN_END):
        if 0xD800 <= code < 0xE000:
            continue
        sign = chr(code)
        shape = unicodedata.normalize("NFKC", sign)
        shape = _simple().get(ord(shape), shape.lower()) if len(shape) == 1 else sign.lower()
        if len(shape) == 1 and shape != sign and not shape.isspace():
            table[code] = shape
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: " " for code in range(0x20) if chr(code) not in "\n\t\r"} | {0x3000: " ", 0xA0: " ", 0x7F: " "}
    return table | _simple()


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


@cache
def _simple() -> dict[int, str]:
    """Each character that only traditional writing has, with the one of simplified writing."""
    signs = [chr(code) for first, end in _HAN for code in range(first, end) if not _in_simplified(chr(code))]
    shapes = _converter().convert("\n".join(signs)).split("\n")
    return {ord(sign): shape for sign, shape in zip(signs, shapes, strict=True) if len(shape) == 1 and shape != sign}


def _in_simplified(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _traditional() -> frozenset[str]:
    """What shows that a text is written so: characters of traditional writing, those it shares with ours too."""
    return frozenset(map(chr, _simple())) | frozenset("乾後徵於著菸夥")


def fold(text: str) -> str:
    """The text in one shape, as long as it was: full width is half, capitals small, traditional simplified.

    Where a text has traditional characters, those that both ways of writing share (著) go by the words around them.
    """
    if not text.isascii() and not _traditional().isdisjoint(text):
        simple = str(_converter().convert(text))
        text = simple if len(simple) == len(text) else text
    return text.translate(_table())


_NO_WORD = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """The folded text without punctuation and blanks: two spellings of one title are equal so."""
    return _NO_WORD.sub("", fold(text))
