"""Runs what opens hostile files in a process of its own, with bounds on time, memory and what it may write."""

from __future__ import annotations

import importlib
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from gongkai.files.enums import Kind
from gongkai.files.rules import MEGABYTE, MOST, Refused

from .values import BROKEN, CARRIED, SWOLLEN, TOO_SLOW, Inspection, as_json, from_json

SECONDS = 30
MEMORY = 1024 * MEGABYTE
# Statuses of a process: what Python ends with when it does not come as far as the file, the file broke what read it, no
# memory is left.
_NOT_BEGUN, _BROKE, _FULL = 1, 3, 7


def inspect(path: Path, kind: Kind) -> Inspection:
    """Inspect a file of the kind its name promises. Raises Refused."""
    return from_json(run("inspect", {"path": str(path), "kind": kind.value}, kind))


def clean(path: Path, kind: Kind, target: Path) -> None:
    """Write a copy without what the file says about its makers. Raises Refused."""
    run("clean", {"path": str(path), "kind": kind.value, "target": str(target)}, kind)


def preview(path: Path, kind: Kind, folder: Path) -> list[tuple[int, int, int]]:
    """Write each page as a picture into `folder`; (page, width, height) of each. Raises Refused."""
    answer = run("preview", {"path": str(path), "kind": kind.value, "folder": str(folder)}, kind)
    return [(page, width, height) for page, width, height in answer["pages"]]


def visit(path: Path, kind: Kind, act: str, words: dict[str, Any], seconds: int) -> dict[str, Any]:
    """Have a room above look into a file here, once it was inspected. Raises Refused.

    `act` is `module:function` of our own; it is called with the path, the kind, the inspection as plain values and
    `words`, and answers in plain values. A file that carries what is never kept (a program, an attachment) is shown to
    it with the sentence of the refusal; one that cannot be read safely is refused here.
    """
    told = {"path": str(path), "kind": kind.value, "act": act, "words": words}
    answer = run("visit", told, kind, seconds)
    if "sentence" in answer:
        raise Refused(answer["sentence"], **answer["values"])
    found: dict[str, Any] = answer["answer"]
    return found


def run(act: str, words: dict[str, Any], kind: Kind, seconds: int = SECONDS) -> dict[str, Any]:
    """Have one act done in a bounded process; its answer. Raises Refused for a slow, swollen or broken file.

    Raises RuntimeError when the process could not begin: the house is broken then, and no file is blamed for it.
    """
    command = [sys.executable, "-P", "-m", __name__, act, str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=json.dumps(words).encode(), capture_output=True, timeout=seconds + 5, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(TOO_SLOW, seconds=seconds) from error
    if done.returncode == _FULL:
        raise Refused(SWOLLEN)
    if done.returncode == -signal.SIGXCPU:
        raise Refused(TOO_SLOW, seconds=seconds)
    if done.returncode == _NOT_BEGUN:
        raise RuntimeError(
            f"The process that opens files did not begin: {done.stderr.decode(errors='replace')[-2000:]}"
        )
    if done.returncode != 0:
        raise Refused(BROKEN, kind=kind.label)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _main(act: str, seconds: int = SECONDS) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))  # the first is told, the second kills
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MOST, 4 * MOST))
    words = json.load(sys.stdin)
    try:
        answer = _ACTS[act](words)
    except Refused as refused:
        answer = as_json(refused)
    except MemoryError:
        return _FULL
    except Exception:  # noqa: BLE001 - whatever a broken file makes a library raise
        return _BROKE
    json.dump(answer, sys.stdout)
    return 0


def _inspect(words: dict[str, Any]) -> dict[str, Any]:
    from .look import look  # noqa: PLC0415 - slow to load, needed in this process only

    return as_json(look(Path(words["path"]), Kind(words["kind"])))


def _clean(words: dict[str, Any]) -> dict[str, Any]:
    from .cleaning import clean  # noqa: PLC0415 - as above

    clean(Path(words["path"]), Kind(words["kind"]), Path(words["target"]))
    return {}


def _preview(words: dict[str, Any]) -> dict[str, Any]:
    from .previewing import preview  # noqa: PLC0415 - as above

    return {"pages": preview(Path(words["path"]), Kind(words["kind"]), Path(words["folder"]))}


def _visit(words: dict[str, Any]) -> dict[str, Any]:
    from .look import look  # noqa: PLC0415 - as above

    path, kind = Path(words["path"]), Kind(words["kind"])
    try:
        found = as_json(look(path, kind))
    except Refused as refused:
        if refused.sentence not in CARRIED:
            raise
        found = as_json(refused)
    module, _, function = words["act"].partition(":")
    return {"answer": getattr(importlib.import_module(module), function)(path, kind, found, words["words"])}


_ACTS = {"inspect": _inspect, "clean": _clean, "preview": _preview, "visit": _visit}

if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], int(sys.argv[2])))
