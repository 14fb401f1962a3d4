"""Acts of this context: keep, claim, read, rename; release (`releasing.py`); scan again and sweep (`tending.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.audit.rules import SYSTEM, Actor
from gongkai.audit.selectors import entries_about
from gongkai.audit.services import record

from . import rules, scanning, stores
from .enums import Kind, Scan, Visibility
from .inspection import bounded
from .inspection.values import Inspection
from .models import Blob, File
from .releasing import (
    Cleaned,
    cleaned,
    forget_pictures,
    make_previews,
    make_waiting_previews,
    publish,
    release,
    retract,
)
from .rules import CleanName, Refused
from .rules import marked as _
from .selectors import DRAFT, content
from .storing import CHUNK, locked_blob
from .tending import remove, scan_waiting, sweep

__all__ = [
    "Cleaned",
    "claim",
    "cleaned",
    "copy",
    "forget_pictures",
    "keep",
    "make_previews",
    "make_waiting_previews",
    "pass_on",
    "publish",
    "read",
    "release",
    "remove",
    "rename",
    "retract",
    "scan_waiting",
    "sweep",
    "tell_of_reading",
    "visit",
]

ONE_READING = timedelta(minutes=30)  # pages and parts that follow within it are of one reading
COPIED = ("blob_id", "name", "kind", "media_type", "size", "metadata", "remains", "signed", "pages")
INFECTED = _("文件“%(name)s”查出病毒（%(signature)s），没有保存。请在自己的电脑上杀毒，换一份干净的文件再传。")


def keep(
    *,
    stream: UploadedFile[Any] | BinaryIO | bytes,
    name: str,
    owner_kind: str,
    owner_id: object = "",
    actor: Actor,
    organ: str = "",
) -> File:
    """Check an upload and keep it, private. Raises Refused with a sentence for the person who sent it.

    The content is streamed, inspected in a bounded process, scanned, and put under its digest; the same content is kept
    once. Where a scanner is set and cannot be reached, the file is kept and cannot be read until it was scanned.
    """
    clean = rules.clean_name(name)
    kind = rules.expected_kind(clean)
    try:
        with stores.staged(_chunks(stream), most=rules.limit_of(kind)) as upload:
            if not upload.size:
                raise Refused(rules.EMPTY, name=clean.text)
            found = bounded.inspect(upload.path, kind)
            verdict = scanning.scan(upload.path)
            if verdict.scan is Scan.INFECTED:
                raise Refused(INFECTED, name=clean.text, signature=verdict.signature)
            return _keep(upload, verdict, found, clean, owner_kind, str(owner_id), organ, actor)
    except stores.TooLarge as error:
        most = rules.limit_of(kind) // rules.MEGABYTE
        raise Refused(rules.TOO_LARGE, name=clean.text, most=most) from error


def keep_own(
    *, content: bytes, name: str, owner_kind: str, owner_id: object = "", organ: str = "", actor: Actor = SYSTEM
) -> File:
    """Keep a file that the house made itself, as a letter: it comes from nobody, so it is not inspected or scanned."""
    clean = rules.clean_name(name)
    kind = rules.expected_kind(clean)
    found = Inspection(kind=kind)
    with stores.staged(iter([content]), most=rules.limit_of(kind)) as upload:
        verdict = scanning.Verdict(Scan.OFF)
        return _keep(upload, verdict, found, clean, owner_kind, str(owner_id), organ, actor)


@transaction.atomic
def _keep(
    upload: stores.Staged,
    verdict: scanning.Verdict,
    found: Inspection,
    name: CleanName,
    owner_kind: str,
    owner_id: str,
    organ: str,
    actor: Actor,
) -> File:
    blob = locked_blob(upload, verdict.scan)
    stores.put(upload)
    file = File.objects.create(
        blob=blob,
        name=name.text,
        kind=found.kind.value,
        media_type=rules.media_type(found.kind),
        size=upload.size,
        owner_kind=owner_kind,
        owner_id=owner_id,
        organ=organ,
        metadata=found.metadata,
        remains=found.remains,
        signed=found.signed,
        pages=found.pages,
        created_by=actor.id,
    )
    facts = {"sha256": blob.sha256, "size": file.size, "kind": file.kind, "scan": blob.scan, "owner": owner_kind}
    record(act="files.keep", actor=actor, organ=organ, object_kind="file", object_id=file.pk, facts=facts)
    return file


def _chunks(stream: UploadedFile[Any] | BinaryIO | bytes) -> Iterable[bytes]:
    if isinstance(stream, UploadedFile):
        stream.seek(0)
        return stream.chunks(CHUNK)
    file = BytesIO(stream) if isinstance(stream, bytes) else stream
    return iter(lambda: file.read(CHUNK), b"")


@transaction.atomic
def claim(*, files: Iterable[UUID], owner_kind: str, owner_id: object, organ: str = "", actor: Actor) -> list[File]:
    """Give uploads of a finished form to what it made. A key that is no draft of this actor is left out."""
    found = list(
        File.objects.select_for_update()
        .filter(pk__in=list(files), owner_kind=DRAFT, created_by=actor.id)
        .order_by("id")
    )
    for file in found:
        file.owner_kind, file.owner_id, file.organ = owner_kind, str(owner_id), organ
        file.save(update_fields=["owner_kind", "owner_id", "organ"])
        facts = {"owner": owner_kind, "owner_id": str(owner_id)}
        record(act="files.claim", actor=actor, organ=organ, object_kind="file", object_id=file.pk, facts=facts)
    return found


@transaction.atomic
def copy(*, file: File, owner_kind: str, owner_id: object, organ: str = "", actor: Actor) -> File:
    """The same content once more, private, for something else; each of the two may go without the other."""
    Blob.objects.select_for_update().get(pk=file.blob_id)
    made = File.objects.create(
        owner_kind=owner_kind,
        owner_id=str(owner_id),
        organ=organ,
        created_by=actor.id,
        **{name: getattr(file, name) for name in COPIED},
    )
    facts = {"owner": owner_kind, "owner_id": str(owner_id), "sha256": file.sha256}
    record(act="files.copy", actor=actor, organ=organ, object_kind="file", object_id=made.pk, facts=facts)
    return made


@transaction.atomic
def pass_on(*, files: Iterable[UUID], by: Actor, to: Actor) -> int:
    """Have one who uploads for another give the other the uploads, each a draft still; how many were there to be given."""
    mine = File.objects.select_for_update().filter(pk__in=list(files), owner_kind=DRAFT, created_by=by.id)
    found = list(mine.order_by("id"))
    for file in found:
        file.created_by = to.id
        file.save(update_fields=["created_by"])
        facts = {"to": to.id}
        record(act="files.pass_on", actor=by, organ=file.organ, object_kind="file", object_id=file.pk, facts=facts)
    return len(found)


def release_claim(*, file: UUID, owner_kind: str, owner_id: object, actor: Actor) -> bool:
    """Take a file from what it belongs to: it becomes a draft of the actor's, which the sweeper takes away in time."""
    changed = File.objects.filter(
        pk=file, owner_kind=owner_kind, owner_id=str(owner_id), visibility=Visibility.PRIVATE.value
    )
    found = changed.select_for_update().first()
    if found is None:
        return False
    organ = found.organ
    found.owner_kind, found.owner_id, found.organ, found.created_by = DRAFT, "", "", actor.id
    found.save(update_fields=["owner_kind", "owner_id", "organ", "created_by"])
    facts = {"owner": owner_kind, "owner_id": str(owner_id)}
    record(act="files.release_claim", actor=actor, organ=organ, object_kind="file", object_id=found.pk, facts=facts)
    return True


def hand_over(*, file: File, owner_kind: str, owner_id: object, actor: Actor) -> None:
    """Have a private file belong to something else of the same organ. Call it inside the transaction that decides so."""
    facts = {"from": file.owner_kind, "to": owner_kind, "owner_id": str(owner_id)}
    file.owner_kind, file.owner_id = owner_kind, str(owner_id)
    file.save(update_fields=["owner_kind", "owner_id"])
    record(act="files.hand_over", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk, facts=facts)


def read(*, file: File, actor: Actor, purpose: str) -> BinaryIO:
    """Open a file somebody may read; the reading of a private one is recorded with its purpose."""
    tell_of_reading(file=file, actor=actor, purpose=purpose)
    return content(file)


def tell_of_reading(*, file: File, actor: Actor, purpose: str, again: bool = False) -> None:
    """Record that a private file is read; a public one may be read unrecorded.

    `again`: a picture of a page, or a later part. It belongs to the reading that stands in the record already; whoever
    asks for it without one is recorded, so that nobody reads all but the first byte unseen.
    """
    if file.visibility == Visibility.PUBLIC.value or (again and _is_reading(file, actor)):
        return
    record(act="files.read", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk, purpose=purpose)


def _is_reading(file: File, actor: Actor) -> bool:
    told = entries_about(object_kind="file", object_id=file.pk).filter(act="files.read", actor=actor.id)
    return told.filter(at__gte=timezone.now() - ONE_READING).exists()


@transaction.atomic
def rename(*, file: File, name: str, actor: Actor) -> File:
    """Give a file another name; its extension stays. Raises Refused."""
    clean = rules.clean_name(name)
    if rules.expected_kind(clean) is not Kind(file.kind):
        raise Refused(rules.NOT_ALLOWED, extension=clean.extension, accepted=f".{file.kind}")
    file = File.objects.select_for_update().get(pk=file.pk)
    file.name = clean.text
    file.save(update_fields=["name"])
    record(act="files.rename", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk)
    return file


def visit(*, path: Path, kind: Kind, act: str, words: dict[str, Any], seconds: int = bounded.SECONDS) -> dict[str, Any]:
    """Have `act` (`module:function`, of a room above) look into a file in a bounded process. Raises Refused.

    It is called as `function(path, kind, inspection, words)` after our own inspection, whose plain values it is given.
    """
    return bounded.visit(path, kind, act, words, seconds)


def put_back(*, path: Path, sha256: str) -> None:
    """Put a content from a backup where it belongs; its digest has been compared already. Again changes nothing."""
    with path.open("rb") as stream, stores.staged(_chunks(stream), most=path.stat().st_size) as upload:
        if upload.sha256 != sha256:
            raise ValueError(f"{path.name} does not have the digest {sha256}.")
        stores.put(upload)
