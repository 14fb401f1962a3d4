"""The programs of `gongkai serve`, and a second scheduler, killed at random moments."""

import argparse
import ctypes
import multiprocessing
import os
import random
import runpy
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess

from gongkai.config.serve import programs

from .apps import up

LIFE = 5.0  # seconds at work, at most
BIRTH = 0.5  # seconds, from its start to a death before it is at work
EARLY = 0.15  # of all deaths are such
PR_SET_PDEATHSIG = 1  # prctl(2)

# A program takes seconds to import what it needs, in which no kill can do harm: it is forked from a process that has.
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.faults.warm"])


@dataclass
class Doomed:
    """A program, and the moment at which it dies next; None until it is at work."""

    name: str
    command: list[str]
    process: ForkServerProcess
    dies_at: float | None = None

    def kill(self) -> None:
        """SIGKILL to the program and whatever it started."""
        if self.process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()  # it may not have made its group yet
        self.process.join()


def _become(command: list[str]) -> None:
    """Be the program that `python -m …` starts, in a process group of its own, and no longer than the run lasts."""
    multiprocessing.set_start_method("fork", force=True)  # as in a program started by itself
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    sys.argv = command[2:]  # after python -m
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _begin(command: list[str]) -> ForkServerProcess:
    process = forks.Process(target=_become, args=(command,))
    process.start()
    return process


@contextmanager
def running(port: int, chance: random.Random) -> Iterator[list[Doomed]]:
    """Web, workers and schedulers, each with the moment of its first death; none is left behind."""
    options = argparse.Namespace(host="127.0.0.1", port=port, web_workers=2, task_workers=2)
    commands = {program.name: program.command for program in programs(options)}
    commands["scheduler 2"] = commands["scheduler"]  # as on a second machine
    doomed: list[Doomed] = []
    try:
        for name, command in commands.items():
            doomed.append(Doomed(name, command, _begin(command), _early(chance)))
        yield doomed
    finally:
        for one in doomed:
            one.kill()


def _early(chance: random.Random) -> float | None:
    return time.monotonic() + chance.uniform(0, BIRTH) if chance.random() < EARLY else None


def _lives_on(one: Doomed, chance: random.Random) -> bool:
    if one.dies_at is None and one.process.pid is not None and up(one.process.pid).exists():
        one.dies_at = time.monotonic() + chance.uniform(0, LIFE)
    return one.dies_at is None or time.monotonic() < one.dies_at


def kill_at_random(doomed: list[Doomed], kills: int, chance: random.Random) -> tuple[Counter[str], Counter[str]]:
    """Kill so many times, and start again each time: how often each was killed, and how often it ended by itself."""
    killed: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    while killed.total() < kills:
        for one in doomed:
            if not one.process.is_alive():
                ended[one.name] += 1
            elif _lives_on(one, chance):
                continue
            else:
                killed[one.name] += 1
            one.kill()
            one.process, one.dies_at = _begin(one.command), _early(chance)
        time.sleep(0.01)
    return killed, ended


def drain() -> None:
    """Two workers that nobody kills do what waits."""
    command = [sys.executable, "-m", "gongkai", "manage", "db_worker", "--batch", "--queue-name", "*", "-v0"]
    workers = [_begin(command), _begin(command)]
    for worker in workers:
        worker.join(600)
        if worker.exitcode != 0:
            worker.kill()
            raise RuntimeError(f"a worker at rest ended with status {worker.exitcode}")
