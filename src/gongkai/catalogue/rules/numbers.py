"""发文字号 and 索引号: read in any spelling, written in one. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1949, 2100
_OPEN, _CLOSE = r"[\[\(〔［（【〈<『「{]", r"[\]\)〕］）】〉>』」}]"
_NUMBER = re.compile(rf"(?P<word>[一-龥A-Za-z]{{0,20}}){_OPEN}(?P<year>\d{{4}})年?{_CLOSE}第?(?P<serial>\d{{1,6}})号?")
_SHORT = re.compile(r"(?P<word>[一-龥A-Za-z]{0,20}?)(?P<year>\d{4})[-—–－](?P<serial>\d{1,6})号?")
_ORDER = re.compile(r"(?P<word>[一-龥]{2,20}令)第?(?P<serial>\d{1,5})号?")
# The variants seen on government sites: agency code or pinyin code, then year or month, then a row of digits.
_INDEX = re.compile(r"(?P<organ>[0-9A-Za-z][0-9A-Za-z-]*|)/(?P<period>\d{4}|\d{6})-(?P<serial>\d{3,7})")
_DASHED = re.compile(r"(?P<organ>[0-9A-Za-z]{2,20}(?:-[0-9A-Za-z]{1,8})*)-(?P<period>\d{4})-(?P<serial>\d{3,7})")


@dataclass(frozen=True)
class DocumentNumber:
    """虹府规〔2023〕4号: the word of the organ, the year, the serial. A search may give no word."""

    word: str
    year: int | None
    serial: int

    @property
    def text(self) -> str:
        """As official papers write it: six-cornered brackets, no 第, no leading noughts."""
        if self.year is None:
            return f"{self.word}第{self.serial}号"
        return f"{self.word}〔{self.year}〕{self.serial}号"

    @property
    def key(self) -> str:
        """One spelling to compare by."""
        return f"{self.word.lower()}{self.year or ''}-{self.serial}"


def plain(text: str) -> str:
    """Full-width figures and letters as half-width ones, and no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def parse(text: str) -> DocumentNumber | None:
    """The document number that a whole text is, in any spelling; None when it is none.

    Read are 虹府规〔2023〕4号, 虹府规[2023]4号, 虹府规（2023）第04号, 虹府规 2023-4, 〔2023〕4号, 2023-4, 市政府令第17号.
    """
    whole = plain(text)
    for pattern in (_NUMBER, _SHORT):
        if match := pattern.fullmatch(whole):
            year = int(match["year"])
            if FIRST_YEAR <= year <= LAST_YEAR and int(match["serial"]):
                return DocumentNumber(match["word"], year, int(match["serial"]))
            return None
    if match := _ORDER.fullmatch(whole):
        return DocumentNumber(match["word"], None, int(match["serial"])) if int(match["serial"]) else None
    return None


def fault(text: str) -> str:
    """Why a text is no document number that a paper may bear, in a sentence; empty when it is one."""
    number = parse(text)
    if number is None:
        return f"发文字号“{text}”读不懂。请写成“虹府规〔2023〕4号”的样子：机关代字、六角括号中的四位年份、序号。"
    if not number.word:
        return f"发文字号“{text}”缺少机关代字。请补上，例如“虹府规〔2023〕4号”。"
    return ""


def comparable(text: str) -> str:
    """By what two document numbers are one; what cannot be read is compared as it stands."""
    number = parse(text)
    return number.key if number else plain(text).lower()


@dataclass(frozen=True)
class IndexNumber:
    """索引号: who, year (or month), serial."""

    organ: str
    period: str
    serial: int
    text: str

    @property
    def year(self) -> int:
        """The year of it."""
        return int(self.period[:4])


def parse_index(text: str) -> IndexNumber | None:
    """An index number in the scheme or in one of the variants of other sites; None when it is none."""
    whole = plain(text)
    match = _INDEX.fullmatch(whole) or _DASHED.fullmatch(whole)
    if match is None or len(whole) > 60:
        return None
    if not FIRST_YEAR <= int(match["period"][:4]) <= LAST_YEAR:
        return None
    return IndexNumber(match["organ"], match["period"], int(match["serial"]), whole)


def index_number(organ: str, year: int, serial: int) -> str:
    """The number in this house's scheme: district-office/2023-00004."""
    return f"{organ}/{year}-{serial:05}"


def slug_of(index: str) -> str:
    """How an index number stands in an address."""
    return re.sub(r"[^0-9A-Za-z]+", "-", plain(index)).strip("-").lower()
