"""2025年第2期第3号: how an issue and an article are cited, and how such words are read. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HAN = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = r"(?:\d{1,4}|[〇零一二两三四五六七八九十]{1,5})"
_WORDS = re.compile(
    rf"(?:公报)?(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}})年?(?:公报)?第?(?P<issue>{_NUMBER})期"
    rf"(?:第?(?P<article>{_NUMBER})[号篇])?"
)
_SHORT = re.compile(r"(?P<year>\d{4})[-—–/](?P<issue>\d{1,2})(?:[-—–/:#](?P<article>\d{1,3}))?")


@dataclass(frozen=True)
class Citation:
    """An issue of a year; with `article`, one article of it."""

    year: int
    issue: int
    article: int | None = None

    @property
    def text(self) -> str:
        """As it is printed."""
        article = f"第{self.article}号" if self.article else ""
        return f"{self.year}年第{self.issue}期{article}"

    @property
    def slug(self) -> str:
        """As the address of the issue has it: 2025-2."""
        return f"{self.year}-{self.issue}"


def parse(text: str) -> Citation | None:
    """The citation that a whole text is, in figures or Chinese numerals, with or without 《》 and 公报; None when it is none."""
    whole = "".join(unicodedata.normalize("NFKC", text).split()).strip('《》“”"。,，')
    whole = (
        whole.removeprefix("上海市")
        .removeprefix("虹口区")
        .removeprefix("人民政府")
        .removeprefix("政府")
        .replace("》", "")
    )
    match = _WORDS.fullmatch(whole)
    if match is None and (match := _SHORT.fullmatch(whole)) is None:
        return None
    year, issue = _value(match["year"]), _value(match["issue"])
    article = _value(match["article"]) if match["article"] else None
    if not issue or article == 0:
        return None
    return Citation(year, issue, article)


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int("".join(str(_HAN[char]) for char in text))
    tens, _ten, ones = text.partition("十")
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
