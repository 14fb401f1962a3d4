"""What this context does when something happens below it, or in its own flow."""

from __future__ import annotations

from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.events import PersonLeft
from gongkai.audit.enums import ActorKind
from gongkai.deadlines.events import ClockDueSoon, ClockFacts, ClockMoved, ClockOverdue, ClocksTold
from gongkai.kernel import bus
from gongkai.workflow.rules import Acted

from . import tasks, telling, turns
from .enums import ENDED
from .events import RectificationAsked, Submitted
from .flow import binding, rectification_binding
from .models import Application, Rectification
from .rules.ledger import RECORD, REGISTRATION, REPLY, SERVICE
from .services import reckoning

NAMES = {ClockDueSoon: "deadlines.due_soon", ClockOverdue: "deadlines.overdue"}
# The organ's own limits; the others run for somebody outside.
OF_THE_ORGAN = frozenset({REPLY, RECORD, REGISTRATION, SERVICE})


def _of(clock: ClockFacts) -> Application | None:
    """The application that a clock is about."""
    if clock.owner_kind != binding().kind:
        return None
    return Application.objects.select_related("organ").filter(pk=int(clock.owner_id)).first()


def follow_the_calendar(event: ClockMoved) -> None:
    """A changed calendar moved the last day of a reply: the case shows the new one, and who handles it is told."""
    application = _of(event.clock)
    if application is None:
        return
    if event.clock.name == REPLY:
        _move_reply(application, event)
    else:  # a term that moved may move the reply behind it
        reckoning.refresh(application, timezone.localdate())
    if event.before != event.after:
        news = telling.News(application, event.clock.name, "deadlines.moved", event.after, before=event.before)
        telling.tell_handlers([news])


def _move_reply(application: Application, event: ClockMoved) -> None:
    application.due_on, application.due_provisional = event.after, event.provisional
    if application.next_clock == REPLY or application.next_on is None or event.after < application.next_on:
        application.next_on, application.next_clock = event.after, REPLY
    application.save(update_fields=["due_on", "due_provisional", "next_on", "next_clock"])


def tell_of_acts(event: Acted) -> None:
    """An act was done: the applicant hears of what concerns him or her, and so does who has the case now."""
    if event.flow == rectification_binding().flow.name and event.target == "answered":
        telling.tell_rectified(Rectification.objects.select_related("organ").get(pk=event.object_id))
    if event.flow == binding().flow.name:
        if event.act == "decide":
            tasks.screen_given.enqueue(int(event.object_id))
        row = Application.objects.select_related("organ").get(pk=event.object_id)
        telling.tell_applicant(row, event.act, event.source)
        if event.act == "transfer":  # it is new to the organ that it has come to
            telling.tell_officers(row)
        if event.act == "serve":
            telling.tell_served(row, event.facts)
        if event.act == "assign":
            telling.tell_assigned(row)
        if event.act == "ask_co_producer":
            telling.tell_asked_organ(row)
        if event.act in telling.CAME_IN and _from_outside(event, row):
            telling.tell_of_word(row, event.act)
        turns.tell(row, event)


def _from_outside(event: Acted, row: Application) -> bool:
    """Whether somebody else than the case's own officers did it: what they write down themselves is no news to them."""
    if event.actor.kind is not ActorKind.USER:
        return True
    return event.act in {"co_producer_answered", "late_opinion"} and event.actor.id != str(row.handler_id)


def tell_of_arrival(event: Submitted) -> None:
    """An application came in."""
    telling.tell_officers(Application.objects.select_related("organ").get(pk=event.application_id))


def tell_of_rectification(event: RectificationAsked) -> None:
    """A request to put a record right came in."""
    telling.tell_of_new_rectification(Rectification.objects.select_related("organ").get(pk=event.rectification_id))


def tell_of_clocks(event: ClocksTold) -> None:
    """Few working days are left, or none: of many clocks at once, each told once."""
    ours: list[tuple[int, ClockDueSoon | ClockOverdue]] = []
    for alert in event.alerts:
        if alert.clock.owner_kind == binding().kind:
            ours.append((int(alert.clock.owner_id), alert))
        elif alert.clock.owner_kind == rectification_binding().kind:
            row = Rectification.objects.select_related("organ").get(pk=int(alert.clock.owner_id))
            telling.tell_of_rectification(row, NAMES[type(alert)], alert.due_on)
    fields = ("number", "handler_id", "organ__code")
    rows = Application.objects.select_related("organ").only(*fields).in_bulk([pk for pk, _alert in ours])
    telling.tell_handlers(
        telling.News(rows[pk], alert.clock.name, NAMES[type(alert)], alert.due_on, higher=_higher(alert))
        for pk, alert in ours
        if pk in rows
    )


def _higher(alert: ClockDueSoon | ClockOverdue) -> tuple[Role, ...]:
    """Who hears of it besides those who handle the case: the higher, the later."""
    late = 2 if isinstance(alert, ClockOverdue) else alert.urgent + alert.last_day
    name, _colon, _party = alert.clock.name.partition(":")
    return (Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE)[:late] if name in OF_THE_ORGAN else ()


def hand_over(event: PersonLeft) -> None:
    """Who handled open cases has left: they go to the successor, or to nobody in particular when there is none."""
    mine = Application.objects.filter(handler_id=event.user_id).exclude(state__in=ENDED)
    mine.update(handler_id=event.successor_id)


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(ClockMoved, follow_the_calendar)
    bus.subscribe(Acted, tell_of_acts)
    bus.subscribe(Submitted, tell_of_arrival)
    bus.subscribe(RectificationAsked, tell_of_rectification)
    bus.subscribe(PersonLeft, hand_over)
    bus.subscribe(ClocksTold, tell_of_clocks)
