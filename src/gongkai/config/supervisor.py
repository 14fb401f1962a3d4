"""Keep a few programs running: start them, start again the one that dies, stop them all cleanly."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field

PATIENCE = 10.0  # seconds a program is given to stop before it is killed
SHORT_LIFE = 30.0  # seconds; a program that dies sooner has failed to start
LONGEST_WAIT = 30.0  # seconds between two starts
FAILURES = 6  # starts in a row that may fail before the whole gives up
BEAT = 0.2  # seconds between looks
log = logging.getLogger(__name__)


@dataclass
class Program:
    """One program that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self, now: float) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.process = subprocess.Popen(tied(self.command), start_new_session=True)  # noqa: S603 - our own commands
        self.started = now

    def signal(self, number: int) -> None:
        """Send a signal to the program and what it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def tied(command: list[str]) -> list[str]:
    """The command, asked by Linux to end when its supervisor is killed, so that nothing is left holding the port."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else command


def wait_before_start(failures: int) -> float:
    """Seconds to wait before the next start after so many short lives: 0, 1, 2, 4, … up to LONGEST_WAIT."""
    return 0.0 if failures == 0 else min(2.0 ** (failures - 1), LONGEST_WAIT)


@dataclass
class Supervisor:
    """Runs programs until it is told to stop (status 0) or one cannot be kept running (status 1)."""

    programs: list[Program]
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Block until the end; SIGTERM and SIGINT end it."""
        previous = {number: signal.signal(number, self._asked) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping:
                given_up = self.beat(time.monotonic())
                if given_up is not None:
                    log.error("%s failed %s times in a row; its own words are above. Stopping.", given_up, FAILURES)
                    return 1
                time.sleep(BEAT)
            return 0
        finally:
            self.stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def beat(self, now: float) -> str | None:
        """Start what should be running; the name of a program that is given up, or None."""
        for program in self.programs:
            if program.process is not None and program.process.poll() is not None:
                self._died(program, now)
                if program.failures >= FAILURES:
                    return program.name
            if program.process is None and now >= program.start_at:
                program.start(now)
        return None

    def stop(self) -> None:
        """Ask every program to end, wait PATIENCE together, and kill what is left."""
        for program in self.programs:
            program.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for program in self.programs:
            if program.process is None:
                continue
            try:
                program.process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not stop within %s s and was killed", program.name, PATIENCE)
                program.signal(signal.SIGKILL)
                program.process.wait()

    def _died(self, program: Program, now: float) -> None:
        status = program.process.returncode if program.process else None
        program.signal(signal.SIGKILL)  # what it started must not hold the port
        program.process = None
        program.failures = program.failures + 1 if now - program.started < SHORT_LIFE else 0
        delay = wait_before_start(program.failures)
        program.start_at = now + delay
        log.warning("%s ended with status %s; starting it again in %s s", program.name, status, delay)

    def _asked(self, number: int, frame: object) -> None:
        self.stopping = True
