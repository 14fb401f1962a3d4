"""Pages kept as data: the content files beside this module, read once and checked by a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from gongkai.kernel.written import from_yaml
from gongkai.portal.law import fill_all, problems
from gongkai.statutes import MalformedLaw
from gongkai.ui.meta import Article
from gongkai.ui.prose import plain

FOLDER = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Section:
    """One headed part of a page."""

    id: str
    title: str
    blocks: tuple[dict[str, Any], ...]

    def words(self) -> Iterator[str]:
        """Every piece of text of the section, without link targets."""
        for block in self.blocks:
            yield from _words(block)


@dataclass(frozen=True)
class Document:
    """A page of text with what must be said about it."""

    title: str
    lede: str
    published: datetime
    source: str
    keywords: str
    description: str
    sections: tuple[Section, ...]

    @property
    def article(self) -> Article:
        return Article(self.title, self.published, self.source, self.keywords, self.description)


@dataclass(frozen=True)
class Item:
    """法定主动公开内容的一项：one class of information that the law tells organs to publish."""

    id: str
    article: str
    number: str
    name: str
    name_en: str
    scope: str
    organs: tuple[str, ...]
    everyone: bool = False
    entries: tuple[tuple[str, str, str], ...] = ()

    @property
    def ordinal(self) -> str:
        """The number in figures, for pages in English."""
        return self.id.partition("-")[2]


@dataclass(frozen=True)
class Contents:
    """All items, and the day on which they were last checked."""

    published: datetime
    checked_on: date
    source: str
    items: tuple[Item, ...]

    def of_article(self, article: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.article == article)

    def of_organ(self, code: str) -> tuple[Item, ...]:
        """What this organ has to publish: its own items, and those of every organ."""
        return tuple(item for item in self.items if item.everyone or code in item.organs)

    def by_id(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


@lru_cache
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = from_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def document(name: str, day: date | None = None) -> Document:
    """The page in the file of this name, with the law as it stands on a day: today, when none is given."""
    content = fill_all(_read(name), day or localdate(), english=name.endswith(".en"))
    content["sections"] = tuple(Section(row["id"], row["title"], tuple(row["blocks"])) for row in content["sections"])
    return Document(**content)


def check(day: date | None = None) -> None:
    """Refuse placeholders that stand for nothing; called when the program starts."""
    if found := list(problems(FOLDER, day or localdate())):
        raise MalformedLaw(found)


@lru_cache
def contents() -> Contents:
    """The items of articles 20 and 21."""
    content = dict(_read("contents"))
    content["items"] = tuple(
        Item(
            **{
                **row,
                "organs": tuple(row.get("organs", ())),
                "entries": tuple(tuple(entry) for entry in row.get("entries", ())),
            }
        )
        for row in content["items"]
    )
    return Contents(**content)


@lru_cache
def figures() -> dict[str, int]:
    """The numbers on the home page by their key, from the report of the year under `year`."""
    content = _read("home")
    return {"year": content["figures_year"]} | {row["key"]: row["value"] for row in content["figures"]}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
    else:
        yield plain(value)
