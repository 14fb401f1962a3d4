"""Bounded processes that start warm, for tests: forked from a process that has loaded what each loads by itself.

The process, its bounds and its end are those of `inspection/bounded.py`; what is saved is the second in which Python and
its libraries load. That the command itself starts is shown by the tests that do without this.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from multiprocessing.connection import wait
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.files.inspection import bounded

LOADED = [
    "pytest",  # each fork looks for the program that it was begun from
    "gongkai.files.inspection.bounded",
    "gongkai.files.inspection.look",
    "gongkai.files.inspection.cleaning",
    "gongkai.screening.inspection.acts",
    "gongkai.screening.redaction.acts",
]
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(LOADED)
# Each start asks all known processes whether they have ended; of two that ask at once, one gets a false answer.
_asking = threading.Lock()


def run(command: list[str], *, input: bytes, timeout: float, **_how: Any) -> CompletedProcess[bytes]:  # noqa: A002 - as subprocess.run calls it
    """In place of `subprocess.run` in the module that bounds."""
    with TemporaryDirectory() as folder:
        said, answered = Path(folder) / "in", Path(folder) / "out"
        said.write_bytes(input)
        process = _forks.Process(target=_child, args=(command[4:], str(said), str(answered)))
        with _asking:
            process.start()
        ended = wait([process.sentinel], timeout)
        with _asking:
            if not ended:
                process.kill()
            process.join()
        if not ended:
            raise TimeoutExpired(command, timeout)
        assert process.exitcode is not None
        answer = answered.read_bytes() if answered.exists() else b""
        return CompletedProcess(command, process.exitcode, answer, b"")


def _child(words: list[str], said: str, answered: str) -> None:
    with Path(said).open(encoding="utf-8") as sys.stdin, Path(answered).open("w", encoding="utf-8") as sys.stdout:
        status = bounded._main(words[0], int(words[1]))
    sys.exit(status)
