"""Counts as people write them in the cells of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.reports.reading.model import State

_BLANK = re.compile(r"^(?:[/\\|]+|-{1,3}|\.{2,}|…+|无|空|N/?A|n/?a|\*)?$")
_COUNT = re.compile(
    r"^(?P<sign>[+-]{0,2}|减少?|增加?|净增|净减)\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>万元|亿元|元|万|件|项|个|条|次|份|宗|部|起)?\s*"
    r"(?P<note>[(\[].*)?$",
    re.DOTALL,
)
_UNIT_IN_NOTE = re.compile(r"^[(\[]\s*(?:单位:?)?\s*(万元|亿元|元)\s*[)\]]$")
_DECREASE = {"-", "--", "减", "减少", "净减", "+-"}
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Count:
    """A cell's number: its value, the unit printed in it, a note in brackets."""

    value: int | Decimal | None
    state: State
    unit: str = ""
    note: str = ""


@lru_cache(maxsize=4096)
def parse_count(text: str) -> Count | None:
    """The number a cell holds; a blank for an empty cell, a dash or a slash; ``None`` when it is words.

    >>> parse_count("减3").value, parse_count("+22").value, parse_count("18(含新制发4件,修改14件)").value
    (-3, 22, 18)
    >>> parse_count("251000元").unit, parse_count("/").state.value, parse_count("属于国家秘密")
    ('元', 'blank', None)
    """
    cell = text.strip()
    if _BLANK.match(cell):
        return Count(None, State.BLANK)
    match = _COUNT.match(cell)
    if match is None:
        return None
    digits = match["number"].replace(",", "")
    if len(digits) > _MOST_DIGITS:
        return Count(None, State.UNREAD, note=cell)
    number = Decimal(digits)
    value: int | Decimal = int(number) if number == number.to_integral_value() else number
    if match["sign"] in _DECREASE:
        value = -value
    unit, note = match["unit"] or "", match["note"] or ""
    in_note = _UNIT_IN_NOTE.match(note)
    return Count(value, State.READ, in_note[1] if in_note else unit, note)


def is_figure(text: str) -> bool:
    """Whether the cell holds a number or an intended blank (a dash, a slash), not words and not nothing."""
    return bool(text.strip()) and parse_count(text) is not None
