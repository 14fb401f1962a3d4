"""`gongkai serve`, as a person starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GONGKAI = [sys.executable, "-m", "gongkai"]


def demo(data: Path) -> dict[str, str]:
    """A demo of its own on SQLite, whatever database the tests themselves run on."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_") and name != "DATABASE_URL"
    }
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": str(data)}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return demo(tmp_path / "data")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def gongkai(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GONGKAI, *arguments], env=environment, capture_output=True, text=True, timeout=240, check=False
    )


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory: pytest.TempPathFactory, put_database: Callable[[Path], None]) -> Path:
    """A data folder with an up-to-date database and the pages' files, made once."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    put_database(data)
    done = gongkai("manage", "collectstatic", "--noinput", "-v0", environment=demo(data))
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def prepared(prepared_data: Path, environment: dict[str, str]) -> dict[str, str]:
    shutil.copytree(prepared_data, environment["GONGKAI_DATA_DIR"])
    return environment


@pytest.fixture
def served(prepared: dict[str, str], port: int, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*GONGKAI, "serve", "--port", str(port), "--web-workers", "1"], env=prepared, stdout=log, stderr=log
        )
    try:
        answers(port)
        yield process, port
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def answers(port: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as response:
                assert response.read() == b"ok\n"
                return
        except OSError:
            assert time.monotonic() < deadline, "the portal does not answer"
            time.sleep(0.1)


PARTS = ("granian", "db_worker", "run_schedule")


def children(pid: int) -> dict[str, int]:
    """The living parts of the tree under `pid`, by what they are."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        found.update({part: int(child) for part in PARTS if part in words})
    return found


def test_three_programs_live_and_the_web_comes_back_when_it_is_killed(
    served: tuple[subprocess.Popen[bytes], int], tmp_path: Path
) -> None:
    process, port = served
    before = children(process.pid)
    assert set(before) == set(PARTS)
    os.kill(before["granian"], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while children(process.pid).get("granian", before["granian"]) == before["granian"]:
        assert time.monotonic() < deadline, (tmp_path / "log").read_text(encoding="utf-8")
        time.sleep(0.1)
    answers(port)
    after = children(process.pid)
    assert (after["db_worker"], after["run_schedule"]) == (before["db_worker"], before["run_schedule"])
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    assert not [pid for pid in after.values() if Path(f"/proc/{pid}").exists()]
    assert f"http://127.0.0.1:{port}/" in (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_nothing_outlives_a_killed_supervisor(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, _port = served
    parts = children(process.pid)
    assert set(parts) == set(PARTS)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 15
    while any(Path(f"/proc/{pid}").exists() for pid in parts.values()):
        assert time.monotonic() < deadline, "a part lives on"
        time.sleep(0.1)


def test_a_port_in_use_is_told(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        done = gongkai("serve", "--port", str(number), environment=environment)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {number}" in done.stderr
    assert "PORT=8001" in done.stderr


def test_an_empty_database_is_told(environment: dict[str, str], port: int) -> None:
    done = gongkai("serve", "--port", str(port), environment=environment)
    assert (done.returncode, "Run: gongkai manage migrate" in done.stderr) == (2, True)


def test_pages_without_their_files_are_told(prepared: dict[str, str], port: int) -> None:
    shutil.rmtree(Path(prepared["GONGKAI_DATA_DIR"]) / "static")
    done = gongkai("serve", "--port", str(port), environment=prepared)
    assert (done.returncode, "Run: gongkai manage collectstatic" in done.stderr) == (2, True)


def test_a_missing_setting_is_told(environment: dict[str, str], port: int) -> None:
    done = gongkai("serve", "--port", str(port), environment=environment | {"GONGKAI_ENV": "production"})
    assert done.returncode == 2
    assert "GONGKAI_SECRET_KEY" in done.stderr


def test_a_database_that_does_not_answer_is_told(environment: dict[str, str], port: int) -> None:
    nowhere = {"DATABASE_URL": "postgresql:///gongkai?host=/nowhere"}
    done = gongkai("serve", "--port", str(port), environment=environment | nowhere)
    assert (done.returncode, "Check DATABASE_URL" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "eighty"], ["--web-workers", "0"], ["--colour", "red"]])
def test_wrong_words_are_told_in_a_sentence(words: list[str], environment: dict[str, str]) -> None:
    done = gongkai("serve", *words, environment=environment)
    assert done.returncode == 2
    assert "gongkai serve: error:" in done.stderr
    assert "Traceback" not in done.stderr
