"""Releasing a file to the public: a cleaned copy, whose digest is what was released; and pictures of its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File as DjangoFile
from django.db import transaction

from gongkai.audit.rules import Actor
from gongkai.audit.services import record

from . import rules, scanning, stores
from .enums import Kind, Scan, Visibility
from .inspection import bounded, kinds
from .inspection.values import Inspection
from .models import Blob, File, Preview
from .rules import Refused
from .rules import marked as _
from .selectors import preview_path
from .storing import CHUNK, locked_blob, stored

CANNOT_CLEAN = _("“%(kind)s”无法可靠地清除作者等属性，不能直接公开。请另存为新格式或 PDF 后上传，再公开。")
REMAINS = _("文件里还有%(found)s。公开前请在原来的软件中清除，再上传。")
_READABLE = (Scan.OFF.value, Scan.CLEAN.value)
NOT_SCANNED = _("文件还没有查毒，暂时不能公开。请稍后再试。")


@dataclass(frozen=True)
class Cleaned:
    """A copy that may become public: of which file, its content, and what was found in it."""

    file: File
    copy: stores.Staged
    found: Inspection
    scan: Scan


@contextmanager
def cleaned(*, file: File) -> Iterator[Cleaned]:
    """Make the copy for the public, which takes its time and touches no table. Raises Refused, naming what is against it.

    Author, company, software, place of a photo and the like are gone from the copy; comments, tracked changes and
    hidden sheets are for a person to remove. A signed PDF is copied byte for byte, because cleaning would break its
    signature.
    """
    kind = Kind(file.kind)
    _may_be_released(file, kind)
    with _cleaned(file, kind) as copy:
        yield Cleaned(file, copy, bounded.inspect(copy.path, kind), scanning.scan(copy.path).scan)


@transaction.atomic
def publish(*, cleaned: Cleaned, owner_kind: str, owner_id: object = "", actor: Actor) -> File:
    """Make the copy public, in the caller's transaction; the private file stays. Its SHA-256 is what was released."""
    file, blob = cleaned.file, locked_blob(cleaned.copy, cleaned.scan)
    stores.put(cleaned.copy)
    made = File.objects.create(
        blob=blob,
        name=file.name,
        kind=file.kind,
        media_type=file.media_type,
        size=cleaned.copy.size,
        owner_kind=owner_kind,
        owner_id=str(owner_id),
        organ=file.organ,
        visibility=Visibility.PUBLIC.value,
        released_from=file,
        metadata=cleaned.found.metadata,
        signed=file.signed,
        pages=cleaned.found.pages,
        created_by=actor.id,
    )
    facts = {"sha256": blob.sha256, "from": str(file.pk), "signed": file.signed}
    record(act="files.release", actor=actor, organ=file.organ, object_kind="file", object_id=made.pk, facts=facts)
    return made


def release(*, file: File, owner_kind: str, owner_id: object = "", actor: Actor) -> File:
    """Make the public copy of a private file at once: `cleaned` and `publish`."""
    with cleaned(file=file) as copy:
        return publish(cleaned=copy, owner_kind=owner_kind, owner_id=owner_id, actor=actor)


@transaction.atomic
def retract(*, file: File, actor: Actor) -> None:
    """Take a public copy back from the public; the row, which says what had been released, stays. Again does nothing."""
    if File.objects.filter(pk=file.pk, visibility=Visibility.PUBLIC.value).update(visibility=Visibility.PRIVATE.value):
        facts = {"sha256": file.sha256}
        record(act="files.retract", actor=actor, organ=file.organ, object_kind="file", object_id=file.pk, facts=facts)


@contextmanager
def _cleaned(file: File, kind: Kind) -> Iterator[stores.Staged]:
    with stores.staged(stored(file.sha256), most=rules.MOST) as original, _folder() as folder:
        target = folder / "clean"
        if file.signed:
            target = original.path
        else:
            bounded.clean(original.path, kind, target)
        with target.open("rb") as content:
            chunks = iter(lambda: content.read(CHUNK), b"")
            with stores.staged(chunks, most=2 * rules.MOST) as copy:
                yield copy


def _may_be_released(file: File, kind: Kind) -> None:
    if file.blob.scan not in _READABLE:
        raise Refused(NOT_SCANNED)
    if kind not in kinds.CLEANABLE:
        raise Refused(CANNOT_CLEAN, kind=kind.label)
    left = {kinds.REMAINS_SHOWN[name]: count for name, count in file.remains.items() if name in kinds.REMAINS_SHOWN}
    if left:
        raise Refused(REMAINS, found="、".join(f"{label} {count} 处" for label, count in left.items()))


def make_previews(*, file: File) -> int:
    """Make the pictures of a file's pages, once; how many there are. A file of another kind, or that breaks, has none."""
    kind = Kind(file.kind)
    if kind not in kinds.SHOWN or file.blob.scan not in _READABLE:
        return 0
    made = _make_previews(file, kind)
    Blob.objects.filter(pk=file.sha256).update(previewed=True)
    return made


def make_waiting_previews(*, most: int = 50) -> int:
    """Make the pictures of files that came since, oldest first; of how many files. Called every minute."""
    waiting = File.objects.filter(
        kind__in=[kind.value for kind in kinds.SHOWN], blob__previewed=False, blob__scan__in=_READABLE
    )
    files = list(waiting.select_related("blob").order_by("created_at")[:most])
    for file in files:
        make_previews(file=file)
    return len(files)


@transaction.atomic
def forget_pictures() -> None:
    """Have every picture made again: the store has none, because it came from a backup."""
    Preview.objects.all().delete()
    Blob.objects.filter(previewed=True).update(previewed=False)


def _make_previews(file: File, kind: Kind) -> int:
    if done := Preview.objects.filter(blob_id=file.sha256).count():
        return done
    with stores.staged(stored(file.sha256), most=2 * rules.MOST) as original, _folder() as folder:
        try:
            pages = bounded.preview(original.path, kind, folder)
        except Refused:
            return 0
        for page, _width, _height in pages:
            place = preview_path(file.sha256, page)
            with (folder / f"{page}.webp").open("rb") as picture:
                if not stores.store().exists(place):
                    stores.store().save(place, DjangoFile(picture))
        rows = [
            Preview(
                blob_id=file.sha256,
                page=page,
                width=width,
                height=height,
                size=(folder / f"{page}.webp").stat().st_size,
            )
            for page, width, height in pages
        ]
    Preview.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@contextmanager
def _folder() -> Iterator[Path]:
    parent = settings.DATA_DIR / stores.INCOMING
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as name:
        yield Path(name)
