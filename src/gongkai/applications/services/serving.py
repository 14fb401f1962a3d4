"""送达文书: a letter reached whom it was written to. The day and its proof are kept, and the term runs from that day."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, Way
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import reply
from gongkai.applications.rules.clock import local_day
from gongkai.applications.rules.serving import BEGINS
from gongkai.applications.rules.steps import SERVE
from gongkai.applications.rules.terms import Term
from gongkai.audit.enums import ActorKind
from gongkai.workflow.rules import Doer, NotYours, Refused, Rule

from .acting import act
from .consulting import organ_as_party
from .late import party_of
from .reckoning import days_of, noted, served

LONGEST = 200
ASKING = ("third_party_request", "co_producer_request")


def serve(
    *, pk: int, by: Doer, version: int, key: str, letter: int, on: date, way: Way, proof: str, note: str, today: date
) -> Application:
    """Art. 32, 34 and the fee rules count from receipt: the day on which a letter arrived, and what proves it.

    The days of the case follow. The same letter again puts an earlier entry right. After the case has ended the proof is
    kept and no day moves.
    """
    found = Letter.objects.select_related("consultation").filter(pk=letter, application_id=pk).first()
    if found is None or found.kind in reply.kinds():
        raise Refused("这一申请没有可以登记送达的这份文书。答复书的送达用“送达”办理。请刷新页面重新选择。")
    if by.actor.kind is ActorKind.VISITOR and (
        found.consultation is None or by.actor != party_of(found.consultation).actor
    ):
        raise NotYours("这份文书不是发给您的。")

    def change(row: Application, rule: Rule) -> dict[str, object]:
        text = _proof(way, proof, note)
        _fits(found, on, today)
        facts = {"number": found.number, "proof": text}
        term = None
        if _begins_now(row, found):
            party = str(found.consultation_id or "")
            after = served(row, BEGINS[found.kind], party, on, today, **facts)
            term = after.term_of(BEGINS[found.kind], party)
        else:
            noted(row, SERVE, on, aside=True, **facts)
        Letter.objects.filter(pk=found.pk).update(delivered_on=on, proof=text)
        return days_of(row, letter=found.number, served_on=on.isoformat(), way=way.value, **_ends(term))

    return act(pk, "serve", by, version, key, change)


def note_reading(*, consultation: Consultation, now: datetime, by: Standing | None = None) -> None:
    """A third party has opened its letter on the portal with its code, or an organ at its desk (`by`): it had arrived.

    Nothing happens where the day is known already, or when the case has moved on.
    """
    row = consultation.application
    found = consultation.letters.filter(kind__in=ASKING).order_by("pk").first()
    if found is None or found.delivered_on or consultation.due_on or row.state != "consulting":
        return
    try:
        serve(
            pk=row.pk,
            by=organ_as_party(by) if by else party_of(consultation),
            version=row.version,
            key=f"reading-{consultation.pk}-portal",
            letter=found.pk,
            on=local_day(now),
            way=Way.ELECTRONIC,
            proof="在工作台打开征求意见函" if by else "凭答复码在网上打开征求意见书",
            note="",
            today=local_day(now),
        )
    except Refused:  # somebody acted at the same moment: the letter is read all the same
        return
    consultation.refresh_from_db()


def _proof(way: Way, proof: str, note: str) -> str:
    if not proof.strip():
        raise Refused("请写明送达的凭证（例如签收的挂号信号码、送达回证编号），留作期限起算的证明。")
    return "；".join(part.strip() for part in (way.label, proof, note) if part.strip())[:LONGEST]


def _fits(letter: Letter, on: date, today: date) -> None:
    if not letter.issued_on <= on <= today:
        raise Refused(f"送达日期应当在发出之日（{letter.issued_on}）与今天（{today}）之间。请核对日期。")
    answered = letter.consultation.answered_on if letter.consultation and letter.kind in BEGINS else None
    if answered and on > answered:
        raise Refused(f"意见已于{answered}收到，征求意见书不会在这以后才送达。请核对日期。")


def _begins_now(row: Application, letter: Letter) -> bool:
    """Whether a term runs from this letter still: it is the last of its kind since the case was taken up."""
    if letter.kind not in BEGINS or row.state in ENDED or row.correcting:
        return False
    reopened = row.steps.filter(act="reopen").order_by("-pk").first()
    if reopened is not None and letter.issued_on < reopened.on:
        return False
    later = row.letters.filter(kind=letter.kind, consultation=letter.consultation, pk__gt=letter.pk)
    return not later.exists()


def _ends(term: Term | None) -> dict[str, object]:
    """The working of the term that began, for the record of the act."""
    if term is None:
        return {}
    due = term.due
    days = {"term_starts_on": due.start.isoformat(), "term_due_on": due.due_on.isoformat()}
    return {**days, "term_days": due.working_days, "term_cite": due.cite}
