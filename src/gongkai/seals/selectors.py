"""Reads of this context: keys, authorities, what was sealed, and what is said of a paper that somebody holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.files import selectors as files

from .enums import KeyState, SignerKind, Verdict
from .models import Authority, SealKey
from .models import SealedPaper as SealedPaper  # noqa: PLC0414 - others name its type
from .rules import codes, keys
from .rules.verdicts import Remembered, judge
from .signing import certificates

if TYPE_CHECKING:
    from .signing.examine import Examined

OWNER = "seals.paper"  # whose the kept file is


@dataclass(frozen=True)
class Answer:
    """What anybody is told: the verdict, and the paper with the version that took its place, if any."""

    verdict: Verdict
    paper: SealedPaper | None = None
    replaced_by: SealedPaper | None = None


@dataclass(frozen=True)
class KeyLine:
    """One key as it is listed."""

    key: SealKey
    state: KeyState
    renew: bool


def key_in_use(organ_code: str, signer: SignerKind) -> SealKey | None:
    """The key an organ seals with; it may have ended or been revoked."""
    found = SealKey.objects.select_related("organ", "authority")
    return found.filter(organ__code=organ_code, signer=signer.value, retired_at__isnull=True).first()


def has_key(organ_code: str) -> bool:
    """Whether an organ seals here at all, whatever state its key is in."""
    return SealKey.objects.filter(organ__code=organ_code).exists()


def key_lines(*, now: datetime | None = None) -> list[KeyLine]:
    """Every key, by organ, the newest first, with how it stands."""
    moment = now or timezone.now()
    found = SealKey.objects.select_related("organ").order_by("organ__order", "organ__code", "-pk")
    return [
        KeyLine(key, keys.state(key.validity, now=moment), keys.should_renew(key.validity, now=moment)) for key in found
    ]


def own_authority() -> Authority | None:
    """The authority of this installation."""
    return Authority.objects.filter(own=True).first()


def trusted() -> list[bytes]:
    """Certificates of every authority that is trusted, in DER."""
    texts = Authority.objects.values_list("certificate", flat=True)
    return [certificates.from_text(text.encode())[0] for text in texts]


def latest(*, object_kind: str, object_id: object) -> SealedPaper | None:
    """The last version that was sealed of an object's paper."""
    return versions(object_kind=object_kind, object_id=object_id).last()


def versions(*, object_kind: str, object_id: object) -> QuerySet[SealedPaper]:
    """Every version, the first one first."""
    return SealedPaper.objects.filter(object_kind=object_kind, object_id=str(object_id)).order_by("version")


def version_of(*, object_kind: str, object_id: object, number: str) -> SealedPaper | None:
    """The version of an object's paper that bears a number."""
    return versions(object_kind=object_kind, object_id=object_id).filter(number=number).last()


def by_code(code: str) -> SealedPaper | None:
    """A sealed paper by its code as it is stored."""
    return SealedPaper.objects.filter(code=code).first()


def content(paper: SealedPaper) -> bytes:
    """The sealed PDF, byte for byte as it was sealed."""
    with files.content(files.of_owner(OWNER, paper.pk)[0]) as stream:
        return stream.read()


def answer(*, code: str = "", sha256: str = "") -> Answer:
    """What is said of a paper: by its code as typed, by the digest of the file, or by both."""
    papers = SealedPaper.objects.select_related("replaced_by")
    by_code = papers.filter(code=codes.cleaned(code)).first() if code else None
    by_file = papers.filter(sha256=sha256).first() if sha256 else None
    verdict = judge(_remembered(by_code), _remembered(by_file), code_given=bool(code), file_given=bool(sha256))
    paper = by_file if sha256 else by_code
    if verdict is Verdict.MISMATCH:
        paper = by_code
    later = getattr(paper, "replaced_by", None)
    return Answer(verdict, paper, _last(later))


def examined(pdf: bytes) -> tuple[Examined, Answer]:
    """A PDF looked at, with our authorities trusted, and what was remembered of it."""
    from .signing.examine import examine  # noqa: PLC0415 - pyHanko takes half a second, which only seals should pay

    return examine(pdf, roots=trusted()), answer(sha256=hashlib.sha256(pdf).hexdigest())


def revoked_at(fingerprint: str) -> datetime | None:
    """When the key of this certificate was revoked, if it was."""
    return SealKey.objects.filter(fingerprint=fingerprint).values_list("revoked_at", flat=True).first()


def _last(paper: SealedPaper | None) -> SealedPaper | None:
    """The newest version after this one."""
    if paper is None:
        return None
    return latest(object_kind=paper.object_kind, object_id=paper.object_id)


def _remembered(paper: SealedPaper | None) -> Remembered | None:
    if paper is None:
        return None
    replaced = getattr(paper, "replaced_by", None) is not None
    return Remembered(paper.sha256, paper.sealed_at, replaced, revoked_at(paper.fingerprint))
