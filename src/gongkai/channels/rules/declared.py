"""What is declared, not coded: the channels with their law, the places that have a screen. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.channels.enums import Way
from gongkai.kernel.written import from_yaml
from gongkai.statutes import LawError, law

FOLDER = Path(__file__).resolve().parent.parent / "data"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Channel:
    """发布渠道：its name, how it is reached, and the article that names it."""

    code: str
    label: str
    way: Way
    cite: str

    @property
    def place(self) -> str:
        """The article alone, for a table."""
        return law().cite(self.cite).place

    @property
    def cited(self) -> str:
        """The article in words."""
        return law().cite(self.cite).text


@dataclass(frozen=True)
class Place:
    """A place with a public screen: what it is called and whose releases it shows; of every organ when none is named."""

    code: str
    label: str
    organs: tuple[str, ...] = ()


@cache
def channels() -> Mapping[str, Channel]:
    """Every channel by its code, in the order of the file."""
    return {code: Channel(code, row["label"], Way(row["way"]), row["cite"]) for code, row in _read("channels").items()}


@cache
def places() -> Mapping[str, Place]:
    """Every place with a screen by its code."""
    return {code: Place(code, row["label"], tuple(row.get("organs", ()))) for code, row in _read("screens").items()}


def pushed() -> Mapping[str, Channel]:
    """The channels that a receiver is set up for."""
    return {code: one for code, one in channels().items() if one.way is Way.PUSH}


def faults(channels: Mapping[str, Any] | None = None, screens: Mapping[str, Any] | None = None) -> list[str]:
    """What is wrong with the declared data, in sentences; empty when it can be used."""
    found = []
    for name, table in (
        ("channels", _read("channels") if channels is None else channels),
        ("screens", _read("screens") if screens is None else screens),
    ):
        for code, row in table.items():
            if not _CODE.fullmatch(str(code)) or not isinstance(row, Mapping) or not row.get("label"):
                found.append(f"{name}.yaml: {code} has no label, or is no code")
            elif name == "channels":
                found += [f"channels.yaml: {code} {fault}" for fault in _faults_of(row)]
    return found


def _faults_of(row: Mapping[str, Any]) -> list[str]:
    found = [] if row.get("way") in set(Way) else ["is reached by no way that is known"]
    try:
        law().cite(str(row.get("cite", "")))
    except (LawError, ValueError, KeyError) as error:
        found.append(f"cites what the law does not have: {error}")
    return found


def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = from_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
