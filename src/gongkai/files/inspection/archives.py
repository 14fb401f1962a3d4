"""ZIP containers under OOXML, ODF and OFD: honest structure and bounds before anything is unpacked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from gongkai.files.rules import MEGABYTE, Refused
from gongkai.files.rules import marked as _

from .riders import refuse_riders
from .values import BAD_ENTRIES, ENTITIES, LOCKED, SWOLLEN, TWO_KINDS

MOST_ENTRIES = 5_000
MOST_BYTES = 400 * MEGABYTE  # unpacked, all entries together
MOST_RATIO = 200  # unpacked to packed, of an entry above the size below
RATIO_FROM = 8 * MEGABYTE
LONGEST_COMMENT = 256  # bytes after the directory; more is a hiding place
_LOCAL_HEADER = 30  # bytes before an entry's name
_FARTHEST = 1 << 17  # bytes from the end among which the end record is looked for, and more than its comment may have
_END = 22  # bytes of the end record without its comment
_CHUNK = 1 << 16
_UNSAFE = re.compile(r"(^[/\\])|(^|[/\\])\.\.([/\\]|$)|\\|^[A-Za-z]:|\0")


def open_archive(source: Path | IO[bytes], size: int) -> zipfile.ZipFile:
    """A ZIP whose directory is honest. Raises Refused, zipfile.BadZipFile."""
    archive = zipfile.ZipFile(source)
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused(SWOLLEN)
    if len(archive.comment) > LONGEST_COMMENT:
        raise Refused(TWO_KINDS, found="ZIP")
    refuse_riders(archive.comment + _behind(archive, size))
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise Refused(BAD_ENTRIES, found=_("条目重名"))
    if any(_UNSAFE.search(entry.orig_filename) or _UNSAFE.search(entry.filename) for entry in entries):
        raise Refused(BAD_ENTRIES, found=_("条目路径越界"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(LOCKED)
    if any((entry.external_attr >> 16) & 0o170000 == 0o120000 for entry in entries):
        raise Refused(BAD_ENTRIES, found=_("条目是链接"))
    _bounded(entries)
    _side_by_side(entries, archive.start_dir)
    if archive.start_dir + sum(_directory_length(entry) for entry in entries) + _END + len(archive.comment) > size:
        raise zipfile.BadZipFile
    return archive


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    """Sizes as declared; reading checks them, because an entry yields no more than it declared."""
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(SWOLLEN)
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused(SWOLLEN)


def _behind(archive: zipfile.ZipFile, size: int) -> bytes:
    """What stands behind the end record and its comment."""
    file = archive.fp
    if file is None:
        return b""
    start = max(0, size - _FARTHEST)
    file.seek(start)
    tail = file.read()
    return tail[tail.rfind(b"PK\x05\x06") + _END + len(archive.comment) :]


def _side_by_side(entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Entries follow each other from the first byte on: nothing before them, none inside another."""
    reached = 0
    for entry in sorted(entries, key=lambda found: found.header_offset):
        if entry.header_offset < reached:
            raise Refused(SWOLLEN)
        if reached == 0 and entry.header_offset > 0:
            raise Refused(TWO_KINDS, found="ZIP")
        reached = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename.encode()) + entry.compress_size
    if reached > directory:
        raise Refused(SWOLLEN)


def _directory_length(entry: zipfile.ZipInfo) -> int:
    return 46 + len(entry.orig_filename) + len(entry.comment)


def check_contents(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, within the bounds; every XML part is well formed and defines nothing of its own.

    Raises Refused, zipfile.BadZipFile, expat.ExpatError.
    """
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")) and entry.file_size:
                _plain_xml(part)
            else:
                for _ in _chunks(part):
                    pass


def _plain_xml(part: IO[bytes]) -> None:
    def refuse(*_: object) -> None:
        raise Refused(ENTITIES)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    for chunk in _chunks(part):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    while chunk := part.read(_CHUNK):
        yield chunk


def has_directory(path: Path) -> bool:
    """Whether a file that is something else ends in a ZIP's directory, and would open as one."""
    try:
        return zipfile.is_zipfile(path)
    except (OSError, ValueError):
        return False
