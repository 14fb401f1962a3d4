"""The indexer is killed while changes come in; afterwards the index is equal to the database.

Five times here; `GONGKAI_FAULTS=100 .venv/bin/pytest -s src/gongkai/search/tests/test_killed.py` kills a hundred times.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .changing import BEGUN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
KILLS = int(os.environ.get("GONGKAI_FAULTS", "5"))
SEED = 23
PATIENCE = 40  # seconds for everything to be taken in at the end


def test_an_indexer_killed_while_changes_come_in_loses_nothing(
    tmp_path: Path, put_database: Callable[[Path], None]
) -> None:
    put_database(tmp_path)
    environment = os.environ | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def verified() -> dict[str, Any]:
        out = start("gongkai", "search", "verify", "--json").communicate(timeout=60)[0]
        found: dict[str, Any] = json.loads(out or "{}")
        return found

    chance = random.Random(SEED)
    changing = start("gongkai.search.tests.changing", str(SEED))
    try:
        assert changing.stdout is not None
        assert changing.stdout.readline() == "begun\n"
        for _kill in range(KILLS):
            indexer = start("gongkai", "manage", "run_indexer")
            time.sleep(chance.uniform(1.2, 2.5))
            assert indexer.poll() is None, indexer.communicate()[1]
            indexer.kill()
            indexer.communicate()
    finally:
        changing.terminate()
        made, said = changing.communicate(timeout=30)
    assert int(made or 0) >= BEGUN, said
    indexer = start("gongkai", "manage", "run_indexer")
    try:
        end = time.monotonic() + PATIENCE
        while (found := verified()).get("waiting") != 0 and time.monotonic() < end:
            time.sleep(0.5)
    finally:
        indexer.terminate()
        said = indexer.communicate(timeout=30)[1]
    assert indexer.returncode == 0, said
    assert found["entries"] > int(made)
    assert found == {"entries": found["entries"], "waiting": 0, "missing": 0, "extra": 0, "stale": 0, "equal": True}
