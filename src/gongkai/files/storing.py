"""The steps that keeping, releasing and scanning share: the lock of a content, and its bytes."""

from __future__ import annotations

from collections.abc import Iterable

from . import rules, stores
from .enums import Scan
from .models import Blob

CHUNK = 1 << 18


def locked_blob(upload: stores.Staged, scan: Scan) -> Blob:
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


def stored(sha256: str) -> Iterable[bytes]:
    """The bytes of a content."""
    with stores.store().open(rules.storage_path(sha256), "rb") as file:
        yield from iter(lambda: file.read(CHUNK), b"")
