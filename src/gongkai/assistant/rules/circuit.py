"""When a service that failed is left alone for a while. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongkai.assistant.enums import IN_ORDER, Ending

FAILURES = 3  # in a row
REST = timedelta(minutes=5)


def open_until(ends: Sequence[tuple[Ending, datetime]]) -> datetime | None:
    """Until when nobody asks; `ends` are the last questions that ended, the newest first. None when one may ask.

    The moment may have passed: then the next question tries whether the service is there again.
    """
    latest = ends[:FAILURES]
    if len(latest) < FAILURES or any(ending in IN_ORDER for ending, _at in latest):
        return None
    return latest[0][1] + REST
