"""A reply is proposed, signed and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.applications.events import Delivered
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, Step
from gongkai.applications.rules import reply
from gongkai.deadlines.enums import ClockState
from gongkai.kernel import bus
from gongkai.papers.rules import document_number
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule

from .handling import stop_reply_clock
from .intake import next_serial
from .letters import digests


def decide(
    *, pk: int, by: Doer, version: int, key: str, kind: str, contents: Mapping[str, str], user_id: int, today: date
) -> Application:
    """Art. 36: propose a reply of one kind, with all that such a letter must contain.

    Raises `Refused` for an unknown kind, `reply.Incomplete` (field by field) when something is missing.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        found = reply.kinds().get(kind)
        if found is None:
            raise Refused("没有这一种答复。请返回重新选择。")
        row.contents = {"kind": kind, **reply.complete(found, contents)}
        row.code, row.decided_by_id = found.code, user_id
        _step(row, "decide", today, kind=kind)
        return {"kind": kind, "code": found.code}

    return _act(pk, "decide", by, version, key, change)


def send_back(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Application:
    """The proposal goes back to the officer, with what is to be changed."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明退回的理由，承办人据此修改。")
        row.code = ""
        _step(row, "send_back", today, reason=reason.strip()[:1000])
        return {}

    return _act(pk, "send_back", by, version, key, change)


def sign(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Application:
    """The proposal becomes the organ's reply, with its number and its day. Nobody signs what he or she proposed."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.decided_by_id == user_id:
            raise Refused("拟稿和签发不得为同一人。请由科室负责人或者公开工作机构负责人中的另一人签发。")
        organ = row.organ
        serial = next_serial(organ=organ.code, year=today.year, purpose="reply")
        row.letter_number = document_number(f"{organ.letter_word}信公开", today.year, serial)
        row.signed_on = today
        _step(row, "sign", today, number=row.letter_number)
        return {"number": row.letter_number}

    return _act(pk, "sign", by, version, key, change)


def deliver(*, pk: int, by: Doer, version: int, key: str, sent_on: date, proof: str, today: date) -> Application:
    """Art. 33: the day on which the reply is sent ends the limit. `proof` says how it was sent and what proves it."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.signed_on is None or not row.signed_on <= sent_on <= today:
            raise Refused(f"送达日期应当在签发之日（{row.signed_on}）与今天（{today}）之间。请核对日期。")
        if not proof.strip():
            raise Refused("请写明送达的方式和凭证（例如挂号信函的号码），留作送达的证明。")
        row.closed_on = sent_on
        stop_reply_clock(row, sent_on, ClockState.MET)
        _step(row, "deliver", sent_on, proof=proof.strip()[:200])
        bus.publish(Delivered(row.pk, row.number, row.organ.code, row.code))
        return {"code": row.code, "sent_on": sent_on.isoformat(), "letters": digests(row)}

    return _act(pk, "deliver", by, version, key, change)


def _act(pk: int, act: str, by: Doer, version: int, key: str, change: Any) -> Application:
    row: Application = workflow.act(binding=binding(), pk=pk, act=act, by=by, version=version, key=key, change=change)
    return row


def _step(row: Application, act: str, on: date, **facts: object) -> None:
    Step.objects.create(application=row, act=act, on=on, facts=facts)
