"""Acts of this context: keep, claim, release, scan again, sweep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.audit.rules import SYSTEM, Actor
from gongkai.audit.services import record
from gongkai.kernel.bus import publish

from . import rules, scanning, stores
from .enums import Kind, Scan, Visibility
from .events import InfectedFileFound
from .inspection import bounded
from .inspection.values import Inspection
from .models import Blob, File
from .rules import CleanName, Refused
from .selectors import DRAFT, content

CHUNK = 1 << 18
INFECTED = "文件“%(name)s”查出病毒（%(signature)s），没有保存。请在自己的电脑上杀毒，换一份干净的文件再传。"
CANNOT_CLEAN = "“%(kind)s”无法可靠地清除作者等属性，不能直接公开。请另存为新格式或 PDF 后上传，再公开。"
REMAINS = "文件里还有：%(found)s。公开前请在原来的软件中清除，再上传。"
ORPHAN_AGE = timedelta(days=1)
DRAFT_AGE = timedelta(days=2)
REMAINS_SHOWN = {"comments": "批注", "changes": "修订", "hidden_sheets": "隐藏的工作表"}


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
    blob = _locked_blob(upload, verdict.scan)
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


def _locked_blob(upload: stores.Staged, scan: Scan) -> Blob:
    """The content's row, locked until the end: the sweeper cannot take away what is being kept."""
    while True:
        Blob.objects.get_or_create(sha256=upload.sha256, defaults={"size": upload.size, "scan": scan.value})
        blob = Blob.objects.select_for_update().filter(sha256=upload.sha256).first()
        if blob is None:
            continue  # the sweeper had it; make it again
        if scan is not Scan.WAITING and blob.scan != scan.value:
            blob.scan = scan.value
            blob.save(update_fields=["scan"])
        return blob


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


def read(*, file: File, actor: Actor, purpose: str) -> BinaryIO:
    """Open a file somebody may read; the reading of a private one is recorded with its purpose."""
    if file.visibility != Visibility.PUBLIC.value:
        record(act="files.read", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk, purpose=purpose)
    return content(file)


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


def scan_waiting(*, most: int = 200) -> dict[str, int]:
    """Ask the scanner about contents that wait, oldest first; stops when it is out of reach. How many by verdict."""
    done = {scan.value: 0 for scan in Scan}
    for blob in Blob.objects.filter(scan=Scan.WAITING.value).order_by("created_at")[:most]:
        with stores.staged(_stored(blob), most=rules.MOST) as upload:
            verdict = scanning.scan(upload.path)
        if verdict.scan is Scan.WAITING:
            break
        _settle(blob, verdict)
        done[verdict.scan.value] += 1
    return done


def _stored(blob: Blob) -> Iterable[bytes]:
    with stores.store().open(rules.storage_path(blob.sha256), "rb") as file:
        yield from iter(lambda: file.read(CHUNK), b"")


@transaction.atomic
def _settle(blob: Blob, verdict: scanning.Verdict) -> None:
    changed = Blob.objects.filter(pk=blob.pk, scan=Scan.WAITING.value).update(
        scan=verdict.scan.value, signature=verdict.signature
    )
    if not changed or verdict.scan is not Scan.INFECTED:
        return
    for file in File.objects.filter(blob=blob):
        facts = {"signature": verdict.signature, "sha256": blob.sha256}
        record(act="files.infected", actor=SYSTEM, organ=file.organ, object_kind="file", object_id=file.pk, facts=facts)
        publish(InfectedFileFound(str(file.pk), file.owner_kind, file.owner_id, file.organ, verdict.signature))
    transaction.on_commit(lambda: stores.discard(blob.sha256))


def sweep() -> dict[str, int]:
    """Take away what nothing needs: drafts nobody claimed, contents of no file, leftovers of killed processes."""
    now = timezone.now()
    drafts = File.objects.filter(owner_kind=DRAFT, created_at__lt=now - DRAFT_AGE).delete()[0]
    age = ORPHAN_AGE.total_seconds()
    for sha256 in stores.lying(older_than=age):
        # A content without a row gets one, and goes with the rows when that is a day old.
        Blob.objects.get_or_create(sha256=sha256, defaults={"size": 0})
    orphans = Blob.objects.filter(files__isnull=True, created_at__lt=now - ORPHAN_AGE).values_list("pk", flat=True)
    contents = sum(_take_away(sha256) for sha256 in list(orphans))
    return {"drafts": drafts, "contents": contents, "incoming": stores.clear_incoming(older_than=age)}


@transaction.atomic
def _take_away(sha256: str) -> bool:
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None or File.objects.filter(blob=blob).exists():
        return False
    stores.discard(sha256)  # inside the lock: whoever keeps this content again waits, and puts it back
    blob.delete()
    return True
