"""A reply is proposed, reviewed, signed, sealed and sent; the case is filed, or taken up again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.enums import Delivery, Review, State
from gongkai.applications.events import Delivered
from gongkai.applications.models import Application, Letter, Reviewed
from gongkai.applications.rules import deciding, reply
from gongkai.audit.rules import SYSTEM
from gongkai.files import services as files
from gongkai.kernel import bus
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Doer, Outside, Refused, Rule

from .acting import act, allowed
from .handling import close
from .leaving import case_of, screen_given
from .letters import digests, issue_reply, keep
from .reckoning import days_of, happened, noted
from .weighing import ANYWAY, tell_third_parties, weigh_all

_log = logging.getLogger(__name__)
HANDLING = frozenset({"officer", "disclosure_office"})
REVIEWS = {Review.SECRECY: "pass_secrecy", Review.LEGAL: "pass_legal"}


def decide(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    kind: str,
    contents: Mapping[str, str],
    user_id: int,
    today: date,
    attachments: Sequence[UUID] = (),
) -> Application:
    """Art. 36: propose a reply of one kind, with all that such a letter must contain, and the files given with it.

    Raises `Refused` for an unknown kind, `reply.Incomplete` (field by field) when something is missing.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        found = reply.kinds().get(kind)
        if found is None:
            raise Refused("没有这一种答复。请返回重新选择。")
        weighed = weigh_all(row, contents)
        interest = str(contents.get("public_interest", "")).strip()
        try:
            course, anyway = selectors.course_of(row), bool(contents.get(ANYWAY))
            deciding.check(found, course, public_interest=interest, anyway=anyway)
        except deciding.WrongOutcome as error:
            raise Refused(str(error)) from error
        row.contents = {"kind": kind, **reply.complete(found, contents)}
        if interest:
            row.contents["public_interest"] = interest[: reply.LONGEST]
        if anyway:
            row.contents[ANYWAY] = "yes"
        row.code, row.decided_by_id, row.proposal = found.code, user_id, row.proposal + 1
        _give(row, attachments, by)
        noted(row, "decide", today, kind=kind)
        return {"kind": kind, "code": found.code, **weighed}

    return act(pk, "decide", by, version, key, change)


def _give(row: Application, attachments: Sequence[UUID], by: Doer) -> None:
    """Attach uploads to the reply; only one that grants something gives files."""
    if attachments and reply.kinds()[row.contents["kind"]].code not in deciding.GRANTING:
        raise Refused("只有予以公开、部分公开的答复才随附信息。请去掉附件，或者改选答复的种类。")
    organ = row.organ.code
    files.claim(files=attachments, owner_kind=selectors.GIVEN, owner_id=row.pk, organ=organ, actor=by.actor)


def take_back(*, pk: int, by: Doer, file: UUID) -> None:
    """Take a file off the reply before it is proposed again. Raises `Refused` once the reply is on its way."""
    with transaction.atomic():
        row = Application.objects.select_for_update().select_related("organ").get(pk=pk)
        if row.state != State.REGISTERED.value or not HANDLING & set(by.roles_in(row.organ.code)):
            raise Refused("只有承办人在办理中才能取下随答复提供的文件。")
        if not files.release_claim(file=file, owner_kind=selectors.GIVEN, owner_id=row.pk, actor=by.actor):
            raise Refused("这一文件已不在答复中。请刷新页面。")


def pass_review(
    *, pk: int, by: Doer, version: int, key: str, review: Review, user_id: int, opinion: str, today: date
) -> Application:
    """Art. 17: a reviewer passes the proposal; who proposed it does not review it."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.decided_by_id == user_id:
            raise Refused(f"拟稿和{review.label}不得为同一人。请由另一位审查人员办理。")
        _made, fresh = Reviewed.objects.get_or_create(
            application=row,
            review=review.value,
            proposal=row.proposal,
            defaults={"by_id": user_id, "on": today, "opinion": opinion.strip()[:1000]},
        )
        if not fresh:
            raise Refused(f"这一拟稿已经通过{review.label}。")
        noted(row, rule.act, today, said=opinion.strip()[:1000])
        return {"review": review.value}

    return act(pk, REVIEWS[review], by, version, key, change)


def send_back(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Application:
    """The proposal goes back to the officer, with what is to be changed."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明退回的理由，承办人据此修改。")
        row.code = ""
        noted(row, "send_back", today, reason=reason.strip()[:1000])
        return {}

    return act(pk, "send_back", by, version, key, change)


def sign(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Application:
    """The proposal becomes the organ's reply, with its number and its day. Nobody signs what he or she proposed.

    Nothing that gives personal data or hidden content away is signed, unless somebody let it pass by name. Files that were
    not looked through yet are looked through first, before any row is locked.
    """
    if allowed(found := case_of(pk), "sign", by):
        screen_given(found)

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.decided_by_id == user_id:
            raise Refused("拟稿和签发不得为同一人。请由科室负责人或者公开工作机构负责人中的另一人签发。")
        missing = selectors.reviews_missing(row, today)
        if missing:
            names = "、".join(review.label for review in missing)
            raise Refused(f"这一答复须先通过{names}，才能签发（{selectors.reviews_basis(today)}）。请转审查人员办理。")
        if stays := selectors.stays(row):
            raise Refused(stays)
        if told := _stands_against(row):
            raise Refused(told)
        letter = issue_reply(row, on=today)
        if not row.correcting:  # a slip put right decides nothing new for them
            tell_third_parties(row, today)
        row.letter_number, row.signed_on = letter.number, today
        noted(row, "sign", today, number=letter.number)
        return {"number": letter.number}

    return act(pk, "sign", by, version, key, change)


def _stands_against(row: Application) -> str:
    """Why the proposal cannot stand any more: an opinion that came late, after it was written, is weighed first (art. 32)."""
    interest, anyway = row.contents.get("public_interest", ""), bool(row.contents.get(ANYWAY))
    kind = reply.kinds()[row.contents["kind"]]
    try:
        deciding.check(kind, selectors.course_of(row), public_interest=interest, anyway=anyway)
    except deciding.WrongOutcome as error:
        return f"拟稿以后，第三方逾期提出了意见。请退回承办人，按这一意见重新拟定。{error}"
    return ""


def seal(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """The letter is made as files and sealed; what is sent later is these bytes.

    The files are made before the act, so that no row is locked meanwhile.
    """
    if allowed(case_of(pk), "seal", by):
        try:
            keep(selectors.reply_letter(pk))
        except NotSealed as error:
            raise Refused(str(error)) from error

    def change(row: Application, rule: Rule) -> dict[str, object]:
        letter = selectors.reply_letter(pk)
        noted(row, "seal", today, number=letter.number, code=letter.verify_code)
        return {"number": letter.number, "letters": digests(letter)}

    return act(pk, "seal", by, version, key, change)


def seal_signed(*, today: date, most: int = 100) -> int:
    """Swept by the schedule: replies that were signed are sealed; how many."""
    program = Outside(SYSTEM, frozenset({"system"}))
    rows = list(Application.objects.filter(state="signed").order_by("signed_on", "pk")[:most])
    done = 0
    for row in rows:
        try:
            seal(pk=row.pk, by=program, version=row.version, key=f"seal-{row.pk}-{row.version}", today=today)
        except Refused:  # the seal is away, or somebody was faster: the next sweep looks again
            _log.exception("The reply to application %s could not be sealed", row.pk)
        else:
            done += 1
    return done


def deliver(*, pk: int, by: Doer, version: int, key: str, sent_on: date, proof: str, today: date) -> Application:
    """Art. 33: the day on which the reply is sent ends the limit. `proof` says how it was sent and what proves it.

    Who is answered on this platform can read the reply from this act on, and not before: there the day is today.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if row.signed_on is None or not row.signed_on <= sent_on <= today:
            raise Refused(f"送达日期应当在签发之日（{row.signed_on}）与今天（{today}）之间。请核对日期。")
        if row.delivery == Delivery.ONLINE.value and sent_on != today:
            raise Refused(f"网上送达的，办理之日申请人才能看到答复书，送达日期只能是今天（{today}），不能倒填。")
        if not proof.strip():
            raise Refused("请写明送达的方式和凭证（例如挂号信函的号码），留作送达的证明。")
        text = proof.strip()[:200]
        if row.correcting:
            noted(row, "deliver", sent_on, proof=text, aside=True)
        else:
            happened(row, "deliver", sent_on, proof=text)
        # A slip put right opens no new time for review or suit: those run from the reply that it stands for.
        close(row, row.code, row.closed_on or sent_on if row.correcting else sent_on)
        row.correcting = False
        letter = selectors.reply_letter(pk)
        Letter.objects.filter(pk=letter.pk).update(delivered_on=sent_on, proof=text)
        bus.publish(Delivered(row.pk, row.number, row.organ.code, row.code))
        return {"code": row.code, "sent_on": sent_on.isoformat(), "letters": digests(letter)}

    return act(pk, "deliver", by, version, key, change)


def archive(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Art. 45: the case goes to the archive."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        noted(row, "archive", today)
        return {}

    return act(pk, "archive", by, version, key, change)


def correct_letter(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Application:
    """A slip in a letter that was sent: a new version is made that names it. The outcome and the count stay."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明更正的理由，附在案卷里。")
        if not row.letters.filter(kind__in=reply.kinds()).exists():
            raise Refused("这一申请没有答复书，无从更正。")
        row.correcting = True
        noted(row, "correct_letter", today, reason=reason.strip()[:1000])
        return {}

    return act(pk, "correct_letter", by, version, key, change)


def reopen(
    *, pk: int, by: Doer, version: int, key: str, on: date, working_days: int | None, reason: str, today: date
) -> Application:
    """A reply was set aside by review or judgment: the limit runs anew, as long as the decision says, else as by law.

    What the yearly report counted stays counted.
    """

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明撤销答复的决定或者判决（文号、日期）。")
        if on > today or (row.closed_on and on < row.closed_on):
            raise Refused(f"收到决定或者判决的日期（{on}）应当在办结之日（{row.closed_on}）与今天（{today}）之间。")
        happened(row, "reopen", on, working_days=working_days, said=reason.strip()[:1000])
        row.code = ""
        return days_of(row)

    return act(pk, "reopen", by, version, key, change)
