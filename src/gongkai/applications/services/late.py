"""Art. 32, 34: an opinion that came when its term was over. It changes no day; before the decision it may be weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.enums import Objection, Opinion
from gongkai.applications.models import Application, Consultation
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.workflow.rules import Doer, NotYours, Outside, Refused, Rule

from .acting import act
from .reckoning import noted
from .weighing import weigh

LONGEST = 2000
HAS_ANSWERED = frozenset({Opinion.CONSENT.value, Opinion.REFUSE.value})


@dataclass(frozen=True)
class Said:
    """An opinion as it came in; `weighed` and `why`: what was found about its reasons at once, if anything."""

    on: date
    opinion: Opinion
    reason: str
    weighed: str = ""
    why: str = ""


def take_late_opinion(
    *,
    consultation: int,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    on: date,
    opinion: Opinion,
    reason: str,
    today: date,
    weighed: str = "",
    why: str = "",
) -> Application:
    """Write down what somebody who was asked said after the term. What silence means by law stays.

    A third party's is weighed like one in time, unless the organ has decided: then it is kept, and weighed by nobody. An
    organ that was silent has agreed (art. 34); what it says late is for information.
    """
    found, said = asked_in(pk, consultation, by), Said(on, opinion, reason, weighed, why)

    def change(row: Application, rule: Rule) -> dict[str, object]:
        found.refresh_from_db()
        return keep_late(row, rule, found, said, today)

    return act(pk, "late_opinion", by, version, key, change)


def asked_in(pk: int, consultation: int, by: Doer) -> Consultation:
    """Who was asked in a case. Raises `Refused`, and `NotYours` for a third party that holds the code of another letter."""
    found = Consultation.objects.filter(pk=consultation, application_id=pk).first()
    if found is None:
        raise Refused("这一申请没有这次征求意见。请刷新页面。")
    if by.actor.kind is ActorKind.VISITOR and by.actor != party_of(found).actor:
        raise NotYours("这份征求意见书不是发给您的。请用您收到的征求意见书上的答复码重新进入。")
    return found


def party_of(consultation: Consultation) -> Outside:
    """The third party as a doer: whoever holds the code of the letter."""
    return Outside(Actor(ActorKind.VISITOR, f"consultation:{consultation.pk}"), frozenset({"third_party"}))


def keep_late(row: Application, rule: Rule, found: Consultation, said: Said, today: date) -> dict[str, object]:
    """Keep it beside the silence of the term, and give what is written in the trail. Call it inside an act."""
    if said.opinion.value not in HAS_ANSWERED:
        raise Refused("请选择同意公开或者不同意公开。")
    if told := _not_late(found, said.on, today):
        raise Refused(told)
    if said.weighed and row.decided:
        raise Refused("本机关已经作出决定，逾期的意见只作记录，不再认定理由。请不要选择理由是否合理。")
    found.opinion, found.late_on, found.late_opinion = Opinion.SILENT.value, said.on, said.opinion.value
    found.reason, found.late_decided = said.reason.strip()[:LONGEST], row.decided
    found.save(update_fields=["opinion", "late_on", "late_opinion", "reason", "late_decided"])
    if said.weighed and found.objection not in {None, Objection.NO_REASON}:
        weigh(found, said.weighed, said.why)
    noted(row, rule.act, said.on, aside=True, said=f"逾期：{said.opinion.label}", consultation=found.pk)
    facts = {"consultation": found.pk, "late": said.opinion.value, "late_on": said.on.isoformat()}
    return {**facts, "after_decision": found.late_decided, "weighed": found.weighed}


def _not_late(found: Consultation, on: date, today: date) -> str:
    if found.opinion in HAS_ANSWERED:
        return f"意见已于{found.answered_on}收到，不能再次提出。"
    if found.late_opinion:
        return f"逾期的意见已于{found.late_on}收到，不能再次提出。"
    if found.due_on is None:
        return "征求意见书尚未登记送达，答复的期限没有起算，不会逾期。请先登记送达之日。"
    if on > today:
        return f"收到意见的日期（{on}）晚于今天（{today}）。请核对。"
    if on <= found.due_on:
        return f"收到意见的日期（{on}）没有超过答复截止日（{found.due_on}），不是逾期的意见。请核对日期。"
    return ""
