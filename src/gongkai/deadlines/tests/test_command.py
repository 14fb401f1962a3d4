"""The `gongkai deadline` command."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gongkai import cli
from gongkai.config.calendar import work_calendar
from gongkai.deadlines.command import main
from gongkai.deadlines.rules import LIMITS, shipped_calendar
from gongkai.statutes import adopt


def run(*words: str) -> int:
    return main(words, shipped_calendar)


def test_the_due_date_and_its_working_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--rule", "reply", "--received", "2025-09-15", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["due_on", "provisional", "working", "cite"]
    assert (printed["due_on"], printed["provisional"]) == ("2025-10-17", False)
    assert printed["working"][0] == {"day": "2025-09-16", "counted": True, "n": 1, "why": "周二，工作日"}
    assert printed["working"][-1] == {"day": "2025-10-17", "counted": True, "n": 20, "why": "周五，工作日"}
    assert len(printed["working"]) == 32
    assert printed["cite"] == "《中华人民共和国政府信息公开条例》(国务院令第711号)第三十三条第二款"


@pytest.mark.parametrize(("received", "due_on"), [("2019-05-14", "2019-06-04"), ("2019-05-15", "2019-06-13")])
def test_the_law_of_the_day_of_receipt_governs(received: str, due_on: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--rule", "reply", "--received", received, "--json") == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == due_on


@pytest.mark.parametrize("rule", LIMITS)
def test_every_limit_counts_and_speaks_to_people(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--rule", rule, "--received", "2026-12-18", "--channel", "internet") == 0
    shown = capsys.readouterr().out
    assert LIMITS[rule].label in shown
    assert "双方确认之日" in shown
    assert "周一，工作日" in shown


def test_an_extension_goes_on_top_of_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--rule", "extension", "--received", "2025-09-15", "--days", "5", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2025-10-24"


def test_a_notice_can_be_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = tmp_path / "2027.csv"
    notice.write_text("day,kind,name\n2027-01-01,放假,元旦\n2027-01-04,放假,元旦\n", encoding="utf-8")
    words = ("--rule", "reply", "--received", "2026-12-25", "--json", "--calendar", str(notice))
    assert run(*words, "--year", "2027", "--paper", "示例通知") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["due_on"], printed["provisional"]) == ("2027-01-26", False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "rely", "--received", "2025-09-15"), "可用的有：reply"),
        (("--rule", "reply", "--received", "2025-9-15"), "不是日期"),
        (("--rule", "reply", "--received", "2025-02-30"), "不是日期"),
        (("--rule", "reply", "--received", "20250915"), "不是日期"),
        (("--rule", "reply", "--received", ""), "不是日期"),
        (("--rule", "reply"), "--received"),
        (("--rule", "reply", "--received", "2001-01-01"), "自 2008-05-01 起施行"),
        (("--rule", "third_party", "--received", "2019-05-14"), "自 2019-05-15 起施行"),
        (("--rule", "reply", "--received", "2036-12-20"), "2004-01-01至2036-12-31"),
        (("--rule", "reply", "--received", "9999-12-31"), "2004-01-01至2036-12-31"),
        (("--rule", "reply", "--received", "2025-09-15", "--days", "5"), "不能另行指定天数"),
        (("--rule", "extension", "--received", "2025-09-15", "--days", "21"), "1 至 20"),
        (("--rule", "extension", "--received", "2025-09-15", "--days", "0"), "1 以上的整数"),
        (("--rule", "extension", "--received", "2025-09-15", "--days", "9" * 5000), "1 以上的整数"),
        (("--rule", "supplement", "--received", "2025-09-15", "--days", "9999"), "2004-01-01至2036-12-31"),
        (("--rule", "reply", "--received", "2025-09-15", "--channel", "pigeon"), "可用的有：internet"),
        (("--rule", "reply", "--received", "2025-09-15", "--calendar", "/no/such"), "/no/such"),
        (("--rule", "reply", "--received", "2025-09-15", "--calendar", "/dev/null"), "第一行应当是"),
    ],
)
def test_what_cannot_be_counted_is_said_with_status_2(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = run(*words)
    except SystemExit as ended:
        status = int(str(ended.code))
    assert status == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_it_starts_without_a_database_and_without_django(tmp_path: Path) -> None:
    code = (
        "import sys; from gongkai.cli import main;"
        "status = main(['deadline', '--rule', 'reply', '--received', '2025-09-15', '--json']);"
        "sys.exit('django is loaded' if 'django' in sys.modules else status)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=tmp_path,
        env=environment | {"GONGKAI_DATA_DIR": str(tmp_path / "data")},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due_on"] == "2025-10-17"
    assert not (tmp_path / "data").exists()


def test_a_database_file_is_gone_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with sqlite3.connect(tmp_path / "gongkai.sqlite3") as made:
        made.execute("CREATE TABLE deadlines_calendaryear (year, papers, days, official, confirmed)")
        made.execute(
            "INSERT INTO deadlines_calendaryear VALUES (2025, ?, ?, 1, 1)",
            [json.dumps(["示例通知"]), json.dumps([["2025-06-06", "示例日", True]])],
        )
    calendar = work_calendar()
    assert (calendar.first.year, calendar.last.year) == (2025, 2025)
    assert [notice.source for notice in calendar.notices.values()] == ["示例通知"]


@pytest.mark.parametrize("content", [b"", b"this is no database, but it is long enough to be looked at as one" * 20])
def test_a_database_that_cannot_be_read_is_said(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "gongkai.sqlite3").write_bytes(content)
    assert work_calendar() is shipped_calendar()
    assert "改用随程序的" in capsys.readouterr().err


@pytest.fixture
def _law_as_shipped() -> Iterator[None]:
    yield
    adopt()


@pytest.mark.usefixtures("_law_as_shipped")
def test_the_command_goes_by_what_this_house_has_decided(
    put_database: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put_database(tmp_path)
    monkeypatch.setenv("GONGKAI_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with closing(sqlite3.connect(tmp_path / "gongkai.sqlite3")) as made, made:
        made.execute(
            "INSERT INTO house_rules_houserule (name, serial, value, since, reason, decided_at, decided_by, withdrawn_by)"
            " VALUES ('fee_payment_limit', 1, '10', '2025-09-16', '示例决定', '2025-09-01', '7', '')"
        )
    counted = {}
    for day in ("2025-09-15", "2025-09-16"):
        assert cli.main(["deadline", "--rule", "payment", "--received", day, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        counted[day] = (max(step["n"] or 0 for step in found["working"]), "示例决定" in found["cite"])
    assert counted == {"2025-09-15": (20, False), "2025-09-16": (10, True)}
