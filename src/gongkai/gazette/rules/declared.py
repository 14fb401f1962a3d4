"""The declaration in `data/gazette.yaml`: what the gazette is called, what it takes, how often it appears. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.kernel.written import from_yaml

DATA = Path(__file__).parent.parent / "data" / "gazette.yaml"


@dataclass(frozen=True)
class Column:
    """One column of the contents, and what it takes."""

    code: str
    label: str
    kinds: frozenset[str]
    organs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Declared:
    """The whole declaration."""

    name: str
    publisher: str
    compiler: str
    issues_a_year: int
    columns: tuple[Column, ...]
    refused_levels: Mapping[str, str]
    refused_languages: frozenset[str]
    advertising: tuple[str, ...]

    def label(self, code: str) -> str:
        """What a column is called."""
        return next((column.label for column in self.columns if column.code == code), code)

    def order(self, code: str) -> int:
        """Where a column stands in the contents."""
        return next((at for at, column in enumerate(self.columns) if column.code == code), len(self.columns))


@cache
def declared() -> Declared:
    """As `data/gazette.yaml` says."""
    told = from_yaml(DATA.read_text(encoding="utf-8"))
    columns = tuple(
        Column(row["code"], row["label"], frozenset(row["kinds"]), frozenset(row.get("organs", ())))
        for row in told["columns"]
    )
    return Declared(
        name=told["name"],
        publisher=told["publisher"],
        compiler=told["compiler"],
        issues_a_year=told["issues_a_year"],
        columns=columns,
        refused_levels=told["refused_levels"],
        refused_languages=frozenset(told["refused_languages"]),
        advertising=tuple(told["advertising"]),
    )


@dataclass(frozen=True)
class Admission:
    """The column that a document goes into; or why it goes into none."""

    column: str
    why: str = ""


def admission(*, kind: str, organ: str, level: str, language: str, title: str) -> Admission:
    """Where the positive list puts a document."""
    told = declared()
    if level in told.refused_levels:
        return Admission("", f"{told.refused_levels[level]}，本级公报不登。")
    if language in told.refused_languages:
        return Admission("", "译本不是正式文本，公报只登中文原文。")
    if words := [word for word in told.advertising if word in title]:
        return Admission("", f"标题中有“{words[0]}”，公报不登广告。")
    for column in told.columns:
        if kind in column.kinds and (not column.organs or organ in column.organs):
            return Admission(column.code)
    return Admission("", "不在正向清单之内。")
