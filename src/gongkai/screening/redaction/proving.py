"""The proof: what was taken away is not in the new file, neither as text nor in its bytes, and no leftovers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import StreamObject

from gongkai.screening.inspection.letters import letters_of

_TELLING = 4  # characters; fewer may stand anywhere by chance
_TELLING_ASCII = 9  # the same of plain digits and letters, which the operators of a page are written in
_NUMBER = re.compile(r"[A-Za-z0-9@._-]{6,}")
_DOCUMENT = ("/Names", "/OpenAction", "/AA", "/AcroForm", "/Metadata", "/Outlines", "/OCProperties", "/StructTreeRoot")
_PAGE = ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/Thumb")


@dataclass(frozen=True)
class Promise:
    """Of one burnt page: the letters that may be in it, and the words that were taken away."""

    kept: str
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What is wrong with the new file, if anything; and the pages that still say words taken away elsewhere."""

    broken: tuple[str, ...]
    elsewhere: tuple[int, ...]


def prove(target: Path, promises: Mapping[int, Promise]) -> Proof:
    """Look into the new file with fresh eyes; pages counted from 0."""
    texts = _texts(target)
    broken = []
    for number, promise in promises.items():
        extra = Counter(texts[number]) - Counter(_bare(promise.kept))
        if extra:
            broken.append(f"page {number + 1} yields what it should not: {len(extra)}")
    removed = {_bare(word) for promise in promises.values() for word in promise.removed}
    telling = {word for word in removed if len(word) >= (_TELLING_ASCII if word.isascii() else _TELLING)}
    named = telling | {number for word in removed for number in _NUMBER.findall(word)}
    may_stay = {word for word in telling if any(word in _bare(promise.kept) for promise in promises.values())}
    others = {number: text for number, text in enumerate(texts) if number not in promises}
    elsewhere = {number + 1 for number, text in others.items() if any(word in text for word in named)}
    still = {word for word in telling if any(word in text for text in others.values())} | may_stay
    broken += [
        f"{len(word)} characters still stand in the bytes" for word in telling - still if _in_bytes(target, word)
    ]
    return Proof((*broken, *_leftovers(target)), tuple(sorted(elsewhere)))


def _texts(target: Path) -> list[str]:
    document = pypdfium2.PdfDocument(target)
    texts = []
    for number in range(len(document)):
        page = document[number]
        texts.append("".join(letter.char for letter in letters_of(page).letters if letter is not None))
        page.close()
    document.close()
    return texts


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _in_bytes(target: Path, word: str) -> bool:
    spellings = _spellings(word)
    return any(spelling in data for data in _streams(target) for spelling in spellings)


def _spellings(word: str) -> set[bytes]:
    plain = {word.encode("utf-8"), word.encode("utf-16-be"), word.encode("utf-16-le"), word.encode("gb18030")}
    as_hex = {spelling.hex().encode("ascii") for spelling in plain}
    return plain | as_hex | {spelling.upper() for spelling in as_hex}


def _streams(target: Path) -> Iterator[bytes]:
    """The file as it is, and everything packed in it but pictures."""
    yield target.read_bytes()
    reader = PdfReader(target)
    size: Any = reader.trailer["/Size"]
    for number in range(1, int(size)):
        item = reader.get_object(number)
        if isinstance(item, StreamObject) and item.get("/Subtype") != "/Image":
            yield item.get_data()
        elif item is not None:
            yield repr(item).encode("utf-8", "replace")


def _leftovers(target: Path) -> Iterator[str]:
    reader = PdfReader(target)
    if target.read_bytes().count(b"startxref") != 1:
        yield "an earlier version is left"
    if "/Info" in reader.trailer:
        yield "properties are left"
    yield from (f"{key} is left" for key in _DOCUMENT if key in reader.root_object)
    for page in reader.pages:
        yield from (f"{key} of a page is left" for key in _PAGE if key in page)
