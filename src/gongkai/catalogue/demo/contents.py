"""The demo content as rows of the interchange form: written ones first, then those composed from patterns."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml

from .composing import compose

FOLDER = Path(__file__).parent
PATTERNS = FOLDER / "patterns.yaml"
# Of later themes, relations lead to earlier ones as well as the other way round: the order is only for reading.
WRITTEN = ("open_government", "economy", "finance", "urban", "people", "supervision")
Row = dict[str, Any]


def items() -> list[Row]:
    """Every row of the demo. A caller may change what it is given."""
    return [dict(row) for row in (*written(), *composed())]


@cache
def written() -> tuple[Row, ...]:
    """The rows written one by one, in the order of their files."""
    return tuple(_whole(row) for name in WRITTEN for row in _read(FOLDER / f"{name}.yaml"))


@cache
def composed() -> tuple[Row, ...]:
    """The rows composed from `patterns.yaml`: the same file gives the same rows."""
    return tuple(compose(_read(PATTERNS)))


def _whole(row: Row) -> Row:
    """A written row with what need not be repeated in each: it is published, and its days are text as in JSON."""
    days = {key: value.isoformat() for key, value in row.items() if isinstance(value, date)}
    return {"state": "published", **row, **days, "body": row["body"].strip()}


def _read(path: Path) -> Any:
    return from_yaml(path.read_text(encoding="utf-8"))
