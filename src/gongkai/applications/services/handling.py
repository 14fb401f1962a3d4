"""An application is registered, supplemented, extended: the acts that set its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.applications.enums import Closing
from gongkai.applications.events import Registered
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, Step
from gongkai.applications.rules import clock
from gongkai.applications.rules.receipt import WrongDay, receipt
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines import services as clocks
from gongkai.deadlines.enums import Channel, ClockState
from gongkai.kernel import bus
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule


def register(
    *, pk: int, by: Doer, version: int, key: str, day: date | None, today: date, handler_id: int | None = None
) -> Application:
    """Art. 31, 45: fix the day of receipt by channel, and with it the last day for the reply.

    `day` is the day of signing for a letter, or of confirmation by both sides; not wanted where the day of submission
    counts. Raises `Refused` with the article for a day that cannot be.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        submitted_on = clock.local_day(row.submitted_at)
        try:
            found = receipt(Channel(row.channel), submitted_on=submitted_on, day=day, today=today)
        except WrongDay as error:
            raise Refused(str(error)) from error
        row.received_on, row.handler_id = found.received_on, handler_id
        _step(row, "register", found.received_on, counts=found.counts.value)
        _reckon(row)
        bus.publish(Registered(row.pk, row.number, row.organ.code, found.received_on, row.due_on or date.max))
        return _days(row, counts=found.counts.value)

    return _act(pk, "register", by, version, key, change)


def ask_supplement(
    *, pk: int, by: Doer, version: int, key: str, today: date, wanted: str, working_days: int
) -> Application:
    """Art. 30: ask once, within the limit, what to supplement and by when. Later than the limit, or twice, is refused."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.supplement_asked_on is not None:
            raise Refused("已经告知过一次补正。补正应当一次性告知（条例第三十条），不能再次要求。")
        if not wanted.strip():
            raise Refused("请写明需要补正的事项（条例第三十条）。")
        calendar = deadlines.calendar()
        last = clock.supplement_notice_due(_received(row), calendar)
        if today > last.due_on:
            raise Refused(f"告知补正的期限已于{last.due_on}届满（{last.cite}）。请按现有内容办理。")
        row.supplement_asked_on, row.supplement_wanted = today, wanted.strip()
        row.supplement_by = clock.term(today, working_days, calendar)
        stop_reply_clock(row, today, ClockState.STOPPED)
        _step(row, "ask_supplement", today, by=row.supplement_by.isoformat())
        return _days(row, supplement_by=row.supplement_by.isoformat())

    return _act(pk, "ask_supplement", by, version, key, change)


def supplement(*, pk: int, by: Doer, version: int, key: str, today: date, text: str) -> Application:
    """Art. 30: the reply's limit runs anew from the day on which the supplement came in."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if text.strip():
            row.description = f"{row.description}\n\n【补正】{text.strip()}"
        row.extended_by = 0  # the limit runs anew; an extension of the old one has gone with it
        _step(row, "supplement", today)
        _reckon(row)
        return _days(row)

    return _act(pk, "supplement", by, version, key, change)


def lapse(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Art. 30: who does not supplement in time and without good reason has given the application up."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.supplement_by is not None and today <= row.supplement_by:
            raise Refused(
                f"补正期限到{row.supplement_by}为止，尚未届满。期满未补正的，才视为放弃申请（条例第三十条）。"
            )
        row.code, row.closed_on = Closing.NOT_SUPPLEMENTED.value, today
        stop_reply_clock(row, today, ClockState.STOPPED)
        _step(row, "lapse", today)
        return {"code": row.code}

    return _act(pk, "lapse", by, version, key, change)


def extend(*, pk: int, by: Doer, version: int, key: str, today: date, working_days: int, reason: str) -> Application:
    """Art. 33(2): once, by at most 20 working days, approved by the head of the disclosure office, before the limit."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        limit = clock.extension_limit(_received(row))
        if row.extended_by:
            raise Refused(f"已经延长过 {row.extended_by} 个工作日，不能再次延长（{limit.cite.text}）。")
        if not 1 <= working_days <= limit.integer:
            raise Refused(f"延长的期限为 1 至 {limit.integer} 个工作日（{limit.cite.text}）。请重新填写。")
        if row.due_on is None or today > row.due_on:
            raise Refused(f"答复期限已于{row.due_on}届满，不能再延长（{limit.cite.text}）。请立即答复。")
        if not reason.strip():
            raise Refused("请写明延长的理由，延期告知书须向申请人说明。")
        row.extended_by = working_days
        _step(row, "extend", today, working_days=working_days, reason=reason.strip()[:500])
        _reckon(row)
        return _days(row, working_days=working_days)

    return _act(pk, "extend", by, version, key, change)


def _act(pk: int, act: str, by: Doer, version: int, key: str, change: Any) -> Application:
    row: Application = workflow.act(binding=binding(), pk=pk, act=act, by=by, version=version, key=key, change=change)
    return row


def _step(row: Application, act: str, on: date, **facts: object) -> None:
    Step.objects.create(application=row, act=act, on=on, facts=facts)


def _received(row: Application) -> date:
    if row.received_on is None:
        raise Refused("申请尚未登记，收到之日未定。请先登记。")
    return row.received_on


def _reckon(row: Application) -> None:
    """Fold what has happened into the last day for the reply, and let its clock run; it is set in no other way."""
    history = [clock.Happened(step.act, step.on, step.facts) for step in row.steps.all()]
    due = clock.reply_due(history, deadlines.calendar())
    row.due_on, row.due_provisional = due.due_on, due.provisional
    clocks.start_clock(
        owner_kind=binding().kind,
        owner_id=row.pk,
        organ=row.organ.code,
        name=clock.REPLY,
        starts_on=due.start,
        working_days=due.limit + due.extension,
        cite=due.cite,
    )


def stop_reply_clock(row: Application, on: date, state: ClockState) -> None:
    """End the reply's clock: met when the reply is sent, stopped when there will be none by then."""
    clocks.stop_clock(owner_kind=binding().kind, owner_id=row.pk, name=clock.REPLY, on=on, state=state)


def _days(row: Application, **facts: object) -> dict[str, object]:
    days = {"received_on": row.received_on, "due_on": row.due_on}
    return {**{name: day.isoformat() for name, day in days.items() if day}, **facts}
