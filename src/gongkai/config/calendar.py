"""The work calendar of this house and what it has decided: of its database where there is one, else what the program
carries."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypeVar

from gongkai.deadlines.rules import Notice, NoticeDay, WorkCalendar, shipped_calendar
from gongkai.house_rules.rules import as_override
from gongkai.statutes import Override

T = TypeVar("T")


def work_calendar() -> WorkCalendar:
    """The calendar to count by; a database that cannot be asked is said on standard error, and not gone by."""
    return _asked(_calendar_of_file, _calendar_by_django) or shipped_calendar()


def decided_here() -> list[Override]:
    """What this house has decided where the law leaves a number open; nothing where there is no database to ask."""
    return _asked(_rules_of_file, _rules_by_django) or []


def _asked(of_file: Callable[[sqlite3.Connection], T], by_django: Callable[[], T]) -> T | None:
    """The answer of the database. A file is read past Django, which would take a second to start."""
    if os.environ.get("DATABASE_URL", "").strip():
        return _by_django(by_django)
    folder = Path(os.environ.get("GONGKAI_DATA_DIR", "").strip() or "./data").expanduser()
    file = folder / "gongkai.sqlite3"
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            return of_file(connection)
    except sqlite3.Error as error:
        _shipped_instead(str(error))
        return None


def _calendar_of_file(connection: sqlite3.Connection) -> WorkCalendar | None:
    """The table is that of deadlines.models.CalendarYear."""
    rows = connection.execute("SELECT year, papers, days, official, confirmed FROM deadlines_calendaryear")
    notices = list(_notices(rows))
    return WorkCalendar(notices) if notices else None


def _notices(rows: sqlite3.Cursor) -> Iterator[Notice]:
    for year, papers, days, official, confirmed in rows:
        named = tuple(NoticeDay(date.fromisoformat(on), name, off) for on, name, off in json.loads(days))
        yield Notice(year, tuple(json.loads(papers)), named, bool(official), bool(confirmed))


def _rules_of_file(connection: sqlite3.Connection) -> list[Override]:
    """The table is that of house_rules.models.HouseRule."""
    rows = connection.execute(
        "SELECT name, value, reason, since FROM house_rules_houserule WHERE withdrawn_at IS NULL ORDER BY id"
    )
    found = (as_override(name, json.loads(value), why, date.fromisoformat(since)) for name, value, why, since in rows)
    return [own for own in found if own is not None]


def _calendar_by_django() -> WorkCalendar:
    from gongkai.deadlines import selectors  # noqa: PLC0415 - its tables need the settings

    return selectors.calendar()


def _rules_by_django() -> list[Override]:
    from gongkai.house_rules import selectors  # noqa: PLC0415 - its tables need the settings

    return selectors.decisions()


def _by_django(read: Callable[[], T]) -> T | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django  # noqa: PLC0415 - a second that is spent only where the database is not a file
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        django.setup()
        return read()
    except (DatabaseError, ImproperlyConfigured) as error:
        _shipped_instead(str(error))
        return None


def _shipped_instead(reason: str) -> None:
    line = reason.strip().partition("\n")[0]
    print(f"gongkai: 未用数据库里的工作日历和规定，改用随程序的：{line}", file=sys.stderr)
