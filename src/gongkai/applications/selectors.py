"""Reads of this context. `visible_to` is the one rule of who may see what; every page starts from it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import Due
from gongkai.organisations.enums import ApplicantKind
from gongkai.papers.rules import Paper
from gongkai.privacy import masking
from gongkai.privacy.digests import blind
from gongkai.statutes import decision, report_form

from .enums import State
from .models import Application as Application  # noqa: PLC0414 - others name its type, and ask for rows here
from .models import Step
from .rules import clock, codes, counts, reply
from .rules.flow import flow

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
    found = found.filter(state=state.value) if state else found.exclude(state=State.CLOSED.value)
    found = _with_words(found, text)
    urgent = F("due_on").asc(nulls_first=True)
    return found.order_by(urgent, "submitted_at") if state != State.CLOSED else found.order_by("-closed_on")


def found(standing: Standing, text: str) -> QuerySet[Application]:
    """Those the reader may see whose number, letter number or content holds the words, the newest first."""
    return _with_words(visible_to(standing).select_related("handler"), text).order_by("-submitted_at")


def _with_words(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    if not text:
        return rows
    words = Q(number__icontains=text) | Q(description__icontains=text) | Q(letter_number__icontains=text)
    return rows.filter(words)


def tasks(standing: Standing) -> QuerySet[Application]:
    """What waits for an act of this very person, the most urgent first: not what he or she proposed, to sign it."""
    waiting = Q(pk__in=[])
    for state in flow().states:
        roles = {role for rule in flow().rules if rule.source == state for role in rule.by} & set(Role)
        waiting |= Q(state=state, organ__code__in=standing.organs_where(*(Role(role) for role in roles)))
    own = Q(state=State.PROPOSED.value, decided_by_id=standing.user_id)
    found = visible_to(standing).filter(waiting).exclude(own).select_related("handler")
    return found.order_by(F("due_on").asc(nulls_first=True), "submitted_at")


def tallies(standing: Standing, *, today: date, soon: date) -> Mapping[str, int]:
    """How many are open, overdue, due up to `soon`, in each state; sent this year, and in time. One query."""
    open_ = ~Q(state=State.CLOSED.value)
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


def open_count() -> int:
    """How many applications of all organs are not closed."""
    return Application.objects.exclude(state=State.CLOSED.value).count()


def steps(application: Application) -> list[Step]:
    """What happened, in order."""
    return list(application.steps.all())


def working(application: Application) -> Due | None:
    """The due date counted out day by day; None before registration."""
    calendar = deadlines.calendar()
    try:
        reply = clock.reply_due(_history(application), calendar)
    except clock.NotReceived:
        return None
    return clock.working(reply, calendar)


def reply_clock(application: Application) -> clock.Reply | None:
    """The limit, its extension and its article; None before registration."""
    try:
        return clock.reply_due(_history(application), deadlines.calendar())
    except clock.NotReceived:
        return None


def _history(application: Application) -> list[clock.Happened]:
    return [clock.Happened(step.act, step.on, step.facts) for step in application.steps.all()]


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
    """As lists and pages show it."""
    plain = contact(application)
    return Contact(
        masking.mask_name(plain.name),
        masking.mask_identity(plain.identity_number),
        masking.mask_phone(plain.phone),
        masking.mask_email(plain.email) if plain.email else "",
        masking.mask_address(plain.address) if plain.address else "",
    )


def table_three(organs: frozenset[str], year: int) -> Mapping[str, Mapping[str, int]]:
    """The third table of a year's report for these organs together: row -> column -> count. One query."""
    rows = _of_year(Application.objects.filter(organ__code__in=organs), year).values_list(
        "received_on", "applicant_kind", "closed_on", "code"
    )
    cases = (
        counts.Case(received, ApplicantKind(kind), closed, code)
        for received, kind, closed, code in rows.iterator()
        if received is not None
    )
    return counts.table_three(cases, year)


def cell(standing: Standing, *, organs: frozenset[str], year: int, row: str, column: str) -> list[Application]:
    """The cases behind one figure of the table, among those the reader may see."""
    found = _of_year(visible_to(standing).filter(organ__code__in=organs), year).order_by("received_on", "pk")
    if column in {kind.value for kind in ApplicantKind}:
        found = found.filter(applicant_kind=column)
    return [application for application in found if row in counts.rows_of(_case(application), year)]


def _of_year(found: QuerySet[Application], year: int) -> QuerySet[Application]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return found.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first), received_on__lte=last)


def _case(application: Application) -> counts.Case:
    if application.received_on is None:
        raise ValueError(f"{application} has not been received.")
    kind = ApplicantKind(application.applicant_kind)
    return counts.Case(application.received_on, kind, application.closed_on, application.code)


def years(organs: frozenset[str]) -> list[int]:
    """The years in which anything was received or closed, newest first, of those whose report has a third table."""
    days = Application.objects.filter(organ__code__in=organs, received_on__isnull=False)
    found = {day.year for day in days.dates("received_on", "year")} | {
        day.year for day in days.dates("closed_on", "year")
    }
    return sorted((year for year in found if report_form(year).has_tables), reverse=True)


def letter(application: Application) -> Paper:
    """The reply as a paper: of the day it was signed; of today, without a number, while it is a proposal."""
    contents = application.contents
    organ = application.organ
    asked = reply.Asked(
        organ=organ.name,
        applicant=application.applicant_name,
        received_on=application.received_on or clock.local_day(application.submitted_at),
        wanted=application.description,
        number=application.number,
    )
    return reply.letter(
        reply.kinds()[contents["kind"]],
        contents,
        asked,
        number=application.letter_number or "（草稿，未编号）",
        signed_on=application.signed_on or localdate(),
        authority=organ.parent.name if organ.parent else organ.name,
    )


def outcome_label(application: Application) -> str:
    """The outcome in the words of the national table, as it stood on the day of closing; empty while there is none."""
    if not application.code:
        return ""
    return decision(application.code, application.closed_on or localdate()).label
