"""What does not agree after a run in disputes and in lists of old cases: nothing by half, nobody forgotten by half."""

import json
from collections.abc import Iterator

from gongkai.applications.flow import disposal_binding
from gongkai.applications.models import Application, Disposal, Disposed
from gongkai.applications.selectors import BROUGHT, LETTER
from gongkai.audit import selectors as audit
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import ClockState
from gongkai.disputes.flow import binding as dispute_binding
from gongkai.disputes.models import Dispute
from gongkai.disputes.selectors import CLOCK
from gongkai.files.models import File
from gongkai.notifications.models import Message, Outgoing
from gongkai.workflow.models import Performed
from gongkai.workflow.rules import Binding

from .ageing import DISPOSALS, LONG_AGO
from .cases import DISPUTES, NAME, PHONE
from .workload import Work


def forgotten(work: Work) -> Iterator[str]:
    """All of it."""
    for row in Disposal.objects.order_by("pk"):
        wanted = work.wanted.get(DISPOSALS, {}).get(str(row.pk), [])
        yield from (f"list {row.pk}: {found}" for found in _acts(disposal_binding(), row, "propose", wanted))
        if not row.cases.exists() or row.cases.filter(done_on__isnull=True).exists():
            yield f"list {row.pk} is {row.state} with {row.cases.count()} cases, and not all were forgotten"
    for case in Application.objects.order_by("pk"):
        yield from (f"{case.number}: {found}" for found in _case(case))
    yield from _disputes(work)


def _acts(binding: Binding, row: Disposal | Dispute, first: str, wanted: list[str]) -> Iterator[str]:
    """The acts done, the version, the state and the record tell the same."""
    performed = Performed.objects.filter(flow=binding.flow.name, object_id=str(row.pk)).order_by("version")
    acts = [done.act for done in performed]
    state = binding.flow.initial
    for act in acts:
        rule = binding.flow.rule(state, act)
        state = rule.target if rule else f"nowhere by {act}"
    told = [entry.act for entry in audit.entries_about(object_kind=binding.kind, object_id=row.pk)]
    found = (acts, row.version, row.state, told)
    should = (wanted, len(wanted), state, [f"{binding.flow.name}.{act}" for act in (first, *wanted)])
    if found != should:
        yield f"is {found}, and should be {should}"


def _case(case: Application) -> Iterator[str]:
    """Either everything says who it was, or nothing does, and what was counted stays."""
    listed = Disposed.objects.filter(application=case, done_on__isnull=False).count()
    entries = audit.entries_about(object_kind="applications.application", object_id=case.pk)
    records = entries.filter(act="applications.forget").count()
    gone = case.forgotten_on is not None
    if (listed, records) != (int(gone), int(gone)):
        yield f"was forgotten on {case.forgotten_on}, {listed} lists and {records} records say so"
    if gone != (case.closed_on == LONG_AGO and case.state == "closed"):
        yield f"is {case.state}, was closed on {case.closed_on} and forgotten on {case.forgotten_on}"
    if gone and (traces := list(_traces(case))):
        yield f"was forgotten, and still is in {traces}"
    if not gone and case.applicant_name != NAME:
        yield "was not forgotten, and its person is gone"


def _traces(case: Application) -> Iterator[str]:
    """Where somebody who was forgotten still stands."""
    letters = [str(pk) for pk in case.letters.values_list("pk", flat=True)]
    for owner_kind, owners in ((BROUGHT, [str(case.pk)]), (LETTER, letters)):
        found = File.objects.filter(owner_kind=owner_kind, owner_id__in=owners)
        yield from found.values_list("name", flat=True)
    about = f"application:{case.pk}"
    rows = [case, *case.letters.all(), *case.steps.all(), *case.reviews.all()]
    rows += [*Outgoing.objects.filter(key__startswith=f"{about}:"), *Message.objects.filter(key=about)]
    for row in rows:
        told = json.dumps(
            {field.name: field.value_from_object(row) for field in row._meta.fields}, default=str, ensure_ascii=False
        )
        if NAME in told or PHONE in told:
            yield type(row).__name__


def _disputes(work: Work) -> Iterator[str]:
    wanted = work.wanted.get(DISPUTES, {})
    rows = {row.key: row for row in Dispute.objects.order_by("pk")}
    if rows.keys() != wanted.keys():
        yield f"{len(wanted)} disputes were answered, and {len(rows)} are there"
    for key, row in rows.items():
        yield from (f"{key}: {found}" for found in _acts(dispute_binding(), row, "open", wanted.get(key, [])))
        clock = deadlines.clock(owner_kind=dispute_binding().kind, owner_id=row.pk, name=CLOCK)
        if (clock and (clock.due_on, clock.state)) != (row.answer_due_on, ClockState.MET.value):
            yield f"{key}: its clock is {clock and (clock.due_on, clock.state)}, its answer due on {row.answer_due_on}"
        reopened = row.application.steps.filter(act="reopen").count()
        if reopened != int(row.redone_on is not None) or (row.redone_on is None) != (row.result == "upheld"):
            yield f"{key}: is {row.result}, handled again on {row.redone_on}, and its case was reopened {reopened} times"
