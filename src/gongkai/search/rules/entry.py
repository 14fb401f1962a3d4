"""One thing that can be found, and who may find it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.accounts.rules.standing import Standing

PUBLIC = "public"
_TUPLES = {"keywords", "attachments", "scope"}


class NotAnEntry(ValueError):
    """What was given is no entry; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found; `id` is its source's name and its key there, with a colon between."""

    id: str
    kind: str
    title: str
    url: str
    document_number: str = ""
    index_number: str = ""
    organ: str = ""
    organ_name: str = ""
    theme: str = ""
    level: str = ""
    validity: str = ""
    language: str = "zh-hans"
    date: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    attachments: tuple[str, ...] = ()
    scope: tuple[str, ...] = (PUBLIC,)
    weight: float = 1.0

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


def digest_of(entry: Entry) -> str:
    """What tells two states of an entry apart."""
    told = json.dumps(entry.plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_entry(told: Mapping[str, Any]) -> Entry:
    """An entry from its documented form; `NotAnEntry` says what is wrong."""
    known = {field.name for field in fields(Entry)}
    if unknown := sorted(set(told) - known):
        raise NotAnEntry(f"unknown field {unknown[0]!r}")
    if missing := [name for name in ("id", "kind", "title", "url") if not isinstance(told.get(name), str)]:
        raise NotAnEntry(f"{missing[0]!r} is missing or no text")
    values: dict[str, Any] = {}
    for name, value in told.items():
        values[name] = _value(name, value)
    if values.get("date"):
        try:
            date.fromisoformat(values["date"])
        except ValueError as error:
            raise NotAnEntry("'date' is no day like 2023-05-08") from error
    return Entry(**values)


def _value(name: str, value: Any) -> Any:
    if name in _TUPLES:
        if isinstance(value, str) or not all(isinstance(part, str) for part in value or ()):
            raise NotAnEntry(f"{name!r} is no list of texts")
        return tuple(value or ())
    if name == "weight":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 100:
            raise NotAnEntry("'weight' is no number above 0, up to 100")
        return float(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotAnEntry(f"{name!r} is no text")
    return value


def scopes_of(standing: Standing | None) -> tuple[str, ...]:
    """What somebody may find: the one place that decides it. Of nobody who is signed in, what is public."""
    organs = sorted(standing.organs) if standing is not None else []
    return (PUBLIC, *(f"organ:{code}" for code in organs))
