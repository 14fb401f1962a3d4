"""What this context does when something happens below it."""

from __future__ import annotations

from gongkai.deadlines.events import ClockMoved
from gongkai.kernel import bus

from .flow import binding
from .models import Application
from .rules.clock import REPLY


def follow_the_calendar(event: ClockMoved) -> None:
    """A changed calendar moved the last day of a reply: the case shows the new one. The clock has recorded the move."""
    if (event.clock.owner_kind, event.clock.name) == (binding().kind, REPLY):
        Application.objects.filter(pk=int(event.clock.owner_id)).update(
            due_on=event.after, due_provisional=event.provisional
        )


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(ClockMoved, follow_the_calendar)
