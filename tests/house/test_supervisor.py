"""Programs are kept running, given up when they cannot start, and stopped cleanly."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.config import supervisor
from gongkai.config.supervisor import Program, Supervisor, wait_before_start

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(600)"]


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_wait_doubles_up_to_a_limit() -> None:
    assert [wait_before_start(failures) for failures in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_a_program_that_dies_is_started_again_after_its_wait() -> None:
    program = Program("sleeper", SLEEPER)
    keeper = Supervisor([program])
    keeper.beat(now=100)
    first = program.process
    assert first is not None
    first.kill()
    first.wait()
    try:
        running = []
        for now in (101, 101.9, 102):  # one short life: a second's wait
            keeper.beat(now)
            running.append(program.process is not None)
        assert running == [False, False, True]
        assert program.process is not first
    finally:
        keeper.stop()


def test_a_long_life_is_forgiven() -> None:
    program = Program("sleeper", SLEEPER, failures=3)
    keeper = Supervisor([program])
    keeper.beat(now=100)
    assert program.process is not None
    program.process.kill()
    program.process.wait()
    try:
        keeper.beat(now=100 + supervisor.SHORT_LIFE)
        assert program.failures == 0
        assert program.process is not None
    finally:
        keeper.stop()


def test_a_program_that_cannot_start_ends_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_WAIT", 0.0)
    other = Program("sleeper", SLEEPER)
    assert Supervisor([other, Program("broken", [sys.executable, "-c", "raise SystemExit(3)"])]).run() == 1
    assert other.process is not None
    assert not alive(other.process.pid)


def test_stop_reaches_what_a_program_started(tmp_path: Path) -> None:
    note = tmp_path / "child"
    code = (
        "import subprocess, sys, pathlib;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); child.wait()"
    )
    keeper = Supervisor([Program("parent", [sys.executable, "-c", code])])
    keeper.beat(now=0)
    until(lambda: note.exists() and note.read_text(encoding="utf-8") != "")
    child = int(note.read_text(encoding="utf-8"))
    assert alive(child)
    keeper.stop()
    until(lambda: not alive(child) or Path(f"/proc/{child}/stat").read_text(encoding="utf-8").split()[2] == "Z")


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.5)
    program = Program("deaf", DEAF)
    keeper = Supervisor([program])
    keeper.beat(now=0)
    time.sleep(0.3)  # long enough to become deaf
    keeper.stop()
    assert program.process is not None
    assert program.process.returncode == -signal.SIGKILL


def test_a_signal_ends_the_run_with_status_0() -> None:
    program = Program("sleeper", SLEEPER)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    assert Supervisor([program]).run() == 0
    assert program.process is not None
    assert not alive(program.process.pid)
