"""Which slot of a cron line is due."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.jobs.rules import is_cron, latest_due, latest_slot

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("cron", "now", "slot"),
    [
        ("30 2 * * *", "2026-11-22 02:30:00", "2026-11-22 02:30"),
        ("30 2 * * *", "2026-11-22 02:30:00.000001", "2026-11-22 02:30"),
        ("30 2 * * *", "2026-11-22 02:29:59.999999", "2026-11-21 02:30"),
        ("0 0 1 1 *", "2026-12-31 23:59:59", "2026-01-01 00:00"),
        ("0 9 * * 1", "2026-11-22 12:00:00", "2026-11-16 09:00"),
        ("0 0 29 2 *", "2026-11-22 12:00:00", "2024-02-29 00:00"),
    ],
)
def test_latest_slot(cron: str, now: str, slot: str) -> None:
    assert latest_slot(cron, at(now)) == at(slot)


@pytest.mark.parametrize(
    ("after", "now", "due"),
    [
        ("2026-11-21 02:30", "2026-11-22 02:30", "2026-11-22 02:30"),
        ("2026-11-22 02:30", "2026-11-22 23:00", None),
        ("2026-11-01 02:30", "2026-11-22 03:00", "2026-11-22 02:30"),  # of many missed, the last
    ],
)
def test_latest_due(after: str, now: str, due: str | None) -> None:
    assert latest_due("30 2 * * *", at(after), at(now)) == (at(due) if due else None)


@pytest.mark.parametrize(
    ("line", "good"), [("30 2 * * *", True), ("61 2 * * *", False), ("2 * * *", False), ("0 30 2 * * *", False)]
)
def test_is_cron(line: str, good: bool) -> None:
    assert is_cron(line) is good
