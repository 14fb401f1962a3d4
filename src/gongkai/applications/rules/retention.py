"""How long the file of a case is kept with the people in it, and how a text is told without them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.privacy.masking import mask_text
from gongkai.screening.rules.known import parts
from gongkai.statutes import in_force
from gongkai.workflow.rules import Flow, read_flow

PATH = Path(__file__).resolve().parent.parent / "data" / "disposal_flow.yaml"
SHORTEST = 2  # characters of a value that is looked for in texts; one alone stands in too many words


@cache
def flow() -> Flow:
    """The table of `data/disposal_flow.yaml`."""
    return read_flow(PATH)


def kept_until(closed_on: date, judged_on: date) -> date:
    """The last day on which the file of a closed case is kept whole: years from the first of January after its closing.

    How many years, the rule says that is in force when it is asked: it is about the files that are there, however old.
    """
    return date(closed_on.year + in_force("application_retention", judged_on).integer, 12, 31)


def cleaner(values: Iterable[str], mark: str) -> Callable[[str], str]:
    """What tells a text without these values, each replaced by `mark`; numbers and addresses of anybody are masked.

    A person named within a value, and an address without its city, are values too; blanks between signs do not count.
    """
    told = {part.strip() for value in values if value.strip() != mark for part in parts(value)}
    known = sorted((value for value in told if len(value) >= SHORTEST), key=len, reverse=True)
    pattern = re.compile("|".join(map(_however_spaced, known))) if known else None

    def clean(text: str) -> str:
        return mask_text(pattern.sub(mark, text) if pattern else text)

    return clean


def _however_spaced(value: str) -> str:
    return r"\s*".join(re.escape(sign) for sign in value if not sign.isspace())


def cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """The same for plain values of any depth; numbers, days and names of fields stay."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: cleaned(inner, clean) for name, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner, clean) for inner in value]
    return value
