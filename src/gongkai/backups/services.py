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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.db import connection
from django.utils import timezone

from gongkai.audit import selectors as audit
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.privacy.keys import ring

from . import databases
from .databases import CannotCopy
from .sealing import KEY_SIZE, Broken, OpeningReader, SealingWriter

__all__ = ["Broken", "CannotCopy", "NotEmpty", "Report", "back_up", "key_of", "restore"]
DATABASE, MANIFEST, CONTENTS = "database", "manifest.json", "files/"
CHUNK = 1 << 20
PICTURED = ["files", "0002_previewed"]  # the migration since which the house knows of pictures of pages


class NotEmpty(Exception):
    """There is something where a backup is to be restored; the text is for the person who restores."""


@dataclass(frozen=True)
class Report:
    """What was backed up or restored."""

    files: int
    size: int
    rows: int
    taken_at: datetime
    lost: tuple[str, ...] = ()  # digests of kept files whose content is not there, or is not what it was
    keys_missing: tuple[str, ...] = ()  # of the personal data that came back, those that this place does not have


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

    The database goes first: a file that it names was kept before, and kept contents never change. A content that is
    lost does not keep the others from being saved: the report names it.
    """
    if target.is_dir():
        raise CannotCopy(f"{target} 是文件夹，请写明备份文件的名称。{target} is a folder: name a file.")
    part = target.with_name(f"{target.name}.part")
    try:
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
    except BaseException:
        part.unlink(missing_ok=True)  # where there was no room, it must not take what is left
        raise
    part.replace(target)
    return report


def _write(writer: SealingWriter, copy: Path, heads: dict[str, tuple[int, str]]) -> Report:
    taken_at, digests, size = timezone.now(), {}, 0
    lost: list[str] = []
    with tarfile.open(fileobj=writer, mode="w|") as archive:
        for name, stream in _members(copy, lost):
            with stream:
                measured = _Measured(stream)
                entry = tarfile.TarInfo(name)
                entry.size = _length(stream)
                archive.addfile(entry, measured)
            digests[name] = measured.digest
            size += entry.size
        lost += _spoilt(digests)
        manifest = {
            "vendor": connection.vendor,
            "taken_at": taken_at.isoformat(),
            "migrations": databases.migrations(),
            "heads": heads,
            "members": digests,
            "lost": lost,
            "field_keys": [kept.id for kept in ring().keys],
        }
        content = json.dumps(manifest, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return Report(len(digests) - 1, size, sum(seq for seq, _digest in heads.values()), taken_at, tuple(lost))


def _members(copy: Path, lost: list[str]) -> Iterator[tuple[str, IO[bytes]]]:
    yield DATABASE, copy.open("rb")
    for sha256 in files.stored():
        try:
            yield f"{CONTENTS}{sha256}", files.open_stored(sha256)
        except FileNotFoundError:
            if files.is_stored(sha256):  # else it was removed this moment, with its row
                lost.append(sha256)


def _length(stream: IO[bytes]) -> int:
    """As it lies there, whatever its row says: a row that the sweeper made for a stray content knows no size."""
    stream.seek(0, io.SEEK_END)
    length = stream.tell()
    stream.seek(0)
    return length


def _spoilt(digests: Mapping[str, str]) -> list[str]:
    """Contents that are not what their name says."""
    named = ((name.removeprefix(CONTENTS), digest) for name, digest in digests.items() if name.startswith(CONTENTS))
    return [sha256 for sha256, digest in named if sha256 != digest]


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

    The whole file is opened and every digest compared before anything is written; then the files are put away, and
    the database last. Afterwards the audit chain is read from its first link and compared with the heads of the moment
    of the backup. Pictures of pages are not in a backup: they are made again.
    """
    if not databases.is_empty():
        raise NotEmpty(
            "数据库里已经有数据。备份只恢复到空的地方，以免盖掉现有数据：请换一个空的数据库和数据文件夹。"
            "There are data here already; a backup is restored into an empty place only."
        )
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(source, key, Path(folder))
        _must_fit(manifest)
        lost = tuple(sorted({*manifest.get("lost", ()), *_spoilt(manifest["members"])}))
        contents = [path for path in sorted((Path(folder) / CONTENTS).glob("*")) if path.name not in lost]
        for content in contents:
            keeping.put_back(path=content, sha256=content.name)
        size = sum(path.stat().st_size for path in [Path(folder) / DATABASE, *contents])
        databases.fill(Path(folder) / DATABASE)  # last: until it is there, the place is empty and may be tried again
    _prove({chain: (int(seq), str(digest)) for chain, (seq, digest) in manifest["heads"].items()})
    if PICTURED in manifest["migrations"]:
        keeping.forget_pictures()
    rows = sum(seq for seq, _digest in audit.heads().values())
    here = {kept.id for kept in ring().keys}
    missing = tuple(key_id for key_id in manifest.get("field_keys", ()) if key_id not in here)
    return Report(len(contents), size, rows, datetime.fromisoformat(manifest["taken_at"]), lost, missing)


def _must_fit(manifest: Mapping[str, Any]) -> None:
    if manifest["vendor"] != connection.vendor:
        raise Broken(f"备份来自 {manifest['vendor']}，这里是 {connection.vendor}。请用同一种数据库恢复。")
    if newer := databases.unknown(manifest["migrations"]):
        raise Broken(
            f"备份来自更新的版本，这个程序不认识其中的 {'、'.join(newer[:3])}（共 {len(newer)} 项）。"
            "请用做备份的版本或者更新的版本恢复。The backup was made by a newer version of this program."
        )


def _prove(heads: Mapping[str, tuple[int, str]]) -> None:
    found = list(audit.verify(against=heads))
    if found:
        raise Broken(
            f"数据已经放回，但恢复的留痕链不完整：{found[0].chain} 第 {found[0].seq} 行，{found[0].fault}。"
            "请查明原因以前不要启用。The audit chain that was restored is broken."
        )


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
    except (tarfile.TarError, ValueError) as error:
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
