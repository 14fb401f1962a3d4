"""A release that was scheduled happens once, at its minute, whatever was killed and started again in between (LIB-5)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.catalogue import services
from gongkai.catalogue.tests.factories import new_key, ready, standing

MANAGE = [sys.executable, "-m", "gongkai", "manage"]
# An hour later: the minute has come, and the schedule was last looked at two minutes before it.
AN_HOUR_LATER = (
    "UPDATE catalogue_course SET scheduled_at = datetime(scheduled_at, '-61 minutes')",
    "UPDATE jobs_tick SET slot = datetime(slot, '-2 minutes')",
)


def scheduled() -> None:
    """An item whose gates were passed, to be released in an hour."""
    (item,), now = ready(1), timezone.now()
    chief = an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    services.schedule(
        pk=item.pk,
        by=standing(chief),
        version=item.version,
        key=new_key(),
        user_id=chief.pk,
        at=now + timedelta(hours=1),
        now=now,
    )


def copy_into(folder: Path) -> None:
    """Put the database as it stands into a data folder, for programs with keys of their own."""
    with closing(sqlite3.connect(folder / "gongkai.sqlite3")) as copy:
        connection.connection.backup(copy)
        copy.execute("DELETE FROM privacy_secret")
        copy.commit()


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(
        [*MANAGE, "db_worker", "--queue-name", "*", "--no-reload", "--interval", "0.2"], env=environment
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def look(environment: dict[str, str], *, schedulers: int = 1) -> None:
    """So many schedulers look at the clock at once."""
    looking = [subprocess.Popen([*MANAGE, "run_schedule", "--once"], env=environment) for _each in range(schedulers)]
    assert [one.wait(120) for one in looking] == [0] * schedulers


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_scheduled_release_survives_a_restart_and_happens_once(
    tmp_path: Path,
) -> None:
    scheduled()
    copy_into(tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    environment |= {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    environment |= {"DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}

    def rows(question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(tmp_path / "gongkai.sqlite3", timeout=30)) as base:
            found = base.execute(question).fetchall()
            base.commit()
            return found

    with worker(environment) as first:
        look(environment)
        first.kill()  # -9, between scheduling and firing
    assert rows("SELECT state FROM catalogue_item") == [("scheduled",)]
    for change in AN_HOUR_LATER:
        rows(change)
    with worker(environment):
        look(environment, schedulers=2)
        end = time.monotonic() + 60
        while rows("SELECT state FROM catalogue_item") != [("published",)] and time.monotonic() < end:
            time.sleep(0.2)
    released = "SELECT count(*) FROM catalogue_change WHERE kind = 'released'"
    acts = "SELECT count(*) FROM audit_entry WHERE act = 'items.release'"
    told = "SELECT count(*) FROM channels_telling WHERE kind = 'released'"
    assert [rows(question) for question in (released, acts, told)] == [[(1,)]] * 3
    assert rows("SELECT state FROM catalogue_item") == [("published",)]
    assert rows("SELECT scheduled_at, scheduled_by_id FROM catalogue_course") == [(None, None)]
