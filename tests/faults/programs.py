"""The programs of `gongkai serve`, started as it starts them, and killed at random moments."""

import argparse
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gongkai.config.serve import programs
from gongkai.config.supervisor import Program

from .apps import up

LIFE = 3.0  # seconds at work, at most
BIRTH = 2.0  # seconds, from its start to a death before it is at work
EARLY = 0.15  # of all deaths are such


@dataclass
class Doomed:
    """A program, and the moment at which it dies next; None until it is at work."""

    program: Program
    dies_at: float | None = None

    def kill(self) -> None:
        """SIGKILL to the program and whatever it started."""
        self.program.signal(signal.SIGKILL)
        if self.program.process is not None:
            self.program.process.wait()


@contextmanager
def running(port: int, chance: random.Random) -> Iterator[list[Doomed]]:
    """Web, worker and scheduler, each with the moment of its first death; none is left behind."""
    options = argparse.Namespace(host="127.0.0.1", port=port, web_workers=1, task_workers=1)
    doomed = [Doomed(program) for program in programs(options)]
    try:
        for one in doomed:
            _start(one, chance)
        yield doomed
    finally:
        for one in doomed:
            one.kill()


def _start(one: Doomed, chance: random.Random) -> None:
    now = time.monotonic()
    one.program.start(now)
    one.dies_at = now + chance.uniform(0, BIRTH) if chance.random() < EARLY else None


def _lives_on(one: Doomed, chance: random.Random) -> bool:
    process = one.program.process
    if one.dies_at is None and process is not None and up(process.pid).exists():
        one.dies_at = time.monotonic() + chance.uniform(0, LIFE)
    return one.dies_at is None or time.monotonic() < one.dies_at


def kill_at_random(doomed: list[Doomed], kills: int, chance: random.Random) -> tuple[Counter[str], Counter[str]]:
    """Kill so many times, and start again each time: how often each was killed, and how often it ended by itself."""
    killed: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    while killed.total() < kills:
        for one in doomed:
            if one.program.process is None or one.program.process.poll() is not None:
                ended[one.program.name] += 1
            elif _lives_on(one, chance):
                continue
            else:
                killed[one.program.name] += 1
            one.kill()
            _start(one, chance)
        time.sleep(0.01)
    return killed, ended


def drain() -> None:
    """A worker that nobody kills does what waits."""
    worker = [sys.executable, "-m", "gongkai", "manage", "db_worker", "--batch", "--queue-name", "*"]
    subprocess.run([*worker, "--no-startup-delay", "--no-reload", "-v0"], check=True, timeout=600)
