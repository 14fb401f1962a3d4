"""Small questions of days that the pages and acts of this context ask. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.statutes import Value, in_force

SHANGHAI = ZoneInfo("Asia/Shanghai")


def extension_limit(received_on: date) -> Value:
    """By how many working days the reply may be put off at most, and the article."""
    return in_force("reply_extension_limit", received_on)


def local_day(moment: datetime) -> date:
    """The day of the law on which a moment falls: in Shanghai."""
    return moment.astimezone(SHANGHAI).date()
