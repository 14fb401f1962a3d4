"""What this context does about its own news."""

from __future__ import annotations

from gongkai.kernel import bus
from gongkai.notifications.services import notify_administrators

from .events import CalendarMissing


def ask_for_the_calendar(event: CalendarMissing) -> None:
    """Administrators hear of a missing year once a week until it is imported."""
    year, week, _day = event.on.isocalendar()
    notify_administrators(
        event="deadlines.calendar_missing",
        key=f"calendar:{event.year}:{year}-{week}",
        context={"year": event.year},
        url="/workbench/calendar/",
    )


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(CalendarMissing, ask_for_the_calendar)
