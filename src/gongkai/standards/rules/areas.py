"""领域：the areas in which catalogues are made, as declared data; a new one is a row of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.kernel.written import from_yaml

FILE = Path(__file__).parents[1] / "data" / "areas.yaml"


@dataclass(frozen=True)
class Area:
    """An area: its code, its names, and from which year on it was added to the first twenty-six."""

    code: str
    label: str
    label_en: str
    since: int | None = None


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its code, in the order of the file."""
    rows = from_yaml(FILE.read_text("utf-8"))
    return {code: Area(code, row["label"], row["label_en"], row.get("since")) for code, row in rows.items()}


def named(text: str) -> Area | None:
    """The area by its code or its name."""
    return next((one for one in areas().values() if text in {one.code, one.label}), None)
