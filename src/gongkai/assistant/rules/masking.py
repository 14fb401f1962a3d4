"""Personal data in a text gives way to placeholders before it leaves, and is put back when the answer comes. Pure.

Hidden are the words known of the case, in every spelling (width, case, blanks and marks do not count), what `screening`
finds (numbers, addresses, mail), and names that a title or a word before them tells. A placeholder holds a keyed digest of
what it stands for: nobody can make one up, and the same case always has the same. Other persons' names are not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.screening.rules import personal
from gongkai.screening.rules.known import SURNAMES
from gongkai.screening.rules.normal import normal

Tag = Callable[[str], str]  # eight hexadecimal digits for a value, by a key of the house
Piece = tuple[int, int, str]  # from, to, what it is
KNOWN, NAME = "当事人信息", "姓名"
PLACEHOLDER = re.compile(r"【[^【】]{1,20}·[0-9a-f]{8}】")
_LEAST = 2  # characters of a word that is looked for
_APART = re.compile(r"[\s，,、;；:：/|]+")
_WORD = re.compile(r"[^\W\d_a-zA-Z]+|[A-Za-z0-9@._+\-]+")
_LONG = re.compile(r"[A-Za-z0-9@._+\-]{5,}")
_GENERIC = re.compile(
    r"^(?:联系人|联系电话|联系地址|联系方式|电话|手机号码|手机号|手机|座机|电子邮箱|邮箱|邮件|地址|住址|传真|微信|姓名"
    r"|法定代表人|负责人|经办人|先生|女士)+"
)
_PLACE = re.compile(r"省|市|区|县|镇|乡|街道")
_SHORTEST_PLACE = 4
_TOLD = re.compile(
    rf"(?:姓名|联系人|户主|业主|当事人|法定代表人|我叫|本人)[：:为是叫 　]{{1,3}}(?P<told>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    rf"|(?P<titled>[{SURNAMES}][\u4e00-\u9fff]{{0,2}})(?=先生|女士|同志)"
)


@dataclass(frozen=True)
class Masked:
    """A text as it may leave, and what each placeholder stands for."""

    text: str
    back: Mapping[str, str]


def mask(text: str, *, known: Sequence[str], tag: Tag) -> Masked:
    """Hide every piece of personal data; `known` are names, numbers and addresses of those in the case."""
    words = sorted({word for value in known for word in _words(value)}, key=len, reverse=True)
    back: dict[str, str] = {}
    return Masked(_hidden(text, words, tag, back), back)


def put_back(text: str, back: Mapping[str, str]) -> str:
    """The answer with every placeholder of this case filled; any other stays as it stands."""
    return PLACEHOLDER.sub(lambda found: back.get(found[0], found[0]), text)


def squeezed(text: str) -> str:
    """The letters and figures of a text alone, in one width and case: as words are compared."""
    return "".join(sign for sign, _place in _signs(text))


def _hidden(text: str, words: Sequence[str], tag: Tag, back: dict[str, str]) -> str:
    """What lies between two placeholders is looked through again: the finder tells of one thing for each place."""
    pieces = _merged([*_known(text, words), *_found(text), *_named(text)])
    parts, place = [], 0
    for start, end, what in pieces:
        parts += [_hidden(text[place:start], words, tag, back), _holder(text[start:end], what, tag, back)]
        place = end
    return "".join(parts) + _hidden(text[place:], words, tag, back) if pieces else text


def _holder(value: str, what: str, tag: Tag, back: dict[str, str]) -> str:
    holder = f"【{what}·{tag(squeezed(value) or value)}】"
    back.setdefault(holder, value)
    return holder


def _words(value: str) -> Iterator[str]:
    """What to look for of one value: the whole, its words without what they are called, an address from each part on."""
    for piece in (value, *(_GENERIC.sub("", piece) for piece in (value, *_pieces(value)))):
        ends = [piece[match.end() :] for match in _PLACE.finditer(piece)]
        for word in (piece, *(end for end in ends if len(end) >= _SHORTEST_PLACE)):
            yield from (plain for plain in (squeezed(word), personal.comparable(word)) if len(plain) >= _LEAST)


def _pieces(value: str) -> Iterator[str]:
    """The words of a value; a figure alone must be long to be somebody's."""
    for chunk in _APART.split(value):
        inside = _WORD.findall(chunk) if _LONG.search(chunk) else [chunk]
        yield from (word for word in inside if not word.isascii() or _LONG.search(word) or word.isalpha())


def _known(text: str, words: Sequence[str]) -> Iterator[Piece]:
    signs = list(_signs(text))
    plain = "".join(sign for sign, _place in signs)
    for word in words:
        at = plain.find(word)
        while at >= 0:
            yield signs[at][1], signs[at + len(word) - 1][1] + 1, KNOWN
            at = plain.find(word, at + 1)


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """Each letter and figure in its plain form, with its place in the text."""
    whole = normal(text)
    for sign, place in zip(whole.text, whole.origin, strict=True):
        for plain in sign.lower():
            if plain.isalnum() or plain == "@":
                yield plain, place


def _found(text: str) -> Iterator[Piece]:
    for span in personal.find(text):
        yield span.start, span.end, span.kind.label


def _named(text: str) -> Iterator[Piece]:
    for match in _TOLD.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        yield start, end, NAME


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that overlap are one."""
    merged: list[Piece] = []
    for start, end, what in sorted(pieces, key=lambda piece: (piece[0], -piece[1])):
        if merged and start < merged[-1][1]:
            first, last, named = merged[-1]
            merged[-1] = (first, max(last, end), named)
        else:
            merged.append((start, end, what))
    return merged
