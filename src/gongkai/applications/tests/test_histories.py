"""Literal histories, worked out by hand: every clock, the count of the reply's days, and what is refused by which article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.applications.command import main
from gongkai.applications.rules.history import Fact
from gongkai.deadlines.rules import CountedDay, shipped_calendar
from gongkai.deadlines.tests.test_cases import in_words

FILES = sorted((Path(__file__).parent / "cases" / "histories").glob("*.yaml"))
HISTORIES: dict[str, dict[str, Any]] = {
    f"{file.stem} {case['name']}": case
    for file in FILES
    for case in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only: `on` is no truth
}


def in_short(clock: dict[str, Any]) -> tuple[str, str]:
    """A clock as the cases write it: whose it is, its state, its last day, whether that is provisional."""
    latest = clock.get("latest_due_on")
    day = f"at latest {latest}" if latest else clock["due_on"] or ""
    words = (clock["state"], day, "provisional" if clock["provisional"] else "")
    return f"{clock['name']} {clock.get('party', '')}".strip(), " ".join(word for word in words if word)


PLAIN: dict[str, Callable[[str], object]] = {"working_days": int, "to_serve": "true".__eq__}


def counted(clocks: list[dict[str, Any]]) -> str:
    """The days that were counted for the reply, in words."""
    lines = clocks[0]["working"] if clocks else []
    return in_words(tuple(CountedDay(**{**line, "day": date.fromisoformat(line["day"])}) for line in lines))


@pytest.mark.parametrize("name", HISTORIES)
def test_the_clocks_are_those_worked_out_by_hand(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, file = HISTORIES[name], tmp_path / "history.json"
    given = {word: case[word] for word in ("channel", "as_of") if word in case}
    events = [{word: PLAIN.get(word, str)(text) for word, text in row.items()} for row in case["events"]]
    file.write_text(json.dumps({**given, "events": events}), encoding="utf-8")
    status = main(["--history", str(file), "--json"], shipped_calendar)
    printed = json.loads(capsys.readouterr().out)
    refused, wanted = printed["refused"], [line.split(" ", 2) for line in case.get("refused", [])]
    assert dict(map(in_short, printed["clocks"])) == case["clocks"]
    assert counted(printed["clocks"]) == case.get("counted", "")
    assert [(denied["act"], denied["on"]) for denied in refused] == [(act, on) for act, on, _by in wanted]
    assert [denied["why"] for denied, (*_, by) in zip(refused, wanted, strict=True) if by not in denied["why"]] == []
    assert (status, printed["later"]) == (1 if wanted else 0, int(case.get("later", 0)))


def test_there_are_sixty_histories_and_none_stands_twice() -> None:
    told = [json.dumps([case["events"], case.get("as_of")], sort_keys=True) for case in HISTORIES.values()]
    assert len(told) >= 60
    assert len(set(told)) == len(told)


def test_every_act_is_allowed_somewhere_and_refused_somewhere() -> None:
    tried = Counter(event["act"] for case in HISTORIES.values() for event in case["events"])
    refused = Counter(line.split()[0] for case in HISTORIES.values() for line in case.get("refused", ()))
    assert set(refused) == set(Fact)
    assert [fact.value for fact in Fact if tried[fact.value] <= refused[fact.value]] == []
