"""Art. 41: a request to put a record right comes in, is taken up, and is answered by a numbered paper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from gongkai.applications import selectors
from gongkai.applications.enums import Identity
from gongkai.applications.events import RectificationAsked
from gongkai.applications.flow import rectification_binding as binding
from gongkai.applications.models import Rectification
from gongkai.applications.rules import codes, notices, rectifying, reply
from gongkai.applications.rules.serials import NOTICE, word_of
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import SYSTEM, VISITOR, Actor
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines import services as clocks
from gongkai.deadlines.rules import due
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.kernel import bus
from gongkai.organisations import selectors as organisations
from gongkai.papers import services as papers
from gongkai.papers.rules import document_number
from gongkai.privacy.digests import blind
from gongkai.seals import selectors as seals
from gongkai.seals import services as sealing
from gongkai.statutes import in_force
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule

from .numbering import next_serial

OWNER = selectors.RECTIFICATION
CLOCK = "rectification"
MAKERS = {"pdf": papers.pdf, "docx": papers.docx}


@dataclass(frozen=True)
class Request:
    """What somebody says is wrong in a record about himself or herself."""

    organ: str
    name: str
    identity_kind: Identity
    identity_number: str
    phone: str
    record: str
    wrong: str
    email: str = ""


def rectification_code(key: str) -> str:
    """The query code of a request; the same for the same submission."""
    return codes.code_from(salted_hmac("gongkai.applications.rectification", key, algorithm="sha256").digest())


def ask_rectification(
    *, request: Request, key: str, today: date, evidence: Sequence[UUID] = ()
) -> tuple[Rectification, str]:
    """Take a request in, with its code. The same `key` again gives the same and no second one."""
    try:
        with transaction.atomic():
            row = Rectification.objects.filter(key=key).first() or _create(request, key, today, evidence)
    except IntegrityError:  # the same submission arrived twice at once, and the other was first
        row = Rectification.objects.get(key=key)
    return row, rectification_code(key)


def _create(request: Request, key: str, today: date, evidence: Sequence[UUID]) -> Rectification:
    organ = organisations.by_code(request.organ)
    if organ is None:
        raise Refused("您选择的机关已经不在名录中。请返回重新选择。")
    limit = in_force("rectification_limit", today)
    row = Rectification.objects.create(
        number=rectifying.number(today.year, next_serial(organ="*", year=today.year, purpose="rectify")),
        code_digest=blind(rectification_code(key)),
        key=key,
        organ=organ,
        received_on=today,
        name=request.name,
        identity_kind=request.identity_kind.value,
        identity_number=request.identity_number,
        identity_digest=blind(request.identity_number),
        phone=request.phone,
        email=request.email,
        record=request.record,
        wrong=request.wrong,
        due_on=due(today, limit.integer, deadlines.calendar()).due_on,
    )
    if evidence:
        files.claim(files=evidence, owner_kind=OWNER, owner_id=row.pk, organ=organ.code, actor=VISITOR)
    clocks.start_clock(
        owner_kind=binding().kind,
        owner_id=row.pk,
        organ=organ.code,
        name=CLOCK,
        starts_on=today,
        working_days=limit.integer,
        cite=limit.basis[:300],
    )
    _record(row, "rectifications.submit", Actor(ActorKind.APPLICANT, f"rectification:{row.pk}"))
    bus.publish(RectificationAsked(row.pk, row.number, organ.code))
    return row


def take_up_rectification(*, pk: int, by: Doer, version: int, key: str) -> Rectification:
    """The organ takes the request up."""
    return _act(pk, "take_up", by, version, key, lambda row, rule: {})


def answer_rectification(
    *, pk: int, by: Doer, version: int, key: str, act: str, contents: Mapping[str, str], today: date
) -> Rectification:
    """Put right, not put right, or forwarded to the organ that may: a numbered paper says so, with the reasons."""
    kind = rectifying.PAPERS[act]
    try:
        given = notices.complete(notices.notices()[kind], contents)
    except reply.Incomplete as error:
        raise Refused(str(error)) from error

    def change(row: Rectification, rule: Rule) -> dict[str, object]:
        serial = next_serial(organ=row.organ.code, year=today.year, purpose=NOTICE)
        row.letter_number = document_number(word_of(row.organ.letter_word, NOTICE), today.year, serial)
        row.paper, row.contents, row.answered_on = kind, json.dumps(given, ensure_ascii=False), today
        clocks.stop_clock(owner_kind=binding().kind, owner_id=row.pk, name=CLOCK, on=today)
        return {"paper": kind, "letter": row.letter_number}

    return _act(pk, act, by, version, key, change)


def read_rectification(*, row: Rectification, by: Doer, purpose: str) -> dict[str, str]:
    """Who asks, in plain, for a purpose; the reading is recorded. Raises `Refused` without one."""
    if not purpose.strip():
        raise Refused("请填写查看的目的。每次查看都会留痕。")
    _record(row, "rectifications.read_contact", by.actor, purpose=purpose.strip()[:200])
    return {name: str(getattr(row, name)) for name in ("name", "identity_number", "phone", "email")}


def rectification_file(row: Rectification, kind: str) -> bytes:
    """The answer as `pdf` or `docx`, always the same bytes; the PDF is sealed where the organ has a seal.

    Of one that was forgotten it is made again, without its person and without a seal.
    """
    if kind == "pdf" and row.forgotten_on is None and seals.has_key(row.organ.code):
        return seals.content(_sealed(row))
    found = [file for file in kept.of_owner(f"{OWNER}.letter", row.pk) if file.name.endswith(f".{kind}")]
    if not found:
        content = MAKERS[kind](selectors.rectification_paper(row))
        name, organ = f"{row.number}.{kind}", row.organ.code
        found = [files.keep_own(content=content, name=name, owner_kind=f"{OWNER}.letter", owner_id=row.pk, organ=organ)]
    with kept.content(found[0]) as stream:
        return stream.read()


def _sealed(row: Rectification) -> Any:
    about: dict[str, Any] = {"object_kind": OWNER, "object_id": row.pk}
    if seals.version_of(**about, number=row.letter_number) is None:
        label = notices.notices()[row.paper].label
        paper = selectors.rectification_paper(row)
        sealing.seal_paper(paper=paper, organ_code=row.organ.code, reason=label, by=SYSTEM, corrects="", **about)
    return seals.version_of(**about, number=row.letter_number)


def _act(pk: int, name: str, by: Doer, version: int, key: str, change: Any) -> Rectification:
    row: Rectification = workflow.act(
        binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=change
    )
    return row


def _record(row: Rectification, act: str, actor: Actor, purpose: str = "") -> None:
    audit.record(
        act=act,
        actor=actor,
        organ=row.organ.code,
        object_kind=binding().kind,
        object_id=row.pk,
        purpose=purpose,
        facts={"number": row.number},
    )
