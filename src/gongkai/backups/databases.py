"""The whole database as one file and back: SQLite by its own copying, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class CannotCopy(Exception):
    """The database cannot be copied or filled; the text is for the person who tries."""


def migrations() -> list[list[str]]:
    """The migrations that have been applied: a backup fits the program that knows them all."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def unknown(applied: Iterable[Sequence[str]]) -> list[str]:
    """Those among some migrations that this program does not have: it is older than the one that applied them."""
    known = set(MigrationLoader(None).disk_migrations)
    return sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)


def is_empty() -> bool:
    """Whether the database holds no table."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def dump(target: Path) -> None:
    """Write a consistent copy while the program runs."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        _copy(Path(str(settings["NAME"])), target)
        return
    _run("pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def fill(source: Path) -> None:
    """Put a copy into the empty database."""
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        _copy(source, Path(str(settings["NAME"])))
        return
    words = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", settings, *words, f"--dbname={settings['NAME']}", str(source), named=False)


def _copy(source: Path, target: Path) -> None:
    """All of one SQLite database into another, or nothing."""
    try:
        with (
            contextlib.closing(sqlite3.connect(source)) as read,
            contextlib.closing(sqlite3.connect(target)) as written,
        ):
            read.backup(written)
    except sqlite3.Error as error:
        raise CannotCopy(
            f"数据库抄写到 {target} 时出错：{error}。磁盘满的，请腾出空间再试。The database could not be copied there."
        ) from error


def _run(program: str, settings: Mapping[str, Any], *words: str, named: bool = True) -> None:
    pairs = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(settings[key]) for name, key in pairs.items() if settings.get(key)}
    given |= {
        f"PG{name.upper()}": str(value) for name, value in settings.get("OPTIONS", {}).items() if name == "sslmode"
    }
    command = [_find(program), *words, *([f"--dbname={settings['NAME']}"] if named else [])]
    done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise CannotCopy(f"{program}: {done.stderr.strip()[-500:]}")


def _find(program: str) -> str:
    """The newest of the programs that Debian keeps apart by version, else the one on the path."""
    places = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(places, key=lambda path: float(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(program)
    if found is None:
        raise CannotCopy(
            f"没有找到 {program}。请安装 postgresql-client。{program} is missing: install postgresql-client."
        )
    return found
