"""The work calendar of this house: of its database where there is one, else the one the program carries."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from gongkai.deadlines.rules import Notice, NoticeDay, WorkCalendar, shipped_calendar


def work_calendar() -> WorkCalendar:
    """The calendar to count by; a database that cannot be asked is said on standard error, and not gone by."""
    folder = Path(os.environ.get("GONGKAI_DATA_DIR", "").strip() or "./data").expanduser()
    file = folder / "gongkai.sqlite3"
    if os.environ.get("DATABASE_URL", "").strip():
        return _by_django()
    return _of_file(file) if file.is_file() else shipped_calendar()


def _of_file(file: Path) -> WorkCalendar:
    """Read past Django, which would take a second to start; the table is that of deadlines.models.CalendarYear."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            rows = connection.execute("SELECT year, papers, days, official, confirmed FROM deadlines_calendaryear")
            notices = list(_notices(rows))
    except sqlite3.Error as error:
        return _shipped_instead(str(error))
    return WorkCalendar(notices) if notices else shipped_calendar()


def _notices(rows: sqlite3.Cursor) -> Iterator[Notice]:
    for year, papers, days, official, confirmed in rows:
        named = tuple(NoticeDay(date.fromisoformat(on), name, off) for on, name, off in json.loads(days))
        yield Notice(year, tuple(json.loads(papers)), named, bool(official), bool(confirmed))


def _by_django() -> WorkCalendar:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django  # noqa: PLC0415 - a second that is spent only where the database is not a file
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        django.setup()
        from gongkai.deadlines import selectors  # noqa: PLC0415 - its tables need the settings

        return selectors.calendar()
    except (DatabaseError, ImproperlyConfigured) as error:
        return _shipped_instead(str(error))


def _shipped_instead(reason: str) -> WorkCalendar:
    line = reason.strip().partition("\n")[0]
    print(f"gongkai: 未用数据库里的工作日历，改用随程序的日历：{line}", file=sys.stderr)
    return shipped_calendar()
