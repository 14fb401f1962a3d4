"""Literal cases, counted out by hand: what was received when, the last day, and the count in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.deadlines.rules import LIMITS, CountedDay, limit_due, shipped_calendar
from gongkai.kernel.written import from_yaml

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for file in FILES for case in from_yaml(file.read_text(encoding="utf-8"))]


def in_words(lines: tuple[CountedDay, ...]) -> str:
    """The counted days as the cases write them: runs of days, with the number reached."""
    runs: list[list[CountedDay]] = []
    for line in (line for line in lines if line.counted):
        if runs and (line.day - runs[-1][-1].day).days == 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    told, month = [], 0
    for run in runs:
        first, last = run[0].day, run[-1].day
        text = f"{first.day}" if first.month == month else f"{first.month}月{first.day}"
        if first.month != last.month:
            text += f"日至{last.month}月{last.day}"
        elif first != last:
            text += f"至{last.day}"
        month = last.month
        told.append(f"{text}日（{run[-1].n}）")
    return "、".join(told)


def test_there_are_sixty_cases_and_none_stands_twice() -> None:
    keys = [(case["received"], case["rule"], case.get("days")) for case in CASES]
    assert len(keys) >= 60
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['received']} {case['rule']}")
def test_the_last_day_and_the_count_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    found = limit_due(LIMITS[case["rule"]], case["received"], shipped_calendar(), case.get("days"))
    assert (found.due_on, found.working_days, found.provisional) == (
        case["due_on"],
        case["working_days"],
        case.get("provisional", False),
    )
    assert in_words(found.working) == case["counted"]


@pytest.mark.parametrize(
    ("received", "article"),
    [(date(2019, 5, 14), "(国务院令第492号)第二十四条"), (date(2019, 5, 15), "(国务院令第711号)第三十三条第二款")],
)
def test_the_law_of_the_day_of_receipt_is_cited(received: date, article: str) -> None:
    assert article in limit_due(LIMITS["reply"], received, shipped_calendar()).cite
