"""The acts of this context: open, and every act of the flow. Each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction

from gongkai.applications import selectors as applications
from gongkai.applications import services as handling
from gongkai.applications.enums import ENDED
from gongkai.audit import services as audit
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines import services as clocks
from gongkai.deadlines.enums import ClockState
from gongkai.deadlines.rules import OutsideCalendar
from gongkai.kernel import bus
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotYours, Refused, Rule

from .enums import Cause, Kind, Procedure, Result
from .events import Concluded
from .flow import binding
from .models import Dispute, Stage
from .rules import terms
from .selectors import CLOCK

Change = Callable[[Dispute, Rule], Mapping[str, object]]
OPENERS = frozenset({"officer", "disclosure_office", "legal_reviewer"})
LONGEST = 1000


def open_dispute(
    *,
    application: applications.Application,
    by: Doer,
    user_id: int,
    key: str,
    kind: Kind,
    authority: str,
    cause: Cause,
    filed_on: date,
    today: date,
    claim: str = "",
    number: str = "",
) -> Dispute:
    """Put on record that a reply, or its absence, is attacked. The same key again is the same dispute.

    A litigation after reconsideration follows the last reconsideration of the case, which must be on record.
    """
    if not OPENERS & set(by.roles_in(application.organ.code)):
        raise NotYours("登记行政复议、行政诉讼须由承办人、法制审核员或者工作机构负责人办理。请转交有此职责的人员。")
    _day(filed_on, today, "申请或者起诉之日", since=application.received_on)
    if not authority.strip():
        raise Refused("请填写复议机关或者法院。")
    with transaction.atomic():
        follows = _reconsidered(application, kind)
        row, made = Dispute.objects.get_or_create(
            key=key,
            defaults={
                "application": application,
                "kind": kind.value,
                "follows": follows,
                "authority": authority.strip()[:100],
                "cause": cause.value,
                "claim": claim.strip()[:4000],
                "filed_on": filed_on,
                "number": number.strip()[:80],
                "opened_by_id": user_id,
            },
        )
        if not made and (row.application_id, row.kind) != (application.pk, kind.value):
            raise Refused("这一提交标识已用于另一事项。请重新打开页面后再提交。")
        if made:
            _record_opening(row, by)
    return row


def _record_opening(row: Dispute, by: Doer) -> None:
    organ = row.application.organ.code
    audit.record(
        act="disputes.open",
        actor=by.actor_as(OPENERS, organ),
        organ=organ,
        object_kind=binding().kind,
        object_id=row.pk,
        facts={"application": row.application_id, "kind": row.kind, "cause": row.cause},
    )


def accept(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    today: date,
    accepted_on: date,
    copy_on: date,
    number: str,
    procedure: Procedure,
    representative: str = "",
) -> Dispute:
    """It was accepted: from the day the copy came in, the organ's term to answer runs."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        _day(accepted_on, today, "受理之日", since=row.filed_on)
        _day(copy_on, today, "收到副本之日", since=row.filed_on)
        row.accepted_on, row.copy_on, row.procedure = accepted_on, copy_on, procedure.value
        row.number, row.representative = number.strip()[:80] or row.number, representative.strip()[:200]
        run(row)
        return {"due_on": row.answer_due_on.isoformat() if row.answer_due_on else "", "procedure": procedure.value}

    return _act(pk, "accept", by, version, key, change)


def run(row: Dispute) -> None:
    """Start the clock of the answer, or state it anew on a changed calendar. Sets fields of `row`, which is saved by who
    calls."""
    if row.copy_on is None:
        return
    try:
        found = terms.answer_due(
            Kind(row.kind), Procedure(row.procedure or Procedure.ORDINARY.value), row.copy_on, deadlines.calendar()
        )
    except (terms.NoSuchTerm, OutsideCalendar) as error:
        raise Refused(str(error)) from error
    row.answer_due_on = found.due_on
    clocks.start_clock(
        owner_kind=binding().kind,
        owner_id=row.pk,
        organ=row.application.organ.code,
        name=CLOCK,
        starts_on=row.copy_on,
        working_days=found.working_days,
        cite=found.cite[:300],
    )


def answer(*, pk: int, by: Doer, version: int, key: str, today: date, on: date) -> Dispute:
    """The organ has answered."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        _day(on, today, "答复（答辩）之日", since=row.copy_on)
        row.answered_on = on
        _stop(row, on, ClockState.MET)
        late = bool(row.answer_due_on and on > row.answer_due_on)
        return {"on": on.isoformat(), "late": late}

    return _act(pk, "answer", by, version, key, change)


def note(*, pk: int, by: Doer, version: int, key: str, today: date, on: date, text: str, user_id: int) -> Dispute:
    """Something happened: a hearing, a mediation, a judgment of first instance that is not in force yet."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        _day(on, today, "日期", since=row.filed_on)
        if not text.strip():
            raise Refused("请写明进展的内容，例如“开庭审理”。")
        Stage.objects.create(dispute=row, on=on, note=text.strip()[:LONGEST], by_id=user_id)
        return {"on": on.isoformat()}

    return _act(pk, "note", by, version, key, change)


def conclude(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    today: date,
    result: Result,
    result_on: date,
    told_on: date,
    reply_within: int | None = None,
    lesson: str = "",
) -> Dispute:
    """It ended, in the words of table four. Days for a new reply are set by a result that corrects, and by no other."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        _day(result_on, today, "决定或者判决之日", since=row.filed_on)
        _day(told_on, today, "收到决定或者判决之日", since=result_on)
        if reply_within is not None and result is not Result.CORRECTED:
            raise Refused("只有结果纠正的，才填责令重新答复的工作日数。请核对结果。")
        row.result, row.result_on, row.told_on = result.value, result_on, told_on
        row.reply_within, row.lesson = reply_within, lesson.strip()[:4000]
        _stop(row, told_on, ClockState.STOPPED)
        bus.publish(Concluded(row.pk, row.application_id, row.application.organ.code, row.kind, result.value))
        return {"result": result.value, "on": result_on.isoformat()}

    return _act(pk, "conclude", by, version, key, change)


def learn(*, pk: int, by: Doer, version: int, key: str, lesson: str) -> Dispute:
    """Write down what is to be learnt from it."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        if not lesson.strip():
            raise Refused("请写明经验教训。")
        row.lesson = lesson.strip()[:4000]
        return {}

    return _act(pk, "learn", by, version, key, change)


def redo(*, pk: int, by: Doer, version: int, key: str, today: date) -> Dispute:
    """A result that corrects has the case handled again, as long as the decision says, else as the law says."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        if row.result != Result.CORRECTED.value:
            raise Refused("结果不是纠正，不需要重新处理申请。")
        if row.redone_on is not None:
            raise Refused(f"已于 {row.redone_on} 按这一结果重新处理，不必再办。")
        application = row.application
        if application.state not in ENDED:
            raise Refused("这件申请正在办理，没有可以重新处理的答复。请直接在申请页办理。")
        handling.reopen(
            pk=application.pk,
            by=by,
            version=application.version,
            key=f"redo-{row.pk}-{version}-dispute",
            on=row.told_on or today,
            working_days=row.reply_within,
            reason=f"{row.authority}{row.number}（{row.result_on}）：{Result(row.result).label}",
            today=today,
        )
        row.redone_on = today
        return {"application": application.pk, "working_days": row.reply_within or 0}

    return _act(pk, "redo", by, version, key, change)


def amend(*, pk: int, by: Doer, version: int, key: str, reason: str) -> Dispute:
    """The result was put on record wrongly: it is taken back, with the reason. Not after the case was handled again."""

    def change(row: Dispute, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明撤回结果登记的理由。")
        if row.redone_on is not None:
            raise Refused("申请已按这一结果重新处理，结果不能撤回。")
        before = {"result": row.result, "on": row.result_on.isoformat() if row.result_on else ""}
        row.result, row.result_on, row.told_on, row.reply_within = "", None, None, None
        return {"before": before, "reason": reason.strip()[:200]}

    return _act(pk, "amend", by, version, key, change)


def _act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Dispute:
    row: Dispute = workflow.act(binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=change)
    return row


def _reconsidered(application: applications.Application, kind: Kind) -> Dispute | None:
    if kind is not Kind.AFTER_RECONSIDERATION:
        return None
    of_case = Dispute.objects.filter(application=application, kind=Kind.RECONSIDERATION.value)
    found = of_case.order_by("-filed_on", "-pk").first()
    if found is None:
        raise Refused("这件申请没有登记过行政复议。复议后起诉的，请先登记复议；未经复议的，请选“未经复议直接起诉”。")
    return found


def _day(day: date, today: date, what: str, *, since: date | None) -> None:
    if day > today or (since is not None and day < since):
        earliest = f"{since} 与" if since else ""
        raise Refused(f"{what}（{day}）应当在{earliest}今天（{today}）之间。请核对日期。")


def _stop(row: Dispute, on: date, state: ClockState) -> None:
    clocks.stop_clock(owner_kind=binding().kind, owner_id=row.pk, name=CLOCK, on=on, state=state)
