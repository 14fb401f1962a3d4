"""What this context does when something happens below it, or in its own flow."""

from __future__ import annotations

from gongkai.accounts.events import PersonLeft
from gongkai.deadlines.events import ClockDueSoon, ClockFacts, ClockMoved, ClockOverdue
from gongkai.kernel import bus
from gongkai.workflow.rules import Acted

from . import telling
from .events import Submitted
from .flow import binding
from .models import Application
from .rules.clock import REPLY


def _of(clock: ClockFacts) -> Application | None:
    """The application whose reply a clock is about."""
    if (clock.owner_kind, clock.name) != (binding().kind, REPLY):
        return None
    return Application.objects.select_related("organ").filter(pk=int(clock.owner_id)).first()


def follow_the_calendar(event: ClockMoved) -> None:
    """A changed calendar moved the last day of a reply: the case shows the new one, and who handles it is told."""
    application = _of(event.clock)
    if application is None:
        return
    application.due_on, application.due_provisional = event.after, event.provisional
    application.save(update_fields=["due_on", "due_provisional"])
    if event.before != event.after:
        telling.tell_handlers(application, "deadlines.moved", before=event.before)


def tell_of_acts(event: Acted) -> None:
    """An act was done: the applicant hears of what concerns him or her."""
    if event.flow == binding().flow.name:
        telling.tell_applicant(Application.objects.select_related("organ").get(pk=event.object_id), event.act)


def tell_of_arrival(event: Submitted) -> None:
    """An application came in."""
    telling.tell_officers(Application.objects.select_related("organ").get(pk=event.application_id))


def tell_it_is_due(event: ClockDueSoon) -> None:
    """Few working days are left."""
    application = _of(event.clock)
    if application is not None:
        telling.tell_handlers(application, "deadlines.due_soon")


def tell_it_is_overdue(event: ClockOverdue) -> None:
    """The last day has passed."""
    application = _of(event.clock)
    if application is not None:
        telling.tell_handlers(application, "deadlines.overdue", higher=True)


def hand_over(event: PersonLeft) -> None:
    """Who handled open cases has left: they go to the successor, or to nobody in particular when there is none."""
    mine = Application.objects.filter(handler_id=event.user_id, closed_on__isnull=True)
    mine.update(handler_id=event.successor_id)


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(ClockMoved, follow_the_calendar)
    bus.subscribe(Acted, tell_of_acts)
    bus.subscribe(Submitted, tell_of_arrival)
    bus.subscribe(PersonLeft, hand_over)
    bus.subscribe(ClockDueSoon, tell_it_is_due)
    bus.subscribe(ClockOverdue, tell_it_is_overdue)
