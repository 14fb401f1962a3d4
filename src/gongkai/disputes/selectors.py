"""Reads of this context: disputes that somebody may see, table four counted from them, the bulletin of a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.rules import Standing
from gongkai.applications.selectors import HANDLERS, Application
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import Due

from .enums import Cause, Kind, Procedure, State
from .models import Dispute, Stage
from .rules import bulletin as bulletins
from .rules import counts, terms
from .rules.bulletin import Bulletin, Told

__all__ = ["Dispute", "Stage"]
CLOCK = "answer"


def visible_to(standing: Standing) -> QuerySet[Dispute]:
    """The disputes about cases of organs for which the reader handles, reviews or audits them."""
    found = Dispute.objects.filter(application__organ__code__in=standing.organs_where(*HANDLERS))
    return found.select_related("application__organ__parent", "follows")


def dispute(standing: Standing, pk: int) -> Dispute | None:
    """One dispute, if the reader may see it."""
    return visible_to(standing).filter(pk=pk).first()


def of_application(application: Application) -> list[Dispute]:
    """What was brought against the reply of a case, the first first. For who may see the case."""
    return list(Dispute.objects.filter(application=application).order_by("filed_on", "pk"))


def listed(
    standing: Standing,
    *,
    kind: Kind | None = None,
    state: State | None = None,
    cause: Cause | None = None,
    text: str = "",
) -> QuerySet[Dispute]:
    """Those the reader may see by kind, state, cause and words: what must be answered first, then the newest."""
    found = visible_to(standing)
    for name, chosen in (("kind", kind), ("state", state), ("cause", cause)):
        if chosen is not None:
            found = found.filter(**{name: chosen.value})
    if text:
        words = Q(number__icontains=text) | Q(authority__icontains=text) | Q(application__number__icontains=text)
        found = found.filter(words)
    return found.order_by("-filed_on", "-pk")


def stages(found: Dispute) -> list[Stage]:
    """What happened, in order of days."""
    return list(found.stages.select_related("by"))


def term(found: Dispute) -> Due | None:
    """The organ's term to answer, counted out; None before the copy came in."""
    if found.copy_on is None or not found.procedure:
        return None
    return terms.answer_due(Kind(found.kind), Procedure(found.procedure), found.copy_on, deadlines.calendar())


def reconsideration_first(application: Application) -> str:
    """Where it stands that this reply goes to reconsideration before any court; empty where the choice is free."""
    if not application.code or application.closed_on is None:
        return ""
    return terms.reconsideration_first(application.code, application.closed_on)


def table_four(organs: frozenset[str], year: int) -> Mapping[str, Mapping[str, int]]:
    """The fourth table of a year's report for these organs together: block -> column -> count. One query."""
    rows = _of_year(Dispute.objects.filter(application__organ__code__in=organs), year).order_by()
    values = rows.values_list("kind", "filed_on", "result", "result_on")
    found = (counts.Counted(Kind(kind), filed, result, ended) for kind, filed, result, ended in values.iterator())
    return counts.table_four(found, year)


def cell(standing: Standing, *, organs: frozenset[str], year: int, block: str, column: str) -> list[Dispute]:
    """The disputes behind one figure of the table, among those the reader may see."""
    found = _of_year(visible_to(standing).filter(application__organ__code__in=organs, kind=block), year)
    return [row for row in found if column in counts.columns_of(_counted(row), year)]


def bulletin(organs: frozenset[str], year: int, quarter: int) -> Bulletin:
    """What was brought and what ended in a quarter before these organs. One query."""
    first, last = bulletins.span(year, quarter)
    within = Q(filed_on__range=(first, last)) | Q(result_on__range=(first, last))
    rows = Dispute.objects.filter(within, application__organ__code__in=organs).select_related("application__organ")
    return bulletins.bulletin([_told(row) for row in rows], year, quarter)


def _of_year(found: QuerySet[Dispute], year: int) -> QuerySet[Dispute]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return found.filter(Q(result_on__isnull=True) | Q(result_on__gte=first), filed_on__lte=last)


def _counted(row: Dispute) -> counts.Counted:
    return counts.Counted(Kind(row.kind), row.filed_on, row.result, row.result_on)


def _told(row: Dispute) -> Told:
    return Told(
        row.application.number,
        row.application.organ.name,
        Kind(row.kind),
        Cause(row.cause),
        row.filed_on,
        row.result,
        row.result_on,
        row.lesson,
    )


def as_evidence(application_id: int) -> list[dict[str, object]]:
    """What was brought against the reply of a case, with its stages, as plain values."""
    rows = Dispute.objects.filter(application_id=application_id).order_by("pk").prefetch_related("stages")
    fields = ("pk", "kind", "authority", "number", "cause", "claim", "filed_on", "accepted_on", "procedure", "copy_on")
    more = ("answer_due_on", "answered_on", "result", "result_on", "told_on", "reply_within", "redone_on")
    return [
        {name: _plain(getattr(row, name)) for name in (*fields, *more)}
        | {"stages": [{"on": stage.on.isoformat(), "note": stage.note} for stage in row.stages.all()]}
        for row in rows
    ]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
