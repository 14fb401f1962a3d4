"""An up-to-date, empty database, made once and copied: each process of the tests and each program they start needs one.

On SQLite it is a file in pytest's cache, named by what the sources and the packages hold, so that it is made anew as soon
as anything changes. On PostgreSQL the first process of a run migrates its own and leaves a copy for the others.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import transaction
from django.test.utils import setup_databases

ROOT = Path(__file__).resolve().parents[1]
ALIASES = {"default": False}  # and nothing of it kept as text
KINDS = {".py", ".yaml", ".json", ".csv", ".txt"}


@cache
def sources() -> str:
    """A fingerprint of all that a migration may read."""
    told = hashlib.sha256(sys.version.encode())
    found = [path for path in (ROOT / "src").rglob("*") if path.suffix in KINDS and path.is_file()]
    for path in sorted([*found, ROOT / "requirements-test.txt"]):
        told.update(f"{path.relative_to(ROOT)}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Of several processes, one goes in at a time."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_file(config: pytest.Config) -> Path:
    """The ready SQLite database in pytest's cache."""
    return sqlite_file_in(config.cache.mkdir("databases"))


def sqlite_file_in(folder: Path) -> Path:
    """The ready SQLite database, without secrets: each place makes its own."""
    with one_at_a_time(folder / "lock"):
        file = folder / f"{sources()}.sqlite3"
        if not file.exists():
            for earlier in folder.glob("*.sqlite3"):
                earlier.unlink()
            _migrate_into(file)
    return file


def _migrate_into(file: Path) -> None:
    with TemporaryDirectory(dir=file.parent) as folder:
        own = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        own |= {"GONGKAI_DATA_DIR": folder, "GONGKAI_ENV": "demo", "DATABASE_URL": ""}
        own["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
        subprocess.run([sys.executable, "-m", "gongkai", "manage", "migrate", "-v0"], env=own, check=True)
        made = Path(folder) / "ready.sqlite3"
        with (
            closing(sqlite3.connect(Path(folder) / "gongkai.sqlite3")) as whole,
            closing(sqlite3.connect(made)) as copy,
        ):
            whole.backup(copy)
            copy.execute("DELETE FROM privacy_secret")
            copy.commit()
        made.replace(file)


def set_up(connection: Any, config: pytest.Config, lock: Path) -> Any:
    """The database of the tests of this process; what `teardown_databases` takes."""
    with one_at_a_time(lock):
        ready = _taken_over(connection, config)
        if not ready:
            made = setup_databases(verbosity=0, interactive=False, aliases=ALIASES)
            _leave(connection)
            return made
    return setup_databases(verbosity=0, interactive=False, aliases=ALIASES, keepdb=True)


def _taken_over(connection: Any, config: pytest.Config) -> bool:
    """Whether there was a ready database, and it is this process's now."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        shutil.copyfile(sqlite_file(config), name)
        return True
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_template()])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template()}"')
    return True


def _leave(connection: Any) -> None:
    """Leave a copy of what was just migrated to the other processes of this run, where there are any."""
    if "PYTEST_XDIST_TESTRUNUID" not in os.environ:
        return
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{_template()}" TEMPLATE "{name}"')


def _template() -> str:
    """A name of this run's own."""
    return f"ready_{os.environ.get('PYTEST_XDIST_TESTRUNUID', 'alone')}"


def empty(connection: Any) -> None:
    """Empty the tables that hold anything, as Django's own flush does for all of them: most were not touched."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(name) for name in names]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {name})" for name in quoted))
        for name, holds in zip(quoted, cursor.fetchone(), strict=True):
            if holds:
                cursor.execute(f"DELETE FROM {name}")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
