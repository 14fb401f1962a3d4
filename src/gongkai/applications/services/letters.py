"""The papers of a case: numbered when they are issued, made as files once, and kept as they were made."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import notices, reply
from gongkai.applications.rules.serials import NOTICE, REPLY, word_of
from gongkai.audit.rules import SYSTEM
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.papers import services as papers
from gongkai.papers.rules import document_number
from gongkai.seals import selectors as seals
from gongkai.seals import services as sealing
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Refused

from .numbering import next_serial

_log = logging.getLogger(__name__)
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
    for field in notice.fields:
        if not field.numbers and (number := selectors.numbers_in(given.get(field.name, ""))):
            raise Refused(f"“{field.label}”里有{number}。写明是什么就可以，不写出号码本身。请删去后再发出。")
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
    if redacted := selectors.redaction_text(row, on):
        words["redactions"] = redacted
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
    """A letter as `pdf` or `docx`, always the same bytes; the PDF is the sealed one where the organ has a seal.

    Making a file takes a while, so no row is locked meanwhile; of two made at once one is kept. Raises
    `seals.rules.Refused` where the seal cannot be set now. What was issued in a case whose people are forgotten is
    gone: it is made afresh without them, and not kept.
    """
    if letter.application.forgotten_on:
        return MAKERS[kind](selectors.paper_of(letter))
    if kind == "pdf" and (sealed := _sealed(letter)):
        return sealed
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


def _sealed(letter: Letter) -> bytes:
    """The letter with the organ's seal; nothing where the organ has none and stamps on paper."""
    organ = letter.application.organ
    if not letter.verify_code and not seals.has_key(organ.code):
        return b""
    found = _version(letter) or _seal(letter)
    if letter.verify_code != found.code:
        letter.verify_code = found.code
        letter.save(update_fields=["verify_code"])
    return seals.content(found)


def _seal(letter: Letter) -> seals.SealedPaper:
    object_kind, object_id = _object_of(letter)
    earlier = seals.latest(object_kind=object_kind, object_id=object_id)
    try:
        sealing.seal_paper(
            paper=selectors.paper_of(letter),
            organ_code=letter.application.organ.code,
            reason=selectors.label_of(letter),
            object_kind=object_kind,
            object_id=object_id,
            by=SYSTEM,
            corrects=earlier.code if earlier else "",
        )
    except NotSealed:  # unless somebody else was faster
        if (found := _version(letter)) is None:
            raise
        return found
    found = _version(letter)
    if found is None:
        raise LookupError(f"The seal of {letter.number} was set and is not there.")
    return found


def _version(letter: Letter) -> seals.SealedPaper | None:
    object_kind, object_id = _object_of(letter)
    return seals.version_of(object_kind=object_kind, object_id=object_id, number=letter.number)


def _object_of(letter: Letter) -> tuple[str, object]:
    """The versions of a reply are those of one object; any other paper is one of its own."""
    if letter.kind in reply.kinds():
        return selectors.SEALED_REPLY, letter.application_id
    return OWNER, letter.pk


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

    Swept by the schedule every minute: what is sent must stay what was issued, whatever is renamed later. A letter that
    cannot be sealed now is left for the next time, and the others go on.
    """
    waiting = Letter.objects.filter(kept=False).select_related("application__organ__parent").order_by("pk")
    kept = 0
    for letter in list(waiting[:most]):
        try:
            keep(letter)
        except NotSealed:
            _log.exception("Letter %s could not be sealed", letter.pk)
        else:
            kept += 1
    return kept


def keep(letter: Letter) -> None:
    """Keep a letter in every kind of file."""
    for kind in MAKERS:
        letter_file(letter, kind)
    Letter.objects.filter(pk=letter.pk).update(kept=True)


def digests(letter: Letter) -> dict[str, str]:
    """What is kept of the letter: kind -> SHA-256."""
    found = {kind: kept[0].sha256 for kind in MAKERS if (kept := _kept(letter, kind))}
    if letter.verify_code and (sealed := seals.by_code(letter.verify_code)):
        found["pdf"] = sealed.sha256
    return found


def _kept(letter: Letter, kind: str) -> list[Any]:
    return [file for file in files.of_owner(OWNER, letter.pk) if file.name.endswith(f".{kind}")]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
