"""Taking the dirt off a copied text without losing the place of any character.

Real copies of reports carry pinyin splinters in brackets, traditional characters, full-width digits, page
numbers and zero-width marks. Each step here either keeps the length of the text or drops characters, so a
``Mapped`` keeps every place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from gongkai.reports.reading.mapped import Mapped

_SAME_LENGTH = str.maketrans(
    {
        **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u0085": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\f": "\n",
        "\v": "\n",
        "﹪": "%",
        "％": "%",
        "﹣": "-",
        "−": "-",
        "－": "-",
        "–": "-",
        "—": "-",
        "─": "-",
        "〔": "[",
        "〕": "]",
        "﹝": "[",
        "﹞": "]",
        "【": "[",
        "】": "]",
        "〖": "[",
        "〗": "]",
        "﹙": "(",
        "﹚": ")",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
        "﹐": ",",
        "、": "、",
        "‧": "·",
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u0000-\u0008\u000e-\u001f]")
_MARKUP = re.compile(r"\*\*|&(?:nbsp|ensp|emsp|thinsp);|<br\s*/?>", re.IGNORECASE)
_SPLINTER = re.compile(r"(?<=[\u3400-\u9fff])((?:\([a-zA-ZüÜāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿê?\ufffd]{1,7}\))+)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAGE_MARKS = re.compile(
    r"(?:(?<=\n)|^)[ \t]*(?:"
    r"-{1,3}[ \t]*\d{1,3}[ \t]*-{1,3}"
    r"|第[ \t]*\d{1,3}[ \t]*页(?:[ \t,]*共[ \t]*\d{1,3}[ \t]*页)?"
    r"|\d{1,3}[ \t]*/[ \t]*\d{1,3}"
    r"|[Pp]age[ \t]*\d{1,3}(?:[ \t]*of[ \t]*\d{1,3})?"
    r")[ \t]*(?=\n|$)"
)
_INLINE_MARK = re.compile(r"(?<=[\u3400-\u9fff,。;])[ \t]*-{1,2} ?\d{1,3} ?-{1,2}[ \t]*(?=[\u3400-\u9fff,。;])")


def fold(text: Mapped) -> Mapped:
    """Half-width digits, letters and brackets, plain spaces; the length stays."""
    folded = text.text.replace("\r\n", " \n").replace("\r", "\n").translate(_SAME_LENGTH)
    return text.replaced(folded).drop(_INVISIBLE).drop(_MARKUP)


@cache
def _readings(han: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to load, needed for dirty copies only

    found: set[str] = set()
    for style in (Style.TONE, Style.NORMAL):
        found.update(pinyin(han, style=style, heteronym=True)[0])
    return frozenset(found)


def _is_reading(match: re.Match[str]) -> bool:
    """Whether each syllable is a reading of the character; a letter that an encoding lost fits any."""
    known = _readings(match.string[match.start() - 1])
    return all(_fits(s.lower(), known) for s in re.findall(r"\(([^()]+)\)", match.group()))


def _fits(syllable: str, known: frozenset[str]) -> bool:
    if syllable in known or _plain(syllable) in known:
        return True
    pattern = re.escape(syllable).replace(r"\?", ".").replace("\ufffd", ".")
    return pattern.count(".") < len(syllable) and any(re.fullmatch(pattern, reading) for reading in known)


def _plain(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable.lower())
    return "".join(c for c in letters if not unicodedata.combining(c))


def strip_splinters(text: Mapped) -> tuple[Mapped, int]:
    """Without pinyin splinters such as 據(jù), and how many there were.

    A bracket goes only when its syllable is a reading of the character before it; (pdf), (kg) and
    上海(shanghai) stay. A space left between two Han characters after a splinter goes too.
    """
    spans: list[tuple[int, int]] = []
    for match in _SPLINTER.finditer(text.text):
        if _is_reading(match):
            end = match.end()
            following = text.text[end : end + 2]
            if len(following) == 2 and following[0] == " " and _HAN.match(following[1]):
                end += 1
            spans.append((match.start(), end))
    return text.without(spans), len(spans)


@cache
def _converter(scheme: str) -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - slow to load, needed for traditional copies only

    return OpenCC(scheme)


def simplify(text: Mapped) -> tuple[Mapped, bool]:
    """In simplified characters, and whether the text was traditional.

    Converted only when at least one Han character in fifty changes: a simplified text stays as it is. A text that
    says 資訊 for 信息 has been put into the words of Taiwan, and is put back.
    """
    han = _HAN.findall(text.text)
    if not han:
        return text, False
    taiwan = text.text.count("資訊") > text.text.count("信息")
    converted = _convert(text.text, "tw2sp" if taiwan else "tw2s")
    changed = sum(1 for a, b in zip(text.text, converted, strict=True) if a != b)
    if changed * 50 < len(han):
        return text, False
    return text.replaced(converted), True


def _convert(text: str, scheme: str) -> str:
    """Converted, at the same length: where a whole does not keep its length, its lines and pieces are tried."""
    out = _converter(scheme).convert(text)
    if len(out) == len(text):
        return str(out)
    pieces = text.splitlines(keepends=True)
    if len(pieces) == 1:
        pieces = re.split(r"(?<=[,。;:、()])", text)
    if len(pieces) == 1:
        return str(_converter("t2s").convert(text)) if scheme != "t2s" else text
    return "".join(_convert(piece, scheme) for piece in pieces)


def drop_page_marks(text: Mapped) -> Mapped:
    """Without page numbers that stand alone on a line (- 3 -, 第3页, 3/9) or between dashes in a sentence."""
    return text.drop(_PAGE_MARKS).drop(_INLINE_MARK)


def clean(text: Mapped) -> tuple[Mapped, tuple[str, ...]]:
    """The text ready for reading, and the kinds of dirt found ("pinyin", "traditional")."""
    dirt: list[str] = []
    out, splinters = strip_splinters(fold(text))
    if splinters:
        dirt.append("pinyin")
    out, traditional = simplify(out)
    if traditional:
        dirt.append("traditional")
    return drop_page_marks(out), tuple(dirt)
