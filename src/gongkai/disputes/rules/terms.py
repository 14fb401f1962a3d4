"""How long the organ has to answer, and which way the law opens first. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.applications.rules.remedies import QUERY, review_first
from gongkai.deadlines.rules import Due, WorkCalendar, due, working_days_between
from gongkai.disputes.enums import Kind, Procedure
from gongkai.statutes import LawError, in_force


class NoSuchTerm(Exception):
    """The law of the day knows no such procedure; the text is for the person who chose it."""


PARAMETERS = {
    Procedure.SIMPLE: "reconsideration_simple_reply_limit",
    Procedure.ORDINARY: "reconsideration_ordinary_reply_limit",
}


def answer_due(kind: Kind, procedure: Procedure, copy_on: date, calendar: WorkCalendar) -> Due:
    """The last day for the organ's answer, counted from the day after the copy came in.

    Reconsideration counts working days. A court's days are days of the calendar, and end on a working day; told in the
    working days that they hold, so that one clock serves both. Raises `NoSuchTerm`, `OutsideCalendar`.
    """
    name = PARAMETERS[procedure] if kind is Kind.RECONSIDERATION else "litigation_answer_limit"
    try:
        found = in_force(name, copy_on)
    except LawError as error:
        raise NoSuchTerm(f"{copy_on} 时的法律没有这一程序的答复期限。请核对收到副本之日和审理程序。") from error
    if kind is Kind.RECONSIDERATION:
        return due(copy_on, found.integer, calendar, cite=found.basis)
    last = copy_on + timedelta(found.integer)
    while not calendar.is_working(last):
        last += timedelta(1)
    return due(copy_on, working_days_between(copy_on, last, calendar), calendar, cite=found.basis)


def reconsideration_first(code: str, replied_on: date) -> str:
    """Where it stands that this outcome goes to reconsideration before any court, as its letter says; else empty."""
    try:
        first = review_first(code, replied_on)
        found = in_force("reconsideration_first_for_query" if code == QUERY else "remedy_by_result", replied_on)
    except LawError:
        return ""
    return found.basis if first else ""
