"""The figures of published reports that the project carries as data, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml
from gongkai.reports.codec import from_data
from gongkai.reports.reading.model import Reading

FOLDER = Path(__file__).parent / "data" / "published"


def shipped() -> Iterator[tuple[Reading, str]]:
    """Each reading with the note on its source, oldest year first."""
    loaded: list[dict[str, Any]] = [from_yaml(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    for data in sorted(loaded, key=lambda d: d["year"]):
        yield from_data(data), data["source"]
