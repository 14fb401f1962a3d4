"""Whom an application's news is told, and in which words. Called inside the transaction of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import working_days_between
from gongkai.notifications.rules import Recipient
from gongkai.notifications.services import notify

from .models import Application
from .rules.fold import clock_label

TO_APPLICANT = {
    "register": "applications.registered",
    "ask_supplement": "applications.supplement_asked",
    "extend": "applications.extended",
    "deliver": "applications.decided",
}


def tell_applicant(application: Application, act: str) -> None:
    """By the addresses the applicant gave; nothing is sent for an act that does not concern the applicant."""
    event = TO_APPLICANT.get(act)
    if event is None:
        return
    due_on = application.supplement_by if act == "ask_supplement" else application.due_on
    notify(
        event=event,
        key=f"application:{application.pk}:{application.version}",
        to=Recipient(mail=application.email, phone=application.phone),
        context={"number": application.number, "organ": application.organ.name, "due_on": _day(due_on)},
    )


def tell_officers(application: Application) -> None:
    """An application came in: the officers of its organ, or the head of its disclosure office where there is none."""
    today, organ = timezone.localdate(), application.organ.code
    people = accounts.holders(Role.OFFICER, organ, today) or accounts.holders(Role.DISCLOSURE_OFFICE, organ, today)
    for person in people:
        notify(
            event="applications.submitted",
            key=f"application:{application.pk}",
            to=Recipient(user_id=person.pk),
            context={"number": application.number, "organ": application.organ.name},
            url=_url(application),
        )


def tell_handlers(
    application: Application,
    clock: str,
    event: str,
    *,
    due_on: date,
    before: date | None = None,
    higher: Sequence[Role] = (),
) -> None:
    """A clock's news: to who handles the case (else its organ's officers), and to those above whom it concerns."""
    today, organ = timezone.localdate(), application.organ.code
    people = {application.handler_id} if application.handler_id else set()
    if not people:
        people = {person.pk for person in accounts.holders(Role.OFFICER, organ, today)}
    for role in higher:
        people |= {person.pk for person in accounts.holders(role, organ, today)}
    days = working_days_between(today, due_on, deadlines.calendar())
    context = {
        "subject": f"申请 {application.number}（{clock_label(clock)}）",
        "due_on": _day(due_on),
        "days": days,
        "before": _day(before),
    }
    of_days = days if event == "deadlines.due_soon" else ""
    for user_id in sorted(people):
        notify(
            event=event,
            key=f"application:{application.pk}:{clock}:{due_on}:{of_days}",
            to=Recipient(user_id=user_id),
            context=context,
            url=_url(application),
        )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _url(application: Application) -> str:
    return f"/workbench/applications/{application.number}/"
