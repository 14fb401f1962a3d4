"""The people of a case are forgotten: in its rows, its papers, its files and its notices. What was counted stays true."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Model

from gongkai.applications import selectors
from gongkai.applications.flow import binding, rectification_binding
from gongkai.applications.models import Application, Band, Imported, Kept, Letter, Rectification, Screened
from gongkai.applications.rules import likeness, reply
from gongkai.applications.rules.retention import cleaned, cleaner
from gongkai.audit import services as audit
from gongkai.audit.rules import SYSTEM, Actor
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.notifications import services as notices
from gongkai.privacy.subjects import ERASED
from gongkai.seals import services as sealing

Clean = Callable[[str], str]
RECTIFIED = ("name", "identity_number", "phone", "email", "record", "wrong", "contents")
WHO = ("applicant_name", "identity_number", "phone", "email", "address")


@transaction.atomic
def forget(*, pk: int, by: Actor = SYSTEM, today: date, purpose: str = "") -> bool:
    """Forget who applied, who was asked, and what they brought. False where it was done before.

    State, days, outcome and what the yearly report counts stay, and so does the audit chain, which never held a name.
    Whether the case may be forgotten, the caller has asked of `selectors.holds_of`. Files lie until the transaction is
    committed.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("organ").get(pk=pk)
    if row.forgotten_on is not None:
        return False
    clean = cleaner(_people(row), ERASED)
    counts = {"files": _files(row, by), "notices": notices.forget(key=f"application:{row.pk}")}
    counts["papers"] = _papers(row, clean)
    counts["parties"] = _parties(row, clean)
    _course(row, clean)
    _case(row, clean, today)
    counts["elsewhere"] = sum(erase(row.pk, clean) for erase in selectors.erasers())
    audit.record(
        act="applications.forget",
        actor=by,
        organ=row.organ.code,
        object_kind=binding().kind,
        object_id=row.pk,
        purpose=purpose[:200],
        facts=counts,
    )
    return True


@transaction.atomic
def forget_rectification(*, pk: int, by: Actor = SYSTEM, today: date, purpose: str = "") -> bool:
    """Forget who asked for a record to be put right, what was wrong in it, and what proved it. False where done before."""
    row = Rectification.objects.select_for_update(of=("self",)).select_related("organ").get(pk=pk)
    if row.forgotten_on is not None:
        return False
    for name in RECTIFIED:
        setattr(row, name, ERASED if getattr(row, name) else "")
    row.identity_digest, row.code_digest, row.forgotten_on = "", secrets.token_hex(32), today
    row.save(update_fields=[*RECTIFIED, "identity_digest", "code_digest", "forgotten_on"])
    owners = (selectors.RECTIFICATION, f"{selectors.RECTIFICATION}.letter")
    found = [file for owner in owners for file in kept.of_owner(owner, row.pk)]
    gone = sum(files.remove(file=file, actor=by) for file in found)
    gone += sealing.forget_contents(object_kind=selectors.RECTIFICATION, object_id=row.pk, by=by)
    audit.record(
        act="rectifications.forget",
        actor=by,
        organ=row.organ.code,
        object_kind=rectification_binding().kind,
        object_id=row.pk,
        purpose=purpose[:200],
        facts={"files": gone},
    )
    return True


def _people(row: Application) -> Iterable[str]:
    """Everything that says who somebody is, as it stands in the case."""
    yield from (getattr(row, name) for name in WHO)
    for asked in row.consultations.filter(organ__isnull=True):
        yield from (asked.party, asked.contact)


def _files(row: Application, by: Actor) -> int:
    """What was brought, what lay under redactions, letters, and what was given with findings in it."""
    letters = list(row.letters.all())
    found = [file for owner in (selectors.BROUGHT, selectors.REDACTED) for file in kept.of_owner(owner, row.pk)]
    found += [file for letter in letters for file in kept.of_owner(selectors.LETTER, letter.pk)]
    given = list(kept.of_owner(selectors.GIVEN, row.pk))
    clear = {one.file for one in row.screened.all() if not one.result.get("findings")}
    found += [file for file in given if file.pk not in clear]
    gone = [file.pk for file in found if files.remove(file=file, actor=by)]
    Screened.objects.filter(application=row, file__in=gone).delete()
    return len(gone) + sum(_sealed(letter, by) for letter in letters) + _sealed_reply(row, by)


def _sealed(letter: Letter, by: Actor) -> int:
    if letter.kind in reply.kinds():
        return 0
    return sealing.forget_contents(object_kind=selectors.LETTER, object_id=letter.pk, by=by)


def _sealed_reply(row: Application, by: Actor) -> int:
    return sealing.forget_contents(object_kind=selectors.SEALED_REPLY, object_id=row.pk, by=by)


def _papers(row: Application, clean: Clean) -> int:
    letters = list(row.letters.all())
    for letter in letters:
        letter.addressee, letter.kept = ERASED, True
        letter.contents, letter.proof = cleaned(letter.contents, clean), clean(letter.proof)[:200]
        letter.save(update_fields=["addressee", "kept", "contents", "proof"])
    return len(letters)


def _parties(row: Application, clean: Clean) -> int:
    asked = list(row.consultations.all())
    for one in asked:
        one.party, one.contact, one.reason, one.weighed_why = (
            ERASED if text else "" for text in (one.party, one.contact, one.reason, one.weighed_why)
        )
        one.question, one.code = clean(one.question), ""
        one.code_digest = secrets.token_hex(32) if one.code_digest else ""  # nobody holds a code for it
        one.save(update_fields=["party", "contact", "reason", "weighed_why", "question", "code", "code_digest"])
    return len(asked)


def _course(row: Application, clean: Clean) -> None:
    """What was written down on the way: the days stay, and the words without the people."""
    _each(row.steps.all(), ("facts",), clean)
    _each(row.reviews.all(), ("opinion",), clean)
    _each(row.let_pass.all(), ("why",), clean)
    _each(Kept.objects.filter(application=row), ("reason",), clean)
    Imported.objects.filter(application=row).update(digest="")


def _each(rows: Iterable[Model], names: Sequence[str], clean: Clean) -> None:
    for row in rows:
        for name in names:
            setattr(row, name, cleaned(getattr(row, name), clean))
        row.save(update_fields=names)


def _case(row: Application, clean: Clean, today: date) -> None:
    for name in WHO:
        setattr(row, name, ERASED if getattr(row, name) else "")
    row.identity_digest, row.email_digest = "", ""  # nobody is found by these
    row.code_digest = secrets.token_hex(32)  # and nobody holds a code
    for name in ("description", "supplement_wanted", "contents"):
        setattr(row, name, cleaned(getattr(row, name), clean))
    row.forgotten_on = today
    row.save()
    Band.objects.filter(application=row).delete()
    Band.objects.bulk_create(
        Band(application=row, place=place, value=value) for place, value in enumerate(likeness.bands(row.description))
    )
