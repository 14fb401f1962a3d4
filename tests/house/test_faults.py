"""Web, workers, schedulers and indexer are killed at random moments; nothing is done by half, lost or done twice.

`make test-faults KILLS=200` kills so many times, `… SUBJECTS=library` while one kind of work comes in; without it the
run is short. The kinds of work are those of tests/faults.
"""

import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

KILLS = int(os.environ.get("GONGKAI_FAULTS", "20"))
SUBJECTS = os.environ.get("GONGKAI_FAULTS_SUBJECTS", "").split()
SEED = 20_261_124
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A demo of its own, on an empty database beside the one that the tests run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    own = kept | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    url = kept.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield own | {"DATABASE_URL": ""}
        return
    name = f"faults_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield own | {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_nothing_is_lost_or_done_by_half_when_programs_are_killed(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", str(KILLS), str(SEED), *SUBJECTS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300 + 5 * KILLS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(figures, ensure_ascii=False))  # noqa: T201 - shown by `pytest -s`, and where it fails
    assert figures["findings"] == []
    killed = Counter(dict.fromkeys(("web", "worker", "scheduler", "indexer"), 0))
    for name, times in figures["killed"].items():
        killed[name.partition(" ")[0]] += times
    assert killed.total() >= KILLS  # two may die in one round
    # About half of what a run comes to on a busy machine. Fewer, and the kills hit programs that were not at work.
    least = {"acts": KILLS, "tasks": KILLS // 2, "slots": KILLS // 4}
    least |= {"requests cut off": KILLS // 8, "tasks killed and taken up": KILLS // 12}
    assert {name: figures[name] for name in least if figures[name] < least[name]} == {}
    assert {kind: times for kind, times in killed.items() if times < KILLS // 10} == {}
