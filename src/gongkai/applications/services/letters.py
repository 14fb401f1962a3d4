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


def freeze(application: Application) -> dict[str, str]:
    """Keep the letter in every kind of file; the digests of what will be sent: kind -> SHA-256."""
    for kind in MAKERS:
        letter_file(application, kind)
    return {kind: _kept(application, kind)[0].sha256 for kind in MAKERS}


def _kept(application: Application, kind: str) -> list[Any]:
    return [file for file in files.of_owner(OWNER, application.pk) if file.name.endswith(f".{kind}")]
