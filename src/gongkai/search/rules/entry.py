"""One thing that can be found, and who may find it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.accounts.rules.standing import Standing
from gongkai.search.enums import Fault, Validity

PUBLIC = "public"
ENDED = (Validity.REPEALED.value, Validity.LAPSED.value)
REQUIRED = ("id", "kind", "title", "url")
LONGEST_ID, LONGEST_CODE = 120, 60  # signs; of what results are narrowed by no more is looked at either
_LONGEST = {"id": LONGEST_ID} | dict.fromkeys(("kind", "organ", "theme", "level", "validity", "language"), LONGEST_CODE)
_TUPLES = {"keywords", "attachments", "scope"}
_HALF = re.compile("[\ud800-\udfff]")  # of a sign, which is none by itself
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NotAnEntry(ValueError):
    """What was given is no entry: what is wrong, with which field, and where in the line."""

    def __init__(self, fault: Fault, field: str = "", *, place: int = 0) -> None:
        super().__init__(f"{fault}: {field}" if field else fault)
        self.fault, self.field, self.place = fault, field, place

    @property
    def most(self) -> int:
        return _LONGEST.get(self.field, 0)


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
    def holds(self) -> bool:
        """Whether it was neither repealed nor has lapsed."""
        return self.validity not in ENDED

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


def digest_of(entry: Entry) -> str:
    """What tells two states of an entry apart."""
    told = json.dumps(entry.plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_entry(told: Mapping[str, Any]) -> Entry:
    """An entry from its documented form; `NotAnEntry` says what is wrong. What is null is absent."""
    known = {field.name for field in fields(Entry)}
    if unknown := sorted(set(told) - known):
        raise NotAnEntry(Fault.UNKNOWN, unknown[0][:LONGEST_CODE])
    for name in REQUIRED:
        if not isinstance(told.get(name), str) or not (told[name].strip() or name == "url"):
            raise NotAnEntry(Fault.MISSING, name)
    return Entry(**{name: _value(name, value) for name, value in told.items() if value is not None})


def restored(told: Mapping[str, Any]) -> Entry:
    """An entry as an index kept it."""
    values: dict[str, Any] = {name: tuple(value) if name in _TUPLES else value for name, value in told.items()}
    return Entry(**values)


def _value(name: str, value: Any) -> Any:
    if name in _TUPLES:
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
            raise NotAnEntry(Fault.NO_LIST, name)
        return tuple(_text(name, part) for part in value)
    if name == "weight":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 100:
            raise NotAnEntry(Fault.NO_WEIGHT, name)
        return float(value)
    if not isinstance(value, str):
        raise NotAnEntry(Fault.NO_TEXT, name)
    if name == "date" and value and not _is_day(value):
        raise NotAnEntry(Fault.NO_DAY, name)
    return _text(name, value)


def _text(name: str, value: str) -> str:
    if len(value) > _LONGEST.get(name, len(value)):
        raise NotAnEntry(Fault.TOO_LONG, name)
    if _HALF.search(value):
        raise NotAnEntry(Fault.NO_SIGNS, name)
    return value


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def scopes_of(standing: Standing | None) -> tuple[str, ...]:
    """What somebody may find: the one place that decides it. Of nobody who is signed in, what is public."""
    organs = sorted(standing.organs) if standing is not None else []
    return (PUBLIC, *(f"organ:{code}" for code in organs))
