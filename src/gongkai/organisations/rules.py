"""Names and codes of organs: pure functions on strings and dates. No Django here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

CODE_PATTERN = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_SPACE = re.compile(r"\s+")


def normalise_name(name: str) -> str:
    """Make two spellings of one name equal: full-width letters, spaces and brackets are folded."""
    folded = unicodedata.normalize("NFKC", name)
    return _SPACE.sub("", folded).replace("(", "（").replace(")", "）")


def is_code(code: str) -> bool:
    """A code is lower-case words joined by hyphens; it never changes once published."""
    return len(code) <= 60 and bool(CODE_PATTERN.match(code))


def in_existence(valid_from: date | None, valid_until: date | None, on: date) -> bool:
    """An organ exists from its first day to its last day, both included; an open end is unknown."""
    return (valid_from is None or valid_from <= on) and (valid_until is None or on <= valid_until)
