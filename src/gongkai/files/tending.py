"""What happens to contents after they are kept: scanned again, destroyed, swept away."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit.rules import SYSTEM, Actor
from gongkai.audit.services import record
from gongkai.kernel.bus import publish

from . import rules, scanning, stores
from .enums import Scan, Visibility
from .events import InfectedFileFound
from .models import Blob, File, Preview
from .selectors import DRAFT, preview_path
from .storing import stored

ORPHAN_AGE = timedelta(days=1)
DRAFT_AGE = timedelta(days=2)


def scan_waiting(*, most: int = 200) -> dict[str, int]:
    """Ask the scanner about contents that wait, oldest first; stops when it is out of reach. How many by verdict."""
    done = {scan.value: 0 for scan in Scan}
    for blob in Blob.objects.filter(scan=Scan.WAITING.value).order_by("created_at")[:most]:
        with stores.staged(stored(blob.sha256), most=2 * rules.MOST) as upload:
            verdict = scanning.scan(upload.path)
        if verdict.scan is Scan.WAITING:
            break
        _settle(blob, verdict)
        done[verdict.scan.value] += 1
    return done


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


@transaction.atomic
def remove(*, file: File, actor: Actor) -> bool:
    """Remove a private file for good: its row now, its content once that is committed, unless another file has it too.

    A process killed in between leaves a content of no file, which `sweep` takes away. A file that is public, or of
    which a public copy was made, stays: everybody may have it. Whether it was removed.
    """
    if file.visibility == Visibility.PUBLIC.value or file.releases.exists():
        return False
    sha256 = file.sha256
    record(act="files.remove", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk)
    File.objects.filter(pk=file.pk).delete()
    transaction.on_commit(lambda: _take_away(sha256), robust=True)
    return True


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
    for preview in Preview.objects.filter(blob=blob):
        stores.store().delete(preview_path(sha256, preview.page))
    stores.discard(sha256)  # inside the lock: whoever keeps this content again waits, and puts it back
    blob.delete()
    return True
