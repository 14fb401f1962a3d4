"""Where contents lie: a folder of this machine, or an S3-compatible store. Contents never change once they lie there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File as DjangoFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from .rules import storage_path

INCOMING = "incoming"  # folder of uploads that are not kept yet, on this machine whatever the store
PREVIEWS = "previews"


@dataclass(frozen=True)
class Staged:
    """An upload on this machine's disk, measured while it was written."""

    path: Path
    sha256: str
    size: int


class TooLarge(Exception):
    """More bytes than allowed came."""


def store() -> Storage:
    """The store of contents."""
    return storages["files"]


@contextlib.contextmanager
def staged(chunks: Iterable[bytes], *, most: int) -> Iterator[Staged]:
    """Write an upload down, hashing on the way; gone at the end unless it was put away. Raises TooLarge."""
    folder = settings.DATA_DIR / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Staged(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def put(upload: Staged) -> None:
    """Put a content away under its digest, whole or not at all; again changes nothing."""
    place = storage_path(upload.sha256)
    files = store()
    if isinstance(files, FileSystemStorage):
        target = Path(files.path(place))
        if target.exists() and target.stat().st_size == upload.size:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        upload.path.chmod(0o600)
        upload.path.replace(target)
        _remember(target.parent)
    elif not files.exists(place):
        with upload.path.open("rb") as content:
            files.save(place, DjangoFile(content))


def discard(sha256: str) -> None:
    """Remove a content; nothing happens when it is not there."""
    store().delete(storage_path(sha256))


def lying(older_than: float) -> Iterator[str]:
    """Digests of all contents in the store that lie there longer than so many seconds."""
    files, now = store(), time.time()
    for first in _folders(files, ""):
        for second in _folders(files, first):
            for name in files.listdir(second)[1]:
                place = f"{second}/{name}"
                if storage_path(name) == place and now - files.get_modified_time(place).timestamp() > older_than:
                    yield name


def clear_incoming(older_than: float) -> int:
    """Remove uploads and working folders that a killed process left behind; how many."""
    folder = settings.DATA_DIR / INCOMING
    old = (
        [path for path in folder.glob("*") if time.time() - path.stat().st_mtime > older_than]
        if folder.exists()
        else []
    )
    for path in old:
        if path.is_dir():  # of a cleaning or a picture that was killed: it holds pages of a private file
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)


def _folders(files: Storage, place: str) -> list[str]:
    try:
        return [f"{place}/{name}".strip("/") for name in sorted(files.listdir(place)[0]) if len(name) == 2]
    except FileNotFoundError:
        return []


def _remember(folder: Path) -> None:
    """The rename itself must outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
