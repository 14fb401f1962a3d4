"""Reads of this context. One function says who may read which file; pages, downloads and exports all call it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import BinaryIO, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.rules import Standing

from . import stores
from .enums import Scan, Visibility
from .models import Blob, Preview
from .models import File as File  # noqa: PLC0414 - others name its type
from .rules import storage_path

DRAFT = "draft"  # owner_kind of an upload whose form is not finished yet
_readers: dict[str, Callable[[Standing], Q]] = {}


def register_owner(owner_kind: str, may_read: Callable[[Standing], Q]) -> None:
    """Have `may_read` say which files of this kind of owner somebody may read, as a Q over File.

    `owner_id` is text: compare it with a subquery cast to text. A kind nobody registered is read by nobody.
    """
    if owner_kind in _readers:
        raise ValueError(f"The owner kind {owner_kind} is registered already.")
    _readers[owner_kind] = may_read


def visible_to(standing: Standing | None) -> QuerySet[File]:
    """The files that somebody may read; the released ones for everybody else. Nothing unscanned, nothing infected."""
    may = Q(visibility=Visibility.PUBLIC.value)
    if standing is not None and standing.user_id:
        may |= Q(owner_kind=DRAFT, created_by=str(standing.user_id))
        for owner_kind, may_read in _readers.items():
            may |= Q(owner_kind=owner_kind) & may_read(standing)
    return File.objects.filter(may, blob__scan__in=(Scan.OFF.value, Scan.CLEAN.value))


def of_owner(owner_kind: str, owner_id: object) -> QuerySet[File]:
    """All files of one thing, also those that wait for the scanner, oldest first. For contexts that asked already."""
    found = File.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id)).select_related("blob")
    return found.order_by("created_at", "id")


def counts_of(owner_kinds: Collection[str], owner_ids: Collection[str]) -> dict[str, int]:
    """How many files of these kinds each of these things has; those with none are left out. One query."""
    found = File.objects.filter(owner_kind__in=owner_kinds, owner_id__in=owner_ids).order_by()
    return dict(found.values_list("owner_id").annotate(n=Count("pk")))


def drafts(ids: Iterable[UUID]) -> list[File]:
    """Uploads of an unfinished form by their keys, in the order they came."""
    return list(File.objects.filter(pk__in=list(ids), owner_kind=DRAFT).order_by("created_at", "id"))


def drafts_by(created_by: str) -> QuerySet[File]:
    """The uploads of somebody that nothing was made of yet."""
    return File.objects.filter(owner_kind=DRAFT, created_by=created_by)


def content(file: File) -> BinaryIO:
    """The bytes of a file, open for reading. Ask `visible_to` first."""
    return cast("BinaryIO", stores.store().open(storage_path(file.sha256), "rb"))


def previews(file: File) -> list[Preview]:
    """The pages of a file as pictures, as far as they are made."""
    return list(Preview.objects.filter(blob_id=file.sha256).order_by("page"))


def preview_content(preview: Preview) -> BinaryIO:
    """The picture of one page. Ask `visible_to` of its file first."""
    return cast("BinaryIO", stores.store().open(preview_path(preview.blob_id, preview.page), "rb"))


def preview_path(sha256: str, page: int) -> str:
    """Where the picture of one page lies."""
    return f"{stores.PREVIEWS}/{storage_path(sha256)}/{page}.webp"


def stored() -> Iterator[str]:
    """The digest of every content that is kept, in order: for a backup. What a virus was found in is not kept."""
    return Blob.objects.exclude(scan=Scan.INFECTED.value).order_by("sha256").values_list("sha256", flat=True).iterator()


def is_stored(sha256: str) -> bool:
    """Whether a content is still among them."""
    return Blob.objects.filter(pk=sha256).exclude(scan=Scan.INFECTED.value).exists()


def open_stored(sha256: str) -> BinaryIO:
    """A kept content by its digest. Raises FileNotFoundError."""
    return cast("BinaryIO", stores.store().open(storage_path(sha256), "rb"))
