"""An application is registered, handed on, supplemented, explained, extended: the acts that set its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from gongkai.applications import selectors
from gongkai.applications.enums import Closing
from gongkai.applications.events import Registered
from gongkai.applications.models import Application
from gongkai.applications.rules import clock, reply
from gongkai.applications.rules.receipt import WrongDay, receipt
from gongkai.applications.rules.serving import must_be_served
from gongkai.deadlines.enums import Channel
from gongkai.kernel import bus
from gongkai.organisations import selectors as organisations
from gongkai.statutes import law
from gongkai.workflow.rules import Doer, Refused, Rule

from .acting import act, doer_of
from .bringing import bring
from .letters import issue
from .reckoning import allowed_now, arrived, days_of, happened, noted, registered

LONGEST_REASON = 1000


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
        row.handler_id = handler_id
        happened(row, "register", found.received_on, counts=found.counts.value)
        row.received_on = found.received_on
        if row.channel != Channel.INTERNET.value and not row.steps.filter(act="record").exists():
            happened(row, "record", max(clock.local_day(row.recorded_at), found.received_on))
        registered(row, today)
        issue(row, "receipt", {}, on=today, due=row.due_on)
        bus.publish(Registered(row.pk, row.number, row.organ.code, found.received_on, row.due_on or date.max))
        return days_of(row, counts=found.counts.value)

    return act(pk, "register", by, version, key, change)


def transfer(*, pk: int, by: Doer, version: int, key: str, organ: str, reason: str, today: date) -> Application:
    """An application that reached the wrong organ of this district goes to the right one before it is registered."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        to = organisations.by_code(organ)
        if to is None or to.pk == row.organ_id:
            raise Refused("请选择另一个机关。名录中没有的机关，请登记后以“不属于本机关负责公开”答复。")
        before = row.organ.code
        noted(row, "transfer", today, reason=_wanted(reason, "转交的理由"), to=to.name)
        row.organ = to
        arrived(row, today)
        return {"from_organ": before, "to_organ": to.code}

    return act(pk, "transfer", by, version, key, change)


def assign(*, pk: int, by: Doer, version: int, key: str, handler_id: int, note: str, today: date) -> Application:
    """Hand a case to somebody who may handle it for this organ; he or she accepts it, or gives it back."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        person = next((found for found in selectors.handlers_of(row.organ.code, today) if found.pk == handler_id), None)
        if person is None:
            raise Refused("请选择本机关有承办职责的人员。")
        row.handler_id = person.pk
        noted(row, "assign", today, to=person.name, reason=note.strip()[:LONGEST_REASON])
        return {"handler": person.pk}

    return act(pk, "assign", by, version, key, change)


def accept(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Who was given the case takes it."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        _only_the_handler(row, by)
        noted(row, "accept", today)
        return {}

    return act(pk, "accept", by, version, key, change)


def decline(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Application:
    """Who was given the case gives it back, with the reason."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        _only_the_handler(row, by)
        noted(row, "decline", today, reason=_wanted(reason, "退回的理由"))
        row.handler_id = None
        return {}

    return act(pk, "decline", by, version, key, change)


def ask_supplement(
    *, pk: int, by: Doer, version: int, key: str, today: date, wanted: str, working_days: int
) -> Application:
    """Art. 30: ask once, within the limit, what to supplement and by when. Later than the limit, or twice, is refused."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        text = _wanted(wanted, "需要补正的事项")
        happened(row, "ask_supplement", today, working_days=working_days, to_serve=must_be_served(row.delivery))
        row.supplement_asked_on, row.supplement_wanted = today, text
        words = {"wanted_more": text}
        letter = issue(row, "supplement_notice", words, on=today, due=row.supplement_by, days=working_days)
        by_day = row.supplement_by.isoformat() if row.supplement_by else ""
        return days_of(row, supplement_by=by_day, letter=letter.number)

    return act(pk, "ask_supplement", by, version, key, change)


def supplement(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    today: date,
    text: str,
    reason: str = "",
    attachments: Sequence[UUID] = (),
) -> Application:
    """Art. 30: the reply's limit runs anew from the day on which the supplement came in, with any files.

    After the term it is taken with a good reason only, which an officer writes down.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if doer_of(by) is None and row.supplement_by and today > row.supplement_by:
            raise Refused(_too_late(row))
        happened(row, "supplement", today, reason=reason.strip()[:LONGEST_REASON] if doer_of(by) else "")
        if text.strip():
            row.description = f"{row.description}\n\n{reply.SUPPLEMENTED}{text.strip()}"
        return days_of(row, files=bring(row, attachments, by.actor if doer_of(by) else None))

    return act(pk, "supplement", by, version, key, change)


def lapse(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Art. 30: who does not supplement in time and without good reason has given the application up."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        by_day = row.supplement_by
        happened(row, "lapse", today)
        close(row, Closing.NOT_SUPPLEMENTED.value, today)
        issue(row, "lapsed", {}, on=today, due=by_day)
        return {"code": row.code}

    return act(pk, "lapse", by, version, key, change)


def ask_reasons(
    *, pk: int, by: Doer, version: int, key: str, today: date, facts: str, working_days: int
) -> Application:
    """Art. 35: whose applications are beyond reason in number and frequency is asked for the reasons."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        text = _wanted(facts, "数量、频次的情况")
        to_serve = must_be_served(row.delivery)
        now = happened(row, "ask_reasons", today, working_days=working_days, to_serve=to_serve)
        due = now.explanation.due.due_on if now.explanation and now.explanation.begun else None
        letter = issue(row, "reasons_request", {"facts": text}, on=today, due=due, days=working_days)
        return {"letter": letter.number}

    return act(pk, "ask_reasons", by, version, key, change)


def give_reasons(
    *, pk: int, by: Doer, version: int, key: str, today: date, text: str, attachments: Sequence[UUID] = ()
) -> Application:
    """Art. 35: the reasons came in; whether they are good is for the organ to say."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        happened(row, "give_reasons", today, said=_wanted(text, "申请人说明的理由"))
        return {"files": bring(row, attachments, by.actor if doer_of(by) else None)}

    return act(pk, "give_reasons", by, version, key, change)


def no_reasons(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Art. 35: no reasons came in time; the organ goes on, and may decide not to process the application."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        happened(row, "no_reasons", today)
        return {}

    return act(pk, "no_reasons", by, version, key, change)


def defer(*, pk: int, by: Doer, version: int, key: str, today: date, until: date, reason: str) -> Application:
    """Art. 35: the reasons are good and the answer takes longer: a reasonable later day."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        text = _wanted(reason, "不能按期答复的原因")
        happened(row, "defer", today, until=until, said=text)
        return days_of(row, letter=issue(row, "deferral", {"why": text}, on=today, due=row.due_on).number)

    return act(pk, "defer", by, version, key, change)


def ask_extension(
    *, pk: int, by: Doer, version: int, key: str, today: date, working_days: int, reason: str
) -> Application:
    """Art. 33(2): the officer asks the head of the disclosure office for a longer limit."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        allowed_now(row, "extend", today, working_days=working_days)
        noted(row, "ask_extension", today, asked=working_days, reason=_wanted(reason, "报请延期的理由"))
        return {"working_days": working_days}

    return act(pk, "ask_extension", by, version, key, change)


def extend(*, pk: int, by: Doer, version: int, key: str, today: date, working_days: int, reason: str) -> Application:
    """Art. 33(2): once, by at most 20 working days, approved by the head of the disclosure office, before the limit."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        text = _wanted(reason, "延长的理由，延期告知书须向申请人说明")
        happened(row, "extend", today, working_days=working_days, said=text)
        letter = issue(row, "extension", {"why": text}, on=today, due=row.due_on, days=working_days)
        return days_of(row, working_days=working_days, letter=letter.number)

    return act(pk, "extend", by, version, key, change)


def refuse_extension(*, pk: int, by: Doer, version: int, key: str, today: date, reason: str) -> Application:
    """Art. 33(2): the head does not agree; the limit stays."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        noted(row, "refuse_extension", today, reason=_wanted(reason, "不同意的理由"))
        return {}

    return act(pk, "refuse_extension", by, version, key, change)


def confer(
    *, pk: int, by: Doer, version: int, key: str, today: date, on: date, present: str, conclusion: str
) -> Application:
    """A conference on a difficult case: when, who was there, what it came to."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if on > today or (row.received_on and on < row.received_on):
            raise Refused(f"会商日期（{on}）应当在收到申请之日与今天之间。请核对。")
        noted(row, "confer", on, present=_wanted(present, "参加会商的单位和人员"), said=_wanted(conclusion, "会商意见"))
        return {}

    return act(pk, "confer", by, version, key, change)


def close(row: Application, code: str, on: date) -> None:
    """The case has ended: with which outcome, and when. The first closing is what the yearly report counts."""
    row.code, row.closed_on = code, on
    if row.counted_on is None:
        row.counted_on, row.counted_code = on, code


def _too_late(row: Application) -> str:
    """What somebody is told who supplements after the term: an officer takes it, with the reason."""
    ways = f"打电话（{row.organ.phone}）或者来信" if row.organ.phone else "打电话或者来信"
    return (
        f"补正期限已于{row.supplement_by}届满（{law().cite('disclosure_regulation 30').text}），在这里不能再补正。"
        f"有正当理由的，请{ways}向{row.organ.name}说明，由工作人员记下理由后接收；也可以重新申请。"
    )


def _only_the_handler(row: Application, by: Doer) -> None:
    if row.handler_id != doer_of(by):
        raise Refused("这一申请分给了另一位承办人。由其本人签收或者退回。")


def _wanted(text: str, what: str) -> str:
    found = text.strip()
    if not found:
        raise Refused(f"请写明{what}。")
    return found[: 2 * LONGEST_REASON]
