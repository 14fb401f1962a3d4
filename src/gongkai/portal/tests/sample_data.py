"""The demo's data for a test: loaded once in a process, and copied back for each test after the first."""

from __future__ import annotations

import sqlite3

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gongkai.organisations.models import Organ
from gongkai.organisations.tests import factories as directory

PUBLIC = ("organs", "reports")
_kept: dict[tuple[str, ...], sqlite3.Connection] = {}


def load_public() -> None:
    """What the public pages show: the organs and the published reports. The desk's samples are loaded where they matter."""
    load(*PUBLIC)


def load(*names: str) -> None:
    """These parts of what `seed_demo` loads, or all of it, into empty tables.

    A test in a transaction, or on PostgreSQL, loads them anew; on SQLite a test that commits gets a copy of the database
    as the first such test found it after the loading.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        _load(names)
        return
    connection.ensure_connection()
    if names in _kept:
        _kept[names].backup(connection.connection)
        return
    _load(names)
    _kept[names] = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(_kept[names])


def _load(names: tuple[str, ...]) -> None:
    for name, *words in settings.DEMO:
        if name == "organs" and not Organ.objects.exists():
            directory.hongkou()  # the same rows, without eleven questions for each
        elif name in names or not names:
            call_command(name, *words, verbosity=0)
