"""What is declared, not coded: kinds with their fields and gates, themes, genres, feature tags. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml

FOLDER = Path(__file__).resolve().parent.parent / "data"
TYPES = {"text", "long", "date", "number", "choice"}
GATES = {"legality", "interpretation"}
VALIDITIES = {"none", "plain", "term"}
TARGETS = {"", "documents", "absent"}
_ITEM = re.compile(r"2[01]-\d{1,2}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYS = {"label", "item", "validity", "gates", "fields", "target", "service"}


@dataclass(frozen=True)
class Field:
    """A column of one kind beside those that all have."""

    name: str
    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Kind:
    """信息类别：where it counts under the Regulations, what it asks for, which gates it passes, whether it has validity."""

    code: str
    label: str
    item: str
    validity: str = "none"
    gates: frozenset[str] = frozenset()
    fields: tuple[Field, ...] = ()
    target: str = ""
    service: bool = False

    @property
    def has_validity(self) -> bool:
        """Whether it may be in force, amended, repealed, lapsed."""
        return self.validity != "none"


class Malformed(Exception):
    """A file of declared data that cannot be used; the text lists every problem."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code, in the order of the file."""
    return {code: _kind(code, row) for code, row in _read("kinds").items()}


@cache
def themes() -> Mapping[str, str]:
    """主题分类 by code."""
    return _labels("themes")


@cache
def genres() -> Mapping[str, str]:
    """体裁 by code."""
    return _labels("genres")


@cache
def features() -> Mapping[str, str]:
    """特色标签 by code."""
    return _labels("features")


def kinds_of(item: str) -> tuple[str, ...]:
    """The codes of the kinds that count under one entry of the disclosed contents, such as `20-1`."""
    return tuple(kind.code for kind in kinds().values() if kind.item == item)


def faults(tables: Mapping[str, Mapping[str, Any]] | None = None) -> list[str]:
    """What is wrong with the declared data, in sentences; empty when it can be used."""
    whole = tables or {name: _read(name) for name in ("kinds", "themes", "genres", "features")}
    found = [
        f"{name}.yaml: {code} has no label, or is no code"
        for name, table in whole.items()
        for code, row in table.items()
        if not _NAME.fullmatch(str(code)) or not (row.get("label") if isinstance(row, Mapping) else row)
    ]
    for code, row in whole["kinds"].items():
        found += [f"kinds.yaml: {code}: {fault}" for fault in _faults_of(row)]
    return found


def _faults_of(row: Any) -> list[str]:
    if not isinstance(row, Mapping):
        return ["is no table"]
    found = [f"does not know {name}" for name in sorted(set(row) - _KEYS)]
    found += [] if _ITEM.fullmatch(str(row.get("item", ""))) else ["names no item of article 20 or 21"]
    found += [] if row.get("validity", "none") in VALIDITIES else ["its validity is none, plain or term"]
    found += [] if row.get("target", "") in TARGETS else ["its target is documents or absent"]
    found += [] if isinstance(row.get("service", False), bool) else ["its service is true or false"]
    found += [f"no gate {gate}" for gate in sorted(set(row.get("gates", ())) - GATES)]
    names = [field.get("name") for field in row.get("fields", ())]
    found += [f"field {name} stands twice" for name in sorted({name for name in names if names.count(name) > 1})]
    for field in row.get("fields", ()):
        if not _NAME.fullmatch(str(field.get("name", ""))) or not field.get("label"):
            found.append(f"field {field.get('name')} has no label, or is no name")
        if field.get("type") not in TYPES:
            found.append(f"field {field.get('name')} is of no type")
        if bool(field.get("choices")) != (field.get("type") == "choice"):
            found.append(f"field {field.get('name')}: choices go with the type choice")
    return found


def _kind(code: str, row: Mapping[str, Any]) -> Kind:
    fields = tuple(Field(**{**field, "choices": tuple(field.get("choices", ()))}) for field in row.get("fields", ()))
    gates, validity = frozenset(row.get("gates", ())), str(row.get("validity", "none"))
    target, service = str(row.get("target", "")), bool(row.get("service", False))
    return Kind(code, row["label"], str(row["item"]), validity, gates, fields, target, service)


def _labels(name: str) -> Mapping[str, str]:
    return {str(code): str(label) for code, label in _read(name).items()}


def _read(name: str) -> Mapping[str, Any]:
    found = from_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise Malformed(f"{name}.yaml is no table")
    return found
