"""What the pages at the desk show of an application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gongkai.accounts.rules import Standing
from gongkai.applications import selectors
from gongkai.applications.enums import ENDED, Delivery, Form, Pressing, State
from gongkai.applications.rules import deciding, reply, tree
from gongkai.applications.rules.flow import flow
from gongkai.applications.rules.fold import clock_label
from gongkai.applications.rules.ledger import REPLY, SERVICE
from gongkai.applications.rules.remedies import clause
from gongkai.applications.rules.terms import Clock
from gongkai.applications.rules.terms import State as ClockState
from gongkai.applications.selectors import BROUGHT, GIVEN
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import shift, working_days_between
from gongkai.files import selectors as files
from gongkai.organisations.enums import ApplicantKind
from gongkai.statutes import law

SOON = 3  # working days

GROUPS = {
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "withheld": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}


@dataclass(frozen=True)
class Row:
    """One line of the queue; `days` are working days left, below nought when it is overdue.

    `correcting`: the reply went out, and a slip in its letter is put right, for which the law sets no day.
    """

    number: str
    summary: str
    state: str
    organ: str
    due_on: date | None
    clock: str
    days: int | None
    late: int
    handler: str
    correcting: bool


def rows(applications: Iterable[selectors.Application], *, today: date) -> list[Row]:
    """The lines of one page of the queue, the calendar read once."""
    calendar = deadlines.calendar()
    return [
        Row(
            number=found.number,
            summary=found.description[:80],
            state=found.get_state_display(),
            organ=found.organ.short_name,
            due_on=found.next_on or (None if found.correcting else found.due_on),
            clock=clock_label(found.next_clock) if found.next_clock else "",
            days=(
                days := working_days_between(today, found.next_on, calendar)
                if found.next_on and found.state not in ENDED
                else None
            ),
            late=-days if days is not None and days < 0 else 0,
            handler=found.handler.name if found.handler else "",
            correcting=found.correcting,
        )
        for found in applications
    ]


def days_of(pressing: str, today: date) -> dict[str, date]:
    """The last days for the reply that press in this way; none when nothing of the kind was asked."""
    if pressing == Pressing.OVERDUE.value:
        return {"until": today - timedelta(days=1)}
    if pressing == Pressing.SOON.value:
        return {"since": today, "until": soon(today)}
    return {}


def soon(today: date) -> date:
    """The last day of the three working days after today."""
    return shift(today, SOON, deadlines.calendar())


def case(application: selectors.Application, today: date) -> dict[str, Any]:
    """The days with their working, the facts, what happened."""
    clocks = selectors.clocks(application, today)
    reply_clock = next((clock for clock in clocks if clock.name == REPLY), None)
    due = (reply_clock.due or reply_clock.latest) if reply_clock else None
    steps = selectors.steps(application)
    return {
        "due": due,
        "reply_clock": reply_clock,
        "clocks": [(clock, clock.due or clock.latest) for clock in clocks],
        "consultations": selectors.consultations(application),
        "brought": files.of_owner(BROUGHT, application.pk),
        "given": files.of_owner(GIVEN, application.pk),
        **papers(application, clocks),
        "missing": selectors.reviews_missing(application, today) if application.state == State.PROPOSED.value else [],
        "facts": facts(application),
        "steps": [(step.on, label(step.act), told(step.facts)) for step in steps],
        "sent_back": steps[-1] if steps and steps[-1].act == "send_back" else None,
        "fee": selectors.fee_of(application),
        "outcome": selectors.outcome_label(application),
        "kind": reply.kinds().get(application.contents.get("kind", "")),
    }


def proposed(application: selectors.Application) -> dict[str, Any]:
    """What the proposed reply says, for who reviews and signs it: its kind, and each thing it states."""
    kind = reply.kinds().get(application.contents.get("kind", ""))
    if kind is None or application.state != State.PROPOSED.value:
        return {}
    given = [(field.label, application.contents.get(field.name, "")) for field in kind.fields]
    more = [(_("不公开将对公共利益造成的重大影响"), application.contents.get("public_interest", ""))]
    return {"kind": kind, "contents": [(name, text) for name, text in [*given, *more] if text]}


def precedents(application: selectors.Application, standing: Standing) -> dict[str, Any]:
    """What was asked much like this before, and what it speaks for; the officer decides. Nothing for a case that ended."""
    if application.state in ENDED:
        return {}
    found = selectors.alike(standing, application)
    proposal = selectors.proposed(found)
    source = next((one.number for one in found if proposal and one.kind == proposal.kind and one.number), "")
    return {
        "alike": found,
        "proposal": proposal,
        "proposed_kind": reply.kinds()[proposal.kind] if proposal else None,
        "source": source,
        "likely_organ": selectors.likely_organ(application, found)
        if application.state == State.SUBMITTED.value
        else "",
    }


def papers(application: selectors.Application, clocks: Iterable[Clock]) -> dict[str, Any]:
    """The papers, each with whether a term waits for its service; how many do, and whether one has waited too long."""
    found = selectors.letters_of(application)
    waiting = [letter.pk for letter in found if selectors.unserved(application, letter)]
    late = any(clock.name == SERVICE and clock.state is ClockState.LAPSED for clock in clocks)
    return {
        "letters": [(letter, selectors.label_of(letter), letter.pk in waiting) for letter in found],
        "unserved": len(waiting),
        "unserved_late": late,
        "servable": {letter.pk for letter, _label in selectors.servable(application)},
    }


def facts(application: selectors.Application) -> list[tuple[str, str]]:
    """What the applicant said, but for who it is."""
    return [
        (_("机关"), application.organ.name),
        (_("渠道"), Channel(application.channel).label),
        (_("申请人类别"), ApplicantKind(application.applicant_kind).label),
        (_("获取方式"), Form(application.form).label),
        (_("获取途径"), Delivery(application.delivery).label),
    ]


def label(act: str) -> str:
    """An act in the words of the flow."""
    if act == "record":
        return _("录入平台")
    return next((rule.label for rule in flow().rules if rule.act == act), _("提交申请"))


def told(step: dict[str, Any]) -> str:
    """What a step adds in words: a reason, a proof, a number."""
    words = [str(step[name]) for name in ("to", "reason", "said", "present", "proof", "number") if step.get(name)]
    if step.get("working_days"):
        words.insert(0, _("%(n)s 个工作日") % {"n": step["working_days"]})
    return "；".join(words)


def kinds(day: date) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every kind of reply by group of the national table: (name, label, articles)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for kind in reply.kinds().values():
        group = GROUPS[kind.outcome(day).group]
        found.setdefault(group, []).append((kind.name, kind.label, kind.basis_text(day)))
    return list(found.items())


def cited(cite: str) -> str:
    """The article of an act, in words."""
    return law().cite(cite).text if cite else ""


def arrived(application: selectors.Application, walk: tree.Walk, today: date) -> dict[str, Any]:
    """Where the answers lead: the row of the national table with its articles, contents and remedies, or an act."""
    answer = walk.answer
    place = walk.given[-1][0].step if walk.given and not answer else tree.steps()[-1]
    now = {"step_now": walk.question.step if walk.question else place}
    if answer is None:
        return now
    if answer.act:
        rule = flow().rule(application.state, answer.act)
        return {**now, "rule": rule, "act_label": label(answer.act)}
    kind = reply.kinds()[answer.kind]
    outcome = kind.outcome(today)
    return {
        **now,
        "kind": kind,
        "outcome": outcome,
        "group": GROUPS[outcome.group],
        "basis": kind.basis_text(today),
        "remedy": clause(kind.code, today, selectors.forum_of(application, today)),
        "reviews": deciding.reviews_of(kind.code, today),
        "stands_against": selectors.stands_against(application, kind),
        "rule": flow().rule(application.state, "decide"),
    }
