"""The reply letter as files: made once when it is first needed after signing, and kept as it was made."""

from __future__ import annotations

from typing import Any

from gongkai.applications import selectors
from gongkai.applications.models import Application
from gongkai.audit.rules import SYSTEM
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.papers import services as papers

OWNER = "applications.letter"
LETTER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MAKERS = {"pdf": papers.pdf, "docx": papers.docx}


def letter_file(application: Application, kind: str) -> bytes:
    """The signed reply as `pdf` or `docx`, always the same bytes; a draft is made afresh and not kept.

    Making and checking a file takes a second or two, so no row is locked meanwhile; of two made at once the first counts.
    """
    if application.signed_on is None:
        return MAKERS[kind](selectors.letter(application))
    if not _kept(application, kind):
        keeping.keep(
            stream=MAKERS[kind](selectors.letter(application)),
            name=f"{application.number}.{kind}",
            owner_kind=OWNER,
            owner_id=application.pk,
            actor=SYSTEM,
            organ=application.organ.code,
        )
    with files.content(_kept(application, kind)[0]) as stream:
        return stream.read()


def keep_letters(*, most: int = 100) -> int:
    """Keep every signed letter in every kind of file, the oldest first; how many were not kept before.

    Swept by the schedule every minute: what an applicant is sent must stay what was signed, whatever is renamed later.
    """
    waiting = Application.objects.filter(signed_on__isnull=False, letter_kept=False).order_by("signed_on", "pk")
    found = list(waiting.select_related("organ__parent")[:most])
    for application in found:
        for kind in MAKERS:
            letter_file(application, kind)
        Application.objects.filter(pk=application.pk).update(letter_kept=True)
    return len(found)


def digests(application: Application) -> dict[str, str]:
    """What is kept of the letter: kind -> SHA-256."""
    return {kind: kept[0].sha256 for kind in MAKERS if (kept := _kept(application, kind))}


def _kept(application: Application, kind: str) -> list[Any]:
    return [file for file in files.of_owner(OWNER, application.pk) if file.name.endswith(f".{kind}")]
