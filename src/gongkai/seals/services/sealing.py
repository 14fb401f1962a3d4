"""Seal a paper: refuse, sign, keep, and remember what was sealed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit.rules import Actor
from gongkai.audit.services import record
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.kernel.bus import publish
from gongkai.papers import services as papers
from gongkai.papers.rules import Check, Paper
from gongkai.seals import selectors
from gongkai.seals.events import PaperSealed
from gongkai.seals.models import SealedPaper, SealKey
from gongkai.seals.rules import codes, keys
from gongkai.seals.rules.refusals import AlreadySealed, Refused, marked
from gongkai.seals.signing import certificates, choose
from gongkai.seals.signing.port import Key

from .organs import SealingOrgan, organ_of

_ = marked
ALREADY = _(
    "%(number)s已经盖过章（第 %(version)d 版），没有再盖。已盖章的文书不能改动；内容有误的，请作为更正另盖一版。"
)
NOT_LATEST = _("要更正的不是%(number)s的最新版本，没有盖章。可能别人已经更正过，请刷新后核对。")
BAD_CODE = _("核验码“%(code)s”不合格式，没有盖章。请用 new_code 生成。")


@dataclass(frozen=True)
class Sealed:
    """A paper as it was sealed: the file, and what was remembered of it."""

    pdf: bytes
    sha256: str
    verify_code: str  # without hyphens
    number: str
    version: int
    sealed_at: datetime
    fingerprint: str
    paper_id: int


@dataclass(frozen=True)
class _Wish:
    """What is to be sealed, for whom and why."""

    organ: SealingOrgan
    number: str
    reason: str
    object_kind: str
    object_id: str
    code: str
    corrects: str


def new_code() -> str:
    """A fresh 核验码, without hyphens: to be printed on the paper before it is sealed."""
    return codes.code_from(secrets.token_bytes(codes.RANDOM_BYTES))


def check_of(code: str) -> Check:
    """What a paper prints so that its reader can check it."""
    page = f"{settings.PUBLIC_URL}/verify/"
    return Check(address=f"{page}{code}/", page=page, code=codes.shown(code))


def seal_paper(
    *,
    paper: Paper,
    organ_code: str,
    reason: str,
    object_kind: str,
    object_id: object,
    by: Actor,
    corrects: str = "",
) -> Sealed:
    """Make a paper's PDF, with its code and square code, and seal it. Raises as `seal` does."""
    code = new_code()
    return seal(
        pdf=papers.pdf(replace(paper, check=check_of(code))),
        organ_code=organ_code,
        reason=reason,
        object_kind=object_kind,
        object_id=object_id,
        number=paper.number,
        by=by,
        verify_code=code,
        corrects=corrects,
    )


def seal(
    *,
    pdf: bytes,
    organ_code: str,
    reason: str,
    object_kind: str,
    object_id: object,
    number: str,
    by: Actor,
    verify_code: str = "",
    corrects: str = "",
) -> Sealed:
    """Seal a PDF for an organ. Raises Refused: no usable key, signer away, no PDF; AlreadySealed.

    An object's paper is sealed once. A correction names the code of the version that it corrects, which stays as it
    was and is told to be replaced. Signing may take seconds, so no row is locked meanwhile; of two made at once the
    first counts. A process killed before the end leaves no row, and its draft file is swept.
    """
    organ = organ_of(organ_code)
    code = codes.cleaned(verify_code) if verify_code else new_code()
    if not code:
        raise Refused(BAD_CODE, code=verify_code)
    wish = _Wish(organ, number, reason, object_kind, str(object_id), code, corrects)
    _earlier(wish)
    key = _usable_key(wish)
    content = _signed(pdf, wish, key)
    name = f"{wish.code}.pdf"
    draft = keeping.keep_own(content=content, name=name, owner_kind=files.DRAFT, organ=organ.code, actor=by)
    try:
        row = _remember(wish, key, content, draft.pk, by)
    except IntegrityError as error:
        _earlier(wish)  # somebody else was faster: say so in the words for it
        raise Refused(NOT_LATEST, number=number) from error
    return Sealed(content, row.sha256, row.code, number, row.version, row.sealed_at, row.fingerprint, row.pk)


def _earlier(wish: _Wish) -> SealedPaper | None:
    """The version before this one. Raises AlreadySealed, Refused."""
    last = selectors.latest(object_kind=wish.object_kind, object_id=wish.object_id)
    if last is not None and not wish.corrects:
        raise AlreadySealed(ALREADY, code=last.code, number=last.number, version=last.version)
    if wish.corrects and (last is None or last.code != codes.cleaned(wish.corrects)):
        raise Refused(NOT_LATEST, number=wish.number)
    return last


def _usable_key(wish: _Wish) -> SealKey:
    """The organ's key, if it may seal now. Raises Refused."""
    organ = wish.organ
    key = selectors.key_in_use(organ.code, choose.kind())
    if key is None:
        raise Refused(keys.NO_KEY, organ=organ.name, code=organ.code)
    keys.refuse_unusable(key.validity, organ=organ.name, code=organ.code, now=timezone.now())
    named = certificates.named(certificates.from_text(key.certificate.encode())[0])
    keys.refuse_other_organ(named, organ=organ.name, code=organ.code, names=organ.names)
    return key


def _signed(content: bytes, wish: _Wish, key: SealKey) -> bytes:
    from gongkai.seals.signing import pdf as pades  # noqa: PLC0415 - pyHanko takes half a second to load

    above = certificates.from_text(key.authority.certificate.encode())[0]
    own = certificates.from_text(key.certificate.encode())[0]
    handed = Key(wish.organ.code, own, (above,), str(key.secret), key.handle)
    order = pades.Order(wish.organ.name, wish.reason, wish.code, sample=not settings.PRODUCTION)
    return pades.sign(content, order=order, key=handed, signer=choose.signer())


@transaction.atomic
def _remember(wish: _Wish, key: SealKey, content: bytes, draft: UUID, by: Actor) -> SealedPaper:
    before = _earlier(wish)
    row = SealedPaper.objects.create(
        number=wish.number,
        organ_id=wish.organ.pk,
        organ_name=wish.organ.name,
        object_kind=wish.object_kind,
        object_id=wish.object_id,
        version=before.version + 1 if before else 1,
        replaces=before,
        reason=wish.reason,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        sealed_at=timezone.now(),
        signer=key.signer,
        fingerprint=key.fingerprint,
        code=wish.code,
    )
    keeping.claim(files=[draft], owner_kind=selectors.OWNER, owner_id=row.pk, organ=wish.organ.code, actor=by)
    facts = {"number": row.number, "version": row.version, "sha256": row.sha256, "fingerprint": row.fingerprint}
    record(
        act="seals.seal",
        actor=by,
        organ=wish.organ.code,
        object_kind=wish.object_kind,
        object_id=wish.object_id,
        purpose=wish.reason,
        facts=facts,
    )
    publish(PaperSealed(row.pk, wish.organ.code, row.number, row.object_kind, row.object_id, row.version, row.sha256))
    return row
