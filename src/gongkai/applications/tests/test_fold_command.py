"""`gongkai deadline fold`: whatever it is given, it answers with clocks, or with a sentence and the exit status 2."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.applications.command import LARGEST, main
from gongkai.applications.rules.history import MOST, Fact
from gongkai.deadlines.rules import shipped_calendar

RECEIVED = {"act": "received", "on": "2025-01-06"}


def history(*events: Mapping[str, object], **more: object) -> bytes:
    return json.dumps({"events": [RECEIVED, *events], **more}).encode()


def run(data: bytes, folder: Path, *flags: str) -> tuple[int, str, str]:
    """The exit status, and what was printed and said."""
    file = folder / "history.json"
    file.write_bytes(data)
    printed, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
        status = main(["--history", str(file), *flags], shipped_calendar)
    return status, printed.getvalue(), said.getvalue()


NOT_JSON = "不是 UTF-8 的 JSON。请核对内容。"
UNREADABLE = {
    "nothing": (b"", NOT_JSON),
    "not UTF-8": (b"\xff\xfe{", NOT_JSON),
    "not JSON": (b'{"events": [', NOT_JSON),
    "not a number": (history({"act": "extended", "on": "2025-01-07", "working_days": float("nan")}), NOT_JSON),
    "a number of thousands of figures": (b'{"events": ' + b"9" * 5000 + b"}", NOT_JSON),
    "deep nesting": (b'{"events": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", NOT_JSON),
    "too large": (b" " * LARGEST + b"{}", f"经过超过 {LARGEST} 字节"),
    "no object": (b"[]", "经过应当是一个对象"),
    "no events": (b'{"channel": "web"}', "events 应当是一个列表"),
    "events that are no list": (b'{"events": {}}', "events 应当是一个列表"),
    "an event that is no object": (b'{"events": ["received"]}', "第 1 项应当是一个对象"),
    "ten thousand events": (history(*[RECEIVED] * 9_999), f"events 有 10000 项，最多 {MOST} 项"),
    "an unknown act": (history({"act": "burnt", "on": "2025-01-07"}), "第 2 项的 act“burnt”不认识"),
    "an act that is no text": (history({"act": ["received"], "on": "2025-01-07"}), "第 2 项的 act"),
    "no day": (history({"act": "replied"}), "第 2 项（答复）没有日期 on"),
    "a day that is none": (history({"act": "replied", "on": "2025-02-30"}), "2025-02-30”不是日期"),
    "a day of a week": (history({"act": "replied", "on": "2025-W03-1"}), "2025-W03-1”不是日期"),
    "a day that is a number": (history({"act": "replied", "on": 20250107}), "20250107”不是日期"),
    "a term that is no number": (
        history({"act": "extended", "on": "2025-01-07", "working_days": "20"}),
        "第 2 项的 working_days 应当是整数",
    ),
    "a party that is no text": (history({"act": "third_party_asked", "on": "2025-01-07", "party": {}}), "party 应当是文字"),
    "an unknown channel": (history(channel="pigeon"), "没有“pigeon”这种渠道"),
    "as of before receipt": (history(as_of="2025-01-05"), "as_of（2025-01-05）早于第一件事（2025-01-06）"),
    "received after the calendar": (b'{"events": [{"act": "received", "on": "2050-01-06"}]}', "不在工作日历的范围内"),
    "due after the calendar": (b'{"events": [{"act": "received", "on": "2036-12-20"}]}', "超出了工作日历的范围"),
    "extended past the calendar": (
        b'{"events": [{"act": "received", "on": "2036-11-20"}, {"act": "extended", "on": "2036-11-24"}]}',
        "超出了工作日历的范围",
    ),
}  # fmt: skip


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["plain", "json"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_folded_is_told_in_a_sentence(name: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    data, sentence = UNREADABLE[name]
    status, printed, said = run(data, tmp_path, *flags)
    assert (status, printed) == (2, "")
    assert said.startswith("gongkai deadline fold: ")
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--history", str(tmp_path / name)], shipped_calendar) == 2
    assert "读不了" in capsys.readouterr().err


def test_what_comes_without_end_is_read_no_further_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        def read(self, size: int = -1) -> bytes:
            assert size > 0
            return b" " * size

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Endless()}))
    assert main(["--history", "-"], shipped_calendar) == 2


@pytest.mark.parametrize(
    ("event", "article"),
    [
        ({"act": "supplement_asked", "working_days": 0}, "第三十条"),
        ({"act": "supplement_asked", "working_days": -3}, "第三十条"),
        ({"act": "third_party_asked", "working_days": -1}, "第三十二条"),
        ({"act": "third_party_asked", "working_days": 30}, "法定的 15 个工作日"),
        ({"act": "co_producer_asked", "reply_by": "2025-01-10"}, "法定的 15 个工作日"),
        ({"act": "fee_notice", "reply_by": "2025-01-10"}, "法定的 20 个工作日"),
        ({"act": "supplement_asked", "working_days": 10**30}, "超出了工作日历的范围"),
        ({"act": "supplement_asked", "reply_by": "9999-12-31"}, "不在工作日历的范围内"),
        ({"act": "third_party_asked", "taken_on": "9999-12-31"}, "不在工作日历的范围内"),
        ({"act": "extended", "on": "9999-12-31"}, "已于2025-02-08届满"),
        ({"act": "extended", "on": "0001-01-01"}, "早于前一事项"),
    ],
)
def test_terms_that_no_calendar_holds_are_refused_and_the_rest_is_folded(
    event: dict[str, object], article: str, tmp_path: Path
) -> None:
    status, printed, said = run(history({"on": "2025-01-07", **event}), tmp_path, "--json")
    found = json.loads(printed)
    assert (status, said) == (1, "")
    assert article in found["refused"][0]["why"]
    assert (found["clocks"][0]["due_on"], len(found["clocks"])) == ("2025-02-08", 2)


@pytest.mark.parametrize("days", [0, -5])
def test_a_case_is_not_reopened_for_less_than_a_day(days: int, tmp_path: Path) -> None:
    reopened = {"act": "reopened", "on": "2025-01-08", "working_days": days}
    status, printed, _said = run(history({"act": "replied", "on": "2025-01-07"}, reopened), tmp_path, "--json")
    found = json.loads(printed)
    assert (status, found["clocks"][0]["state"]) == (1, "met")
    assert "第五十一条" in found["refused"][0]["why"]


def test_the_longest_history_is_folded_in_a_moment(tmp_path: Path) -> None:
    asked = [{"act": "third_party_asked", "on": "2025-01-07", "party": str(party)} for party in range(MOST - 1)]
    begun = time.process_time()
    status, printed, _said = run(history(*asked), tmp_path, "--json")
    assert (status, len(json.loads(printed)["clocks"])) == (0, MOST + 1)
    assert time.process_time() - begun < 5


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3),
)
DAYS = st.dates().map(str) | st.sampled_from(("2025-01-06", "2025-01-07", "2025-02-10", "2019-05-14", "2036-12-01"))
ROWS = st.fixed_dictionaries(
    {"act": st.sampled_from([fact.value for fact in Fact]) | VALUES, "on": DAYS | VALUES},
    optional=dict.fromkeys(("reply_by", "until", "taken_on", "party", "reason", "working_days"), DAYS | VALUES),
)  # fmt: skip
SOUND = st.fixed_dictionaries(
    {"act": st.sampled_from([fact.value for fact in Fact]), "on": DAYS},
    optional={
        "reply_by": DAYS, "until": DAYS, "taken_on": DAYS, "party": st.text(max_size=4), "working_days": st.integers(),
    },
)  # fmt: skip
HISTORIES = st.fixed_dictionaries(
    {"events": st.lists(SOUND, max_size=6).map(lambda rows: [RECEIVED, *rows]) | st.lists(ROWS, max_size=6)},
    optional={"channel": st.sampled_from(("web", "fax")) | VALUES, "as_of": DAYS | VALUES},
)


@settings(max_examples=200, derandomize=True)
@given(data=st.binary(max_size=40) | VALUES.map(json.dumps).map(str.encode) | HISTORIES.map(json.dumps).map(str.encode))
def test_whatever_comes_is_answered_and_never_with_a_traceback(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    status, printed, said = run(data, tmp_path_factory.getbasetemp(), "--json")
    if status == 2:
        assert (printed, said.count("\n"), said.startswith("gongkai deadline fold: ")) == ("", 1, True)
    else:
        assert (said, bool(json.loads(printed)["refused"])) == ("", status == 1)
