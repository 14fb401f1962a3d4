"""An application comes in, and may be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.applications import selectors
from gongkai.applications.enums import Closing, Delivery, Form, Identity
from gongkai.applications.events import Submitted
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, Band
from gongkai.applications.rules import codes, likeness
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.deadlines.enums import Channel
from gongkai.kernel import bus
from gongkai.organisations import selectors as organisations
from gongkai.organisations.enums import ApplicantKind
from gongkai.privacy.digests import blind
from gongkai.statutes import law
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused

from .acting import act, applicant_of
from .bringing import bring
from .handling import close
from .letters import issue
from .numbering import next_serial
from .reckoning import arrived, gone, happened, noted

DISTRICT = "*"  # application numbers run through the whole district

LONGEST_PROOF = 200  # characters


@dataclass(frozen=True)
class Draft:
    """What an applicant says (art. 29): who, what, in which form. All texts trimmed and checked by the form."""

    organ: str
    applicant_kind: ApplicantKind
    applicant_name: str
    identity_kind: Identity
    identity_number: str
    phone: str
    description: str
    form: Form
    delivery: Delivery
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the applicant is handed: the application, and the query code, which is stored nowhere in plain."""

    application: Application
    code: str


def code_of(key: str) -> str:
    """The query code of a submission, which is stored nowhere in plain; the same for the same submission."""
    return codes.code_from(salted_hmac("gongkai.applications.code", key, algorithm="sha256").digest())


def submit(
    *,
    draft: Draft,
    key: str,
    channel: Channel = Channel.INTERNET,
    at: datetime | None = None,
    attachments: Sequence[UUID] = (),
    by: Actor | None = None,
) -> Receipt:
    """Take an application in. The same `key` again gives the same receipt and no second application.

    `at` is when it came to the house, `by` the officer who records what came on paper or by word of mouth; the applicant
    otherwise. `attachments` are drafts of uploads. Raises `Refused` when the organ is not in the directory any more, or
    for a moment yet to come, or when others kept the database too long.
    """
    moment = at or timezone.now()
    if moment > timezone.now() + timedelta(minutes=5):
        raise Refused("收到申请的日期晚于今天。请核对日期。")
    code = code_of(key)
    try:
        with workflow.one_transaction():
            application = Application.objects.filter(key=key).first()
            if application is None:
                application = _create(draft, key, code, channel, moment, by)
                bring(application, attachments, by)
    except IntegrityError:  # the same submission arrived twice at once, and the other was first
        application = Application.objects.get(key=key)
    return Receipt(application, code)


def _create(draft: Draft, key: str, code: str, channel: Channel, moment: datetime, by: Actor | None) -> Application:
    organ = organisations.by_code(draft.organ)
    if organ is None:
        raise Refused("您选择的机关已经不在名录中。请返回重新选择。")
    day = timezone.localdate(moment)
    application = Application.objects.create(
        number=codes.number(day.year, next_serial(organ=DISTRICT, year=day.year, purpose="application")),
        code_digest=blind(code),
        key=key,
        organ=organ,
        channel=channel.value,
        submitted_at=moment,
        recorded_at=timezone.now(),
        applicant_kind=draft.applicant_kind.value,
        applicant_name=draft.applicant_name,
        identity_kind=draft.identity_kind.value,
        identity_number=draft.identity_number,
        phone=draft.phone,
        email=draft.email,
        **_digests(draft),
        address=draft.address,
        description=draft.description,
        form=draft.form.value,
        delivery=draft.delivery.value,
    )
    Band.objects.bulk_create(
        Band(application=application, place=place, value=value)
        for place, value in enumerate(likeness.bands(draft.description))
    )
    _begin(application, channel, day)
    audit.record(
        act="applications.submit",
        actor=by or Actor(ActorKind.APPLICANT, str(application.pk)),
        organ=organ.code,
        object_kind=binding().kind,
        object_id=application.pk,
        facts={"number": application.number, "channel": channel.value},
    )
    bus.publish(Submitted(application.pk, application.number, organ.code))
    return application


def _begin(application: Application, channel: Channel, day: date) -> None:
    """What happened so far, and the limits that run from the day it came."""
    today = timezone.localdate()
    noted(application, "submit", day, channel=channel.value)
    if channel is not Channel.INTERNET:
        noted(application, "record", max(day, today))
    arrived(application, today)
    application.save(update_fields=["due_on", "due_provisional", "next_on", "next_clock"])


def _digests(draft: Draft) -> dict[str, str]:
    """What finds the applications of one person, or those made with one address."""
    return {"identity_digest": blind(draft.identity_number), "email_digest": blind(draft.email)}


def withdraw(*, application: Application, key: str, today: date) -> Application:
    """撤回: the applicant takes the application back; counted under 其他处理 (form of 2021, (六)3)."""
    return act(
        application.pk,
        "withdraw",
        applicant_of(application),
        application.version,
        key,
        lambda row, _rule: _withdrawn(row, today),
    )


def take_withdrawal(*, pk: int, by: Doer, version: int, key: str, proof: str, today: date) -> Application:
    """The applicant took it back by letter or at the counter: an officer writes down how, and keeps what proves it."""
    if not proof.strip():
        raise Refused(
            "请写明申请人怎样撤回：书面撤回的日期和文号，或者当面撤回并签字的情况。没有凭证的，不能代为撤回。"
        )
    return act(
        pk, "withdraw", by, version, key, lambda row, _rule: _withdrawn(row, today, proof=proof.strip()[:LONGEST_PROOF])
    )


def _withdrawn(row: Application, today: date, **told: str) -> dict[str, object]:
    if row.received_on is None:
        row.received_on = today
        noted(row, "withdraw", today, aside=True, **told)
        gone(row, today)
    else:
        happened(row, "withdraw", today, **told)
    close(row, Closing.WITHDRAWN.value, today)
    issue(row, "withdrawn", {}, on=today)
    return {"code": row.code}


def read_contact(*, application_id: int, by: Doer, purpose: str) -> selectors.Contact:
    """Who applied and how to reach them, in plain, for a purpose; the reading itself is recorded.

    Raises `Refused` without a purpose. Whether the reader may see the application is asked of `selectors.visible_to`.
    """
    if not purpose.strip():
        raise Refused(
            f"查看申请人的个人信息须说明目的（{law().cite('personal_information_law 6').text}）。请填写目的后再查看。"
        )
    with transaction.atomic():
        application = Application.objects.select_related("organ").get(pk=application_id)
        audit.record(
            act="applications.read_contact",
            actor=by.actor,
            organ=application.organ.code,
            object_kind=binding().kind,
            object_id=application.pk,
            purpose=purpose.strip()[:200],
        )
    return selectors.contact(application)
