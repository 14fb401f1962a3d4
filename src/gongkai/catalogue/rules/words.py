"""Words that are easily mistaken for others: shown beside the editor, never corrected by the program. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.kernel.written import from_yaml

PATH = Path(__file__).resolve().parent.parent / "data" / "confused_words.yaml"
AROUND = 8  # characters shown on each side


@dataclass(frozen=True)
class Confused:
    """A word that is probably meant to be another, and where it stands."""

    wrong: str
    right: str
    excerpt: str


@cache
def _table() -> Mapping[str, str]:
    found: Mapping[str, str] = from_yaml(PATH.read_text(encoding="utf-8"))
    return found


def confused(text: str, *, most: int = 20) -> list[Confused]:
    """Every such word of a text with what stands around it."""
    found: list[Confused] = []
    for wrong, right in _table().items():
        place = text.find(wrong)
        while place >= 0 and len(found) < most:
            around = text[max(0, place - AROUND) : place + len(wrong) + AROUND].replace("\n", " ")
            found.append(Confused(wrong, right, around))
            place = text.find(wrong, place + len(wrong))
    return found
