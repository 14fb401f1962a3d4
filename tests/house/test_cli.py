"""The first words of the `gongkai` command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import __version__, cli


def test_help_names_every_command_in_two_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert set(cli.COMMANDS) == {
        *(
            "report",
            "applications",
            "catalogue",
            "gazette",
            "deadline",
            "audit",
            "keys",
            "seals",
            "search",
            "backup",
            "restore",
            "serve",
            "manage",
        ),
    }
    assert all(f"gongkai {name}" in shown for name in cli.COMMANDS)
    assert "年度报告" in shown


def test_no_word_at_all_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "gongkai serve" in capsys.readouterr().out


def test_a_wrong_word_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sevre"]) == 2
    shown = capsys.readouterr().err
    assert "sevre" in shown
    assert "gongkai serve" in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"gongkai {__version__}\n"


def test_a_wrong_management_command_is_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "manage", "migrat"], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode != 0
    assert "migrat" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [["gazette", "build", "2025-2"], ["catalogue", "export"], ["manage", "standards", "sweep"]]
)
def test_a_database_that_was_never_made_is_told_with_what_to_do(tmp_path: Path, words: list[str]) -> None:
    environment = os.environ | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *words],
        env=environment | {"DJANGO_SETTINGS_MODULE": "gongkai.config.settings"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 2
    assert "gongkai manage migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_reports_are_checked_without_django(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("这不是一份年度报告。", encoding="utf-8")
    code = (
        "import sys; from gongkai.cli import main;"
        f"status = main(['report', 'audit', {str(report)!r}]);"
        "sys.exit('django is loaded' if 'django' in sys.modules else 10 + status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 12, done.stderr  # 2: the file could not be read as a report
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_early_is_not_answered_with_a_traceback() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m gongkai --help | head -1"], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
