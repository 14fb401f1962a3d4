"""Reads of this context. `visible_to` is the one rule of who may see what; every page starts from it."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, Consulted, Opinion, State
from gongkai.applications.models import Application, Consultation, Step
from gongkai.applications.rules import clock, codes, fold
from gongkai.applications.rules.flow import flow
from gongkai.applications.rules.history import Event, Fact, History
from gongkai.applications.rules.ledger import REPLY
from gongkai.applications.rules.receipt import WrongDay, receipt
from gongkai.applications.rules.steps import FACTS
from gongkai.applications.rules.steps import events_of as steps_as_facts
from gongkai.applications.rules.terms import Clock
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import Due
from gongkai.privacy import masking
from gongkai.privacy.digests import blind
from gongkai.workflow.rules import Rule

HANDLERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)
LATE = "late_opinion"  # the act of writing one down
ENDED_BY_THE_REPLY = frozenset(FACTS) - {"deliver"} | {"ask_extension"}  # refused once the reply went out

ANSWERERS = (Role.OFFICER, Role.DISCLOSURE_OFFICE)  # who answers for an organ that another one asks


@dataclass(frozen=True)
class Contact:
    """Who applied: in plain, or with everything masked that need not be read."""

    name: str
    identity_number: str
    phone: str
    email: str
    address: str


def visible_to(standing: Standing) -> QuerySet[Application]:
    """The applications to organs for which the reader holds a duty that handles, reviews or audits them."""
    return Application.objects.filter(organ__code__in=standing.organs_where(*HANDLERS)).select_related("organ__parent")


def counted_for(standing: Standing) -> QuerySet[Application]:
    """The applications whose figures the reader may see: an observer sees nothing of a case but that it counts."""
    organs = standing.organs_where(*HANDLERS, Role.OBSERVER)
    return Application.objects.filter(organ__code__in=organs).select_related("organ__parent")


def only_observes(standing: Standing) -> bool:
    """Whether the reader sees figures and may open no case anywhere."""
    return Role.OBSERVER in standing.roles and not standing.organs_where(*HANDLERS)


def sees(standing: Standing, application: Application) -> bool:
    """Whether a case is one of those: the same rule for a row at hand, whose organ is known."""
    return application.organ.code in standing.organs_where(*HANDLERS)


def by_number(standing: Standing, number: str) -> Application | None:
    """One application by its number, if the reader may see it."""
    return visible_to(standing).select_related("handler", "decided_by").filter(number=number).first()


def by_code(number: str, code: str) -> Application | None:
    """One application for who holds its number and its query code; the same answer for a wrong number or code."""
    found = Application.objects.select_related("organ__parent").filter(number=number.strip()).first()
    wanted = blind(codes.cleaned(code))
    if found is None or not hmac.compare_digest(found.code_digest, wanted):
        return None
    return found


def handlers_of(organ: str, today: date) -> list[Any]:
    """Those who may be given a case of an organ on a day, by name."""
    roles = (Role.OFFICER, Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE)
    people = {person.pk: person for role in roles for person in accounts.holders(role, organ, today)}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def read_whole(application: Application) -> None:
    """Have what hangs on a case read once for all that a page shows of it. For pages: an act reads anew."""
    application.read = {}


def once(application: Application, name: str, *joined: str) -> Any:
    """The rows of one kind that hang on a case: read once where a page asked for that, anew where not."""
    rows = getattr(application, name).select_related(*joined) if joined else getattr(application, name).all()
    if application.read is None:
        return rows
    return application.read.setdefault(name, rows)


def consultations(application: Application) -> list[Consultation]:
    """Who was asked in a case, and what came of it."""
    return list(once(application, "consultations", "organ"))


def asked_of(standing: Standing) -> QuerySet[Consultation]:
    """What other organs ask those for whom the reader may answer (art. 34), what still waits first. Never who applied.

    Each has `waits`: whether it may still be answered.
    """
    found = Consultation.objects.filter(
        kind=Consulted.CO_PRODUCER.value, organ__code__in=standing.organs_where(*ANSWERERS)
    )
    waits = ExpressionWrapper(_waits(), BooleanField())
    return (
        found.select_related("organ", "application__organ").annotate(waits=waits).order_by("-waits", "-asked_on", "-pk")
    )


def asked_and_waiting(standing: Standing) -> QuerySet[Consultation]:
    """Those of them that may still be answered."""
    return asked_of(standing).filter(_waits())


def _waits() -> Q:
    open_ = Q(due_on__gte=localdate()) | Q(due_on__isnull=True)  # what was not served yet cannot be late
    return Q(open_, opinion="", application__state=State.CONSULTING.value)


def waiting_opinions(application: Application, *, third: bool) -> list[tuple[Consultation, str]]:
    """The consultations that wait for an opinion, each with whom it asks and since when."""
    kind = Consulted.THIRD_PARTY if third else Consulted.CO_PRODUCER
    open_ = [found for found in consultations(application) if found.kind == kind.value and not found.opinion]
    return [(found, f"{found.organ.name if found.organ else found.party}（{found.asked_on}）") for found in open_]


def late_opinions(application: Application, today: date) -> list[tuple[Consultation, str]]:
    """The consultations whose term ended in silence and that may still be answered late, each with whom it asked."""
    return [
        (found, f"{found.organ.name if found.organ else found.party}（{found.asked_on}）")
        for found in consultations(application)
        if found.opinion in {"", Opinion.SILENT.value}
        and not found.late_opinion
        and found.due_on is not None
        and today > found.due_on
    ]


def open_acts(application: Application, roles: Collection[str], today: date) -> tuple[Rule, ...]:
    """The acts that somebody with these roles may do now.

    That of a late opinion only where one may still come; where a letter is put right, nothing that the reply has ended.
    """
    found = flow().open_to(application.state, roles)
    if application.correcting:
        found = tuple(rule for rule in found if rule.act not in ENDED_BY_THE_REPLY)
    if any(rule.act == LATE for rule in found) and not late_opinions(application, today):
        found = tuple(rule for rule in found if rule.act != LATE)
    return found


def asked_extension(application: Application) -> dict[str, Any]:
    """What an officer asked for, when the head of the disclosure office has it before him or her."""
    step = application.steps.filter(act="ask_extension").order_by("-pk").first()
    if step is None or application.state != State.EXTENDING.value:
        return {}
    return {"working_days": step.facts.get("asked"), "reason": step.facts.get("reason", "")}


def open_count() -> int:
    """How many applications of all organs are not closed."""
    return Application.objects.exclude(state__in=ENDED).count()


def steps(application: Application) -> list[Step]:
    """What happened, in order."""
    return list(once(application, "steps"))


def events_of(application: Application) -> list[Event]:
    """The facts of the law in a case, by their days."""
    return steps_as_facts(once(application, "steps"))


def clocks(application: Application, today: date) -> tuple[Clock, ...]:
    """Every clock of a case as it stands on a day, the reply's first where its day of receipt is known."""
    events = events_of(application)
    found = _folded(application, events, today)
    received = expected_receipt(application)
    if application.state != State.SUBMITTED.value and not any(one.act is Fact.RECEIVED for one in events):
        return ()  # it was taken back, or brought here from other books
    if received is None or received > today:
        return found
    reply = _folded(application, [*events, Event(Fact.RECEIVED, received)], today)
    return (*(one for one in reply if one.name == REPLY), *found)


def _folded(application: Application, events: list[Event], today: date) -> tuple[Clock, ...]:
    history = History(Channel(application.channel), tuple(sorted(events, key=lambda event: event.on)), today)
    return fold.fold(history, deadlines.calendar(), application.organ.recording_days).clocks


def expected_receipt(application: Application) -> date | None:
    """Art. 31: the day of receipt of what has not been registered yet, where the way it came settles it."""
    if application.received_on is not None or application.state != State.SUBMITTED.value:
        return None
    try:
        day = clock.local_day(application.submitted_at)
        return receipt(Channel(application.channel), submitted_on=day, day=None, today=day).received_on
    except WrongDay:
        return None


def working(application: Application) -> Due | None:
    """The last day for the reply, counted out; None before receipt, and while its limit waits to run anew."""
    found = clocks(application, localdate())
    return next((one.due or one.latest for one in found if one.name == REPLY), None)


def contact(application: Application) -> Contact:
    """In plain. Only `services.read_contact`, which records the reading, and the letter call this."""
    return Contact(
        application.applicant_name,
        application.identity_number,
        application.phone,
        application.email,
        application.address,
    )


def masked(application: Application) -> Contact:
    """As lists and pages show it; in a forgotten case nothing is left to be masked."""
    plain = contact(application)
    if application.forgotten_on:
        return plain
    return Contact(
        masking.mask_name(plain.name),
        masking.mask_identity(plain.identity_number),
        masking.mask_phone(plain.phone),
        masking.mask_email(plain.email) if plain.email else "",
        masking.mask_address(plain.address) if plain.address else "",
    )
