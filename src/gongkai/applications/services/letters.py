"""The papers of a case: numbered when they are issued, made as files once, and kept as they were made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import notices, reply
from gongkai.applications.rules.serials import NOTICE, REPLY, word_of
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.papers import services as papers
from gongkai.papers.rules import document_number
from gongkai.workflow.rules import Refused

from .numbering import next_serial

OWNER = selectors.LETTER
DRAFTED = frozenset({"registered", "proposed"})  # the states in which what is written is not a letter yet
LETTER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MAKERS = {"pdf": papers.pdf, "docx": papers.docx}


def issue(
    row: Application,
    kind: str,
    contents: Mapping[str, str],
    *,
    on: date,
    due: date | None = None,
    consultation: Consultation | None = None,
    **words: object,
) -> Letter:
    """Issue a paper of procedure: complete, numbered, dated, as it stood on this day. Call it inside an act.

    Raises `Refused` where something is missing that the law wants in it.
    """
    notice = notices.notices()[kind]
    try:
        given = notices.complete(notice, contents)
    except reply.Incomplete as error:
        raise Refused(str(error)) from error
    case = {
        "number": row.number,
        "wanted": row.description,
        "received": _day(row.received_on or on),
        "due": _day(due),
        **{name: str(value) for name, value in words.items()},
    }
    return _create(
        row, kind, {**case, **given}, on, NOTICE, selectors.addressee(row, notice.to, consultation), consultation
    )


def issue_reply(row: Application, *, on: date) -> Letter:
    """The proposed reply becomes a numbered letter; one that corrects an earlier reply names it and takes its place."""
    earlier = row.letters.filter(kind__in=reply.kinds(), replaced_by__isnull=True).order_by("-pk").first()
    contents = {name: text for name, text in row.contents.items() if name != "kind"}
    words = {**contents, "number": row.number, "wanted": row.description, "received": _day(row.received_on or on)}
    letter = _create(row, row.contents["kind"], words, on, REPLY, row.applicant_name, None)
    if earlier is not None:
        letter.version, letter.replaces = earlier.version + 1, earlier
        letter.save(update_fields=["version", "replaces"])
    return letter


def _create(
    row: Application,
    kind: str,
    contents: Mapping[str, str],
    on: date,
    purpose: str,
    addressee: str,
    consultation: Consultation | None,
) -> Letter:
    organ = row.organ
    serial = next_serial(organ=organ.code, year=on.year, purpose=purpose)
    return Letter.objects.create(
        application=row,
        kind=kind,
        number=document_number(word_of(organ.letter_word, purpose), on.year, serial),
        issued_on=on,
        contents=dict(contents),
        addressee=addressee,
        consultation=consultation,
    )


def letter_file(letter: Letter, kind: str) -> bytes:
    """A letter as `pdf` or `docx`, always the same bytes.

    Making a file takes a while, so no row is locked meanwhile; of two made at once one is kept.
    """
    if not _kept(letter, kind):
        made = MAKERS[kind](selectors.paper_of(letter))
        with transaction.atomic():
            Letter.objects.select_for_update().get(pk=letter.pk)
            if not _kept(letter, kind):
                keeping.keep_own(
                    content=made,
                    name=f"{letter.application.number}-{letter.pk}.{kind}",
                    owner_kind=OWNER,
                    owner_id=letter.pk,
                    organ=letter.application.organ.code,
                )
    with files.content(_kept(letter, kind)[0]) as stream:
        return stream.read()


def reply_file(application: Application, kind: str) -> bytes:
    """The reply as it stands: the letter once it is signed, until then the proposal."""
    if application.state in DRAFTED:
        return draft_file(application, kind)
    return letter_file(selectors.reply_letter(application.pk), kind)


def draft_file(application: Application, kind: str) -> bytes:
    """The proposed reply as a file, made afresh and not kept: it is not a letter yet."""
    return MAKERS[kind](selectors.draft(application))


def keep_letters(*, most: int = 100) -> int:
    """Keep every letter in every kind of file, the oldest first; how many were not kept before.

    Swept by the schedule every minute: what is sent must stay what was issued, whatever is renamed later.
    """
    waiting = Letter.objects.filter(kept=False).select_related("application__organ__parent").order_by("pk")
    found = list(waiting[:most])
    for letter in found:
        keep(letter)
    return len(found)


def keep(letter: Letter) -> None:
    """Keep a letter in every kind of file."""
    for kind in MAKERS:
        letter_file(letter, kind)
    Letter.objects.filter(pk=letter.pk).update(kept=True)


def digests(letter: Letter) -> dict[str, str]:
    """What is kept of the letter: kind -> SHA-256."""
    return {kind: kept[0].sha256 for kind in MAKERS if (kept := _kept(letter, kind))}


def _kept(letter: Letter, kind: str) -> list[Any]:
    return [file for file in files.of_owner(OWNER, letter.pk) if file.name.endswith(f".{kind}")]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
