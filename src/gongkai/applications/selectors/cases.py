"""Reads of this context. `visible_to` is the one rule of who may see what; every page starts from it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, Consulted, Review, State
from gongkai.applications.models import Application, Consultation, Reviewed, Step
from gongkai.applications.rules import codes, fold
from gongkai.applications.rules.flow import flow
from gongkai.applications.rules.history import Event, History
from gongkai.applications.rules.ledger import Clock
from gongkai.applications.rules.steps import events_of as steps_as_facts
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import Due
from gongkai.privacy import masking
from gongkai.privacy.digests import blind
from gongkai.statutes import in_force

REVIEWERS = {Role.SECRECY_REVIEWER: Review.SECRECY, Role.LEGAL_REVIEWER: Review.LEGAL}
HANDLERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)


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


def queue(standing: Standing, *, state: State | None = None, text: str = "") -> QuerySet[Application]:
    """What is not closed (or is in one state), the most urgent first; those without a due date before all others."""
    found = visible_to(standing).select_related("handler")
    found = found.filter(state=state.value) if state else found.exclude(state__in=ENDED)
    found = _with_words(found, text)
    if state and state.value in ENDED:
        return found.order_by("-closed_on", "-pk")
    return found.order_by(F("next_on").asc(nulls_first=True), "submitted_at")


def found(standing: Standing, text: str) -> QuerySet[Application]:
    """Those the reader may see whose number, letter number or content holds the words, the newest first."""
    return _with_words(visible_to(standing).select_related("handler"), text).order_by("-submitted_at")


def _with_words(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    if not text:
        return rows
    words = Q(description__icontains=text) | Q(letter_number__icontains=text)
    return rows.filter(words | Q(number__icontains=text) if text.isascii() else words)


def tasks(standing: Standing) -> QuerySet[Application]:
    """What waits for an act of this very person, the most urgent first.

    Not what he or she proposed, to sign it; not what another officer handles; for a reviewer, what still needs the review.
    """
    waiting = Q(pk__in=[])
    for state in set(flow().states) - set(ENDED):
        for role in sorted(flow().task_of(state) & set(Role)):
            held = Q(state=state, organ__code__in=standing.organs_where(Role(role)))
            waiting |= held & _concerning(Role(role), standing.user_id)
    own = Q(state=State.PROPOSED.value, decided_by_id=standing.user_id)
    found = visible_to(standing).filter(waiting).exclude(own).select_related("handler")
    return found.order_by(F("next_on").asc(nulls_first=True), "submitted_at")


def _concerning(role: Role, user_id: int) -> Q:
    """What of the cases in a state concerns somebody in a role."""
    review = REVIEWERS.get(role)
    if review is None:
        handled_by_others = Q(handler__isnull=False) & ~Q(handler_id=user_id)
        return ~handled_by_others if role is Role.OFFICER else Q()
    needs = in_force("reviews_before_signing", localdate()).table.get(review.value, ())
    passed = Reviewed.objects.filter(application=OuterRef("pk"), review=review.value, proposal=OuterRef("proposal"))
    return Q(~Exists(passed), code__in=list(needs))


def tallies(standing: Standing, *, today: date, soon: date) -> Mapping[str, int]:
    """How many are open, overdue, due up to `soon`, in each state; sent this year, and in time. One query."""
    open_ = ~Q(state__in=ENDED)
    return visible_to(standing).aggregate(
        open=Count("pk", filter=open_),
        overdue=Count("pk", filter=open_ & Q(due_on__lt=today)),
        submitted=Count("pk", filter=Q(state=State.SUBMITTED.value)),
        proposed=Count("pk", filter=Q(state=State.PROPOSED.value)),
        signed=Count("pk", filter=Q(state=State.SIGNED.value)),
        soon=Count("pk", filter=open_ & Q(due_on__gte=today, due_on__lte=soon)),
        supplementing=Count("pk", filter=Q(state=State.SUPPLEMENTING.value)),
        sent=Count("pk", filter=Q(closed_on__year=today.year) & ~Q(letter_number="")),
        in_time=Count("pk", filter=Q(closed_on__year=today.year, closed_on__lte=F("due_on")) & ~Q(letter_number="")),
    )


def handlers_of(organ: str, today: date) -> list[Any]:
    """Those who may be given a case of an organ on a day, by name."""
    roles = (Role.OFFICER, Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE)
    people = {person.pk: person for role in roles for person in accounts.holders(role, organ, today)}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))


def consultations(application: Application) -> list[Consultation]:
    """Who was asked in a case, and what came of it."""
    return list(application.consultations.select_related("organ"))


def waiting_opinions(application: Application, *, third: bool) -> list[tuple[Consultation, str]]:
    """The consultations that wait for an opinion, each with whom it asks and since when."""
    kind = Consulted.THIRD_PARTY if third else Consulted.CO_PRODUCER
    open_ = [found for found in consultations(application) if found.kind == kind.value and not found.opinion]
    return [(found, f"{found.organ.name if found.organ else found.party}（{found.asked_on}）") for found in open_]


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
    return list(application.steps.all())


def events_of(application: Application) -> list[Event]:
    """The facts of the law in a case, by their days."""
    return steps_as_facts(application.steps.all())


def clocks(application: Application, today: date) -> tuple[Clock, ...]:
    """Every clock of a case as it stands on a day, the reply's first; none before registration."""
    history = History(Channel(application.channel), tuple(events_of(application)), today)
    return fold.fold(history, deadlines.calendar()).clocks


def working(application: Application) -> Due | None:
    """The last day for the reply, counted out; None before registration, and while its limit waits to run anew."""
    found = clocks(application, localdate())
    return (found[0].due or found[0].latest) if found else None


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
