"""What this context does when a clock of its own moves or runs out."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.events import ClockFacts, ClockMoved, ClockOverdue, ClocksTold
from gongkai.deadlines.rules import working_days_between
from gongkai.kernel import bus
from gongkai.notifications.rules import Recipient
from gongkai.notifications.services import notify

from . import services
from .enums import State
from .flow import binding
from .models import Dispute

ALWAYS = (Role.OFFICER, Role.LEGAL_REVIEWER)
LATE = (*ALWAYS, Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE)


def _of(clock: ClockFacts) -> Dispute | None:
    if clock.owner_kind != binding().kind:
        return None
    return Dispute.objects.select_related("application__organ").filter(pk=int(clock.owner_id)).first()


def follow_the_calendar(event: ClockMoved) -> None:
    """A changed calendar: the term is counted again, for a court's days are not working days."""
    row = _of(event.clock)
    if row is None or row.state != State.RUNNING.value:
        return
    services.run(row)
    row.save(update_fields=["answer_due_on"])


def tell_of_clocks(event: ClocksTold) -> None:
    """Few working days are left for the answer, or none."""
    for alert in event.alerts:
        row = _of(alert.clock)
        if row is None:
            continue
        if isinstance(alert, ClockOverdue):
            _tell(row, "deadlines.overdue", alert.due_on, LATE)
        else:
            _tell(row, "deadlines.due_soon", alert.due_on, LATE if alert.urgent else ALWAYS)


def _tell(row: Dispute, event: str, due_on: date, roles: tuple[Role, ...]) -> None:
    today, organ = timezone.localdate(), row.application.organ.code
    days = working_days_between(today, due_on, deadlines.calendar())
    people = {person.pk for role in roles for person in accounts.holders(role, organ, today)}
    for user_id in sorted(people):
        notify(
            event=event,
            key=f"dispute:{row.pk}:{due_on}:{days if event == 'deadlines.due_soon' else ''}",
            to=Recipient(user_id=user_id),
            context={
                "subject": f"申请 {row.application.number} 的{row.get_kind_display()}（提交答复或者答辩状）",
                "due_on": f"{due_on.year}年{due_on.month}月{due_on.day}日",
                "days": days,
                "before": "",
            },
            url=f"/workbench/disputes/{row.pk}/",
            organ=organ,
        )


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(ClockMoved, follow_the_calendar)
    bus.subscribe(ClocksTold, tell_of_clocks)
