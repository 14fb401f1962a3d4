"""The two acts of this context: back up, restore. What comes back is proved: by digests, and by the audit chain."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.db import connection
from django.utils import timezone

from gongkai.audit import selectors as audit
from gongkai.files import selectors as files
from gongkai.files import services as keeping

from . import databases
from .databases import CannotCopy
from .sealing import KEY_SIZE, Broken, OpeningReader, SealingWriter

__all__ = ["Broken", "CannotCopy", "NotEmpty", "Report", "back_up", "key_of", "restore"]
DATABASE, MANIFEST, CONTENTS = "database", "manifest.json", "files/"
CHUNK = 1 << 20


class NotEmpty(Exception):
    """There is something where a backup is to be restored; the text is for the person who restores."""


@dataclass(frozen=True)
class Report:
    """What was backed up or restored."""

    files: int
    size: int
    rows: int
    taken_at: datetime


def key_of(path: Path) -> bytes:
    """The key in a file, made at first use and readable by its owner alone. Raises `Broken` for a file without a key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(urlsafe_b64encode(secrets.token_bytes(KEY_SIZE)) + b"\n")
    try:
        key = urlsafe_b64decode(path.read_bytes().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE:
        raise Broken(f"{path} 不是备份密钥。{path} holds no backup key.")
    return key


def back_up(*, target: Path, key: bytes) -> Report:
    """Write database and files into one sealed file, whole or not at all, while the program runs.

    The database goes first: a file that it names was kept before, and kept contents never change.
    """
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        heads = audit.heads()
        databases.dump(copy)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sealed:
            writer = SealingWriter(sealed, key)
            report = _write(writer, copy, heads)
            writer.finish()
            sealed.flush()
            os.fsync(sealed.fileno())
    part.replace(target)
    return report


def _write(writer: SealingWriter, copy: Path, heads: dict[str, tuple[int, str]]) -> Report:
    taken_at, digests, size = timezone.now(), {}, 0
    with tarfile.open(fileobj=writer, mode="w|") as archive:
        for name, length, stream in _members(copy):
            with stream:
                measured = _Measured(stream)
                entry = tarfile.TarInfo(name)
                entry.size = length
                archive.addfile(entry, measured)
            digests[name] = measured.digest
            size += length
        manifest = {
            "vendor": connection.vendor,
            "taken_at": taken_at.isoformat(),
            "migrations": databases.migrations(),
            "heads": heads,
            "members": digests,
        }
        content = json.dumps(manifest, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return Report(len(digests) - 1, size, sum(seq for seq, _digest in heads.values()), taken_at)


def _members(copy: Path) -> Iterator[tuple[str, int, BinaryIO]]:
    yield DATABASE, copy.stat().st_size, copy.open("rb")
    for sha256, size in files.stored():
        yield f"{CONTENTS}{sha256}", size, files.open_stored(sha256)


class _Measured:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def restore(*, source: Path, key: bytes) -> Report:
    """Put a backup into an empty place, and prove it. Raises `NotEmpty`, `Broken`, `CannotCopy`.

    The whole file is opened and every digest compared before anything is written; afterwards the audit chain is read
    from its first link and compared with the heads of the moment of the backup.
    """
    if not databases.is_empty():
        raise NotEmpty(
            "数据库里已经有数据。备份只恢复到空的地方，以免盖掉现有数据：请换一个空的数据库和数据文件夹。"
            "There are data here already; a backup is restored into an empty place only."
        )
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(source, key, Path(folder))
        if manifest["vendor"] != connection.vendor:
            raise Broken(f"备份来自 {manifest['vendor']}，这里是 {connection.vendor}。请用同一种数据库恢复。")
        databases.fill(Path(folder) / DATABASE)
        contents = sorted((Path(folder) / CONTENTS).glob("*"))
        for content in contents:
            keeping.put_back(path=content, sha256=content.name)
        size = sum(path.stat().st_size for path in [Path(folder) / DATABASE, *contents])
    heads = {chain: (int(seq), str(digest)) for chain, (seq, digest) in manifest["heads"].items()}
    found = list(audit.verify(against=heads))
    if found:
        raise Broken(f"恢复的留痕链不完整：{found[0].chain} 第 {found[0].seq} 行，{found[0].fault}。")
    rows = sum(seq for seq, _digest in audit.heads().values())
    return Report(len(contents), size, rows, datetime.fromisoformat(manifest["taken_at"]))


def _unpack(source: Path, key: bytes, folder: Path) -> dict[str, Any]:
    (folder / CONTENTS).mkdir()
    digests: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with source.open("rb") as sealed:
            opened = io.BufferedReader(cast("io.RawIOBase", OpeningReader(sealed, key)))
            with tarfile.open(fileobj=opened, mode="r|") as archive:
                for entry in archive:
                    stream = archive.extractfile(entry)
                    if stream is None:
                        raise Broken(f"备份里有不该有的内容：{entry.name}。")
                    if entry.name == MANIFEST:
                        manifest = json.load(stream)
                    else:
                        digests[entry.name] = _unpack_one(stream, entry.name, folder)
            opened.read()
    except (tarfile.TarError, OSError, ValueError) as error:
        raise Broken(f"备份文件有损坏：{error}。The backup is damaged.") from error
    if manifest is None or manifest["members"] != digests:
        raise Broken("备份的内容与清单不符。The contents differ from the manifest.")
    return manifest


def _unpack_one(stream: IO[bytes], name: str, folder: Path) -> str:
    plain = name.removeprefix(CONTENTS)
    if name != DATABASE and not (name.startswith(CONTENTS) and plain.isalnum()):
        raise Broken(f"备份里有不该有的内容：{name}。")
    measured = _Measured(stream)
    with (folder / name).open("wb") as file:
        while chunk := measured.read(CHUNK):
            file.write(chunk)
    return measured.digest
