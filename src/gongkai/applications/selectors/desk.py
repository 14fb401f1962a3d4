"""The lists and figures of the desk. Each asks so that an index alone answers which cases, however many have ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, OPEN, Review, State
from gongkai.applications.models import REPLY_RUNS, Application, Reviewed
from gongkai.applications.rules.flow import flow
from gongkai.statutes import in_force

from .cases import counted_for, only_observes, visible_to

REVIEWERS = {Role.SECRECY_REVIEWER: Review.SECRECY, Role.LEGAL_REVIEWER: Review.LEGAL}


def queue(
    standing: Standing,
    *,
    state: State | None = None,
    text: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Application]:
    """What is not closed (or is in one state), the most urgent first; those without a due date before all others.

    `since` and `until` keep those whose last day lies between, both days included: for the reply, or for registering
    what has no such day yet.
    """
    found = visible_to(standing).select_related("handler").filter(state__in=[state.value] if state else OPEN)
    found = found.filter(_lies(gte=since)) if since else found
    found = found.filter(_lies(lte=until)) if until else found
    found = found.filter(REPLY_RUNS) if since or until else found
    found = _with_words(found, text)
    if state and state.value in ENDED:
        return found.order_by("-closed_on", "-pk")
    return _most_urgent_first(found)


def _lies(**days: date) -> Q:
    """Where the last day for the reply lies; before there is one, that of registering the application."""
    reply = Q(**{f"due_on__{name}": day for name, day in days.items()})
    waiting = Q(**{f"next_on__{name}": day for name, day in days.items()})
    return reply | Q(waiting, due_on__isnull=True, state=State.SUBMITTED.value)


def found(standing: Standing, text: str) -> QuerySet[Application]:
    """Those the reader may see whose number, letter number or content holds the words, the newest first."""
    return _with_words(visible_to(standing).select_related("handler"), text).order_by("-submitted_at")


def _with_words(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    if not text:
        return rows
    fields = ("description", "letter_number", *(("number",) if text.isascii() else ()))
    if text.lower() == text.upper():  # without letters of two cases the place of the text is found twice as fast
        places = {f"in_{field}": StrIndex(field, Value(text)) for field in fields}
        return rows.alias(**places).filter(reduce(or_, (Q(**{f"{place}__gt": 0}) for place in places)))
    return rows.filter(reduce(or_, (Q(**{f"{field}__icontains": text}) for field in fields)))


def _most_urgent_first(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.order_by(F("next_on").asc(nulls_first=True), "submitted_at")


def tasks(standing: Standing) -> QuerySet[Application]:
    """What waits for an act of this very person, the most urgent first.

    Not what he or she proposed, to sign it; not what another officer handles; for a reviewer, what still needs the review.
    """
    waiting = Q(pk__in=[])
    for role in Role:
        states = [state for state in OPEN if role in flow().task_of(state)]
        if states and (organs := standing.organs_where(role)):
            waiting |= Q(state__in=states, organ__code__in=organs) & _concerning(role, standing.user_id)
    own = Q(state=State.PROPOSED.value, decided_by_id=standing.user_id)
    found = visible_to(standing).filter(waiting, state__in=OPEN).exclude(own)
    return _most_urgent_first(found.select_related("handler"))


def _concerning(role: Role, user_id: int) -> Q:
    """What of the cases in a state concerns somebody in a role."""
    review = REVIEWERS.get(role)
    if review is None:
        return Q(handler__isnull=True) | Q(handler_id=user_id) if role is Role.OFFICER else Q()
    needs = in_force("reviews_before_signing", localdate()).table.get(review.value, ())
    passed = Reviewed.objects.filter(application=OuterRef("pk"), review=review.value, proposal=OuterRef("proposal"))
    return Q(~Exists(passed), code__in=list(needs))


def tallies(standing: Standing, *, today: date, soon: date) -> Mapping[str, int]:
    """How many are open, overdue, due up to `soon`, in each state; sent this year, and in time. Two queries.

    Of what the reader may open; of what counts for whoever may open nothing and only observes.
    """
    seen = (counted_for if only_observes(standing) else visible_to)(standing).order_by()
    by_state = {
        row["state"]: row
        for row in seen.filter(state__in=OPEN)
        .values("state")
        .annotate(
            n=Count("pk"),
            overdue=Count("pk", filter=REPLY_RUNS & _lies(lt=today)),
            soon=Count("pk", filter=REPLY_RUNS & _lies(gte=today, lte=soon)),
        )
    }
    this_year = Q(closed_on__gte=date(today.year, 1, 1), closed_on__lte=date(today.year, 12, 31))
    answered = seen.filter(this_year).exclude(letter_number="")
    sent = answered.aggregate(sent=Count("pk"), in_time=Count("pk", filter=Q(closed_on__lte=F("due_on"))))
    due = {name: sum(row[name] for row in by_state.values()) for name in ("overdue", "soon")}
    counted = (State.SUBMITTED, State.PROPOSED, State.SIGNED, State.SUPPLEMENTING)
    return {
        "open": sum(row["n"] for row in by_state.values()),
        **due,
        **{state.value: by_state[state.value]["n"] if state.value in by_state else 0 for state in counted},
        **sent,
    }
