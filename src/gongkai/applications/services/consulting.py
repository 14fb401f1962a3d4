"""Art. 32 to 34: third parties and organs that took part are asked; the limit waits for them, each by its own clock."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.crypto import salted_hmac

from gongkai.accounts.rules import Standing
from gongkai.applications.enums import Consulted, Objection, Opinion, State
from gongkai.applications.models import Application, Consultation
from gongkai.applications.rules import codes
from gongkai.applications.selectors import ANSWERERS, names_applicant, numbers_in
from gongkai.audit.rules import SYSTEM
from gongkai.organisations import selectors as organisations
from gongkai.privacy.digests import blind
from gongkai.statutes import in_force
from gongkai.workflow.rules import Doer, NotYours, Outside, Outsider, Refused, Rule

from .acting import act
from .late import Said, asked_in, keep_late, take_late_opinion
from .letters import issue
from .reckoning import consulted, days_of, happened, noted
from .weighing import weigh

LONGEST = 2000


def code_of(key: str) -> str:
    """The code with which a third party gives its opinion online; the same for the same submission."""
    return codes.code_from(salted_hmac("gongkai.applications.consultation", key, algorithm="sha256").digest())


def ask_third_party(
    *, pk: int, by: Doer, version: int, key: str, today: date, party: str, contact: str, question: str
) -> Application:
    """Art. 32: ask whoever may be harmed by the disclosure; who applied is not told."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not party.strip():
            raise Refused("请写明第三方的姓名或者名称。")
        return _ask(
            row,
            Consulted.THIRD_PARTY,
            today,
            question,
            party=party.strip()[:200],
            contact=contact.strip()[:200],
            code_digest=blind(code_of(key)),
            code=code_of(key),
        )

    return act(pk, "ask_third_party", by, version, key, change)


def ask_co_producer(
    *, pk: int, by: Doer, version: int, key: str, today: date, organ: str, question: str
) -> Application:
    """Art. 34: ask an organ that took part in making the information."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        asked = organisations.by_code(organ)
        if asked is None or asked.pk == row.organ_id:
            raise Refused("请选择共同制作该信息的另一个机关。")
        return _ask(row, Consulted.CO_PRODUCER, today, question, organ=asked)

    return act(pk, "ask_co_producer", by, version, key, change)


def _ask(row: Application, kind: Consulted, today: date, question: str, **who: object) -> dict[str, object]:
    if not question.strip():
        raise Refused("请写明征求意见的内容。")
    third = kind is Consulted.THIRD_PARTY
    if named := names_applicant(row, question, number=third):
        whom = "第三方" if third else "其他机关"
        raise Refused(f"征求意见的内容里有申请人的{named}。不得向{whom}透露谁在申请。请删去后再发出。")
    if number := numbers_in(question):
        raise Refused(f"征求意见的内容里有{number}。写明是什么信息就可以，不写出号码本身。请删去后再发出。")
    limit = in_force("third_party_limit" if third else "joint_maker_limit", today)
    asked = Consultation(application=row, kind=kind.value, question=question.strip()[:LONGEST], asked_on=today, **who)
    _only_once(row, asked)
    asked.save()
    happened(row, consulted(kind)[0], today, party=str(asked.pk), to_serve=True)
    name = "third_party_request" if third else "co_producer_request"
    words = {"question": asked.question}
    letter = issue(row, name, words, on=today, consultation=asked, days=limit.integer)
    issue(row, "third_party_told", {}, on=today)
    return days_of(row, consultation=asked.pk, letter=letter.number)


def _only_once(row: Application, asked: Consultation) -> None:
    open_ = row.consultations.filter(kind=asked.kind, opinion="")
    same = [found for found in open_ if (found.organ_id, found.party) == (asked.organ_id, asked.party)]
    if same:
        raise Refused(f"已于{same[0].asked_on}向同一对象征求意见，正在等待答复。")


def take_opinion(
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
    """An opinion came in. Without reason a third party's refusal is taken, and marked as what it is: a refusal without one.

    Late, it stands beside the silence of the term: the organ decides (art. 32), or consent is presumed (art. 34).
    """
    found = asked_in(pk, consultation, by)

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not found.asked_on <= on <= today:
            raise Refused(f"收到意见的日期应当在{found.asked_on}与今天（{today}）之间。请核对。")
        if opinion not in {Opinion.CONSENT, Opinion.REFUSE}:
            raise Refused("请选择同意公开或者不同意公开。")
        if found.due_on and on > found.due_on:
            return keep_late(row, rule, found, Said(on, opinion, reason, weighed, why), today)
        happened(row, rule.act, on, party=str(found.pk))
        found.answered_on, found.opinion, found.reason = on, opinion.value, reason.strip()[:LONGEST]
        found.save(update_fields=["answered_on", "opinion", "reason"])
        if weighed and found.objection not in {None, Objection.NO_REASON}:
            weigh(found, weighed, why)
        return days_of(row, consultation=found.pk, opinion=opinion.value, weighed=found.weighed)

    return act(pk, consulted(Consulted(found.kind))[1], by, version, key, change)


def organ_as_party(by: Standing) -> Outside:
    """An officer of the organ that is asked, as a doer in the case of another organ."""
    return Outside(by.actor, frozenset({Outsider.CO_PRODUCER.value}))


def answer_for_organ(
    *, consultation: int, by: Standing, key: str, opinion: Opinion, reason: str, today: date
) -> Application:
    """Art. 34: an organ that is on this platform says for itself what it thinks, instead of by letter.

    Its officer sees the question, never who applied. After the term silence has counted as consent; what is said then is
    kept for information.
    """
    found = Consultation.objects.select_related("organ", "application").get(pk=consultation)
    organ = found.organ.code if found.organ else ""
    if organ not in by.organs_where(*ANSWERERS):
        raise NotYours("这份征求意见书不是发给本机关的。")
    over = found.due_on is not None and today > found.due_on
    take = take_late_opinion if over or found.application.state != State.CONSULTING.value else take_opinion
    return take(
        consultation=found.pk,
        pk=found.application_id,
        by=organ_as_party(by),
        version=found.application.version,
        key=key,
        on=today,
        opinion=opinion,
        reason=reason,
        today=today,
    )


def end_consultation(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Everybody has answered, or has been silent to the end of the term: the handling goes on."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        open_ = list(row.consultations.filter(opinion=""))
        if unserved := [found for found in open_ if found.due_on is None]:
            raise Refused(
                f"有{len(unserved)}份征求意见书尚未登记送达，答复的期限没有起算，不能视为期满。请先登记送达之日。"
            )
        waiting = [found.due_on for found in open_ if found.due_on and today <= found.due_on]
        if waiting:
            raise Refused(f"还在等待{len(waiting)}份意见，最迟到{max(waiting)}。收到或者期满后再继续。")
        silent = row.consultations.filter(opinion="").update(opinion=Opinion.SILENT.value)
        noted(row, "end_consultation", today, silent=silent)
        return {"silent": silent}

    return act(pk, "end_consultation", by, version, key, change)


def end_consultations(*, today: date, most: int = 200) -> int:
    """Swept daily: cases whose consultations have all been answered or have run out go on by themselves; how many."""
    open_ = Consultation.objects.filter(Q(due_on__gte=today) | Q(due_on__isnull=True), opinion="")
    waiting = Application.objects.filter(state="consulting").exclude(consultations__in=open_).order_by("pk")
    program = Outside(SYSTEM, frozenset({"system"}))
    done = 0
    for row in waiting[:most]:
        end_consultation(
            pk=row.pk, by=program, version=row.version, key=f"end-consultation-{row.pk}-{row.version}", today=today
        )
        done += 1
    return done
