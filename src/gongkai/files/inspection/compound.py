"""Word and Excel files of before 2007: the OLE container read by its directory, without a library that runs anything."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused

from .riders import refuse_riders
from .values import BROKEN, EMBEDDED, LOCKED, MACROS, Inspection

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFF
_END = 0xFFFFFFFA  # sector numbers from here on are marks
_MOST_ENTRIES = 20_000
_ENTRY = 128  # bytes
_STREAM, _STORAGE = 2, 1
_MACROS = {"macros", "_vba_project_cur", "_vba_project", "vba", "projectwm", "dir"}
_OBJECTS = {"objectpool", "\x01ole10native", "package", "\x01ole10itemname", "mbd"}


class BrokenContainer(Exception):
    """Not an OLE container, or one that leads in circles."""


@dataclass(frozen=True)
class Entry:
    """A stream or storage of the container."""

    name: str
    type: int
    start: int
    size: int


class Container:
    """Reads the directory and single streams; every walk is bounded by the number of sectors there are."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise BrokenContainer
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise BrokenContainer
        self.size = 1 << shift
        self.sectors = len(data) // self.size
        (self.directory,) = struct.unpack_from("<I", data, 48)
        (self.mini_cutoff,) = struct.unpack_from("<I", data, 56)
        self.fat = self._fat()
        self.entries = self._entries()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if number >= self.sectors or start >= len(self.data):
            raise BrokenContainer
        return self.data[start : start + self.size]

    def _fat(self) -> list[int]:
        places = [number for number in struct.unpack_from("<109I", self.data, 76) if number < _END]
        (more,) = struct.unpack_from("<I", self.data, 68)
        seen = 0
        while more < _END:
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(more))
            places += [number for number in numbers[:-1] if number < _END]
            more, seen = numbers[-1], seen + 1
            if seen > self.sectors:
                raise BrokenContainer
        if len(places) > self.sectors:
            raise BrokenContainer
        table: list[int] = []
        for place in places:
            sector = self._sector(place)
            table += struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
        return table

    def _chain(self, start: int, most: int) -> bytes:
        pieces, number, length = [], start, 0
        while number < _END and length < most:
            pieces.append(self._sector(number))
            length += self.size
            if number >= len(self.fat) or len(pieces) > self.sectors:
                raise BrokenContainer
            number = self.fat[number]
        return b"".join(pieces)

    def _entries(self) -> list[Entry]:
        data = self._chain(self.directory, _MOST_ENTRIES * _ENTRY)
        found = []
        for place in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, place + 64)
            if kind == 0 or not 2 <= length <= 64:
                continue
            name = data[place : place + length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<IQ", data, place + 116)
            found.append(Entry(name, kind, start, size & 0xFFFFFFFF))
        return found

    def behind(self) -> bytes:
        """What stands behind the last sector that the table of sectors knows to be used."""
        used = max((place for place, next_ in enumerate(self.fat) if next_ != _FREE), default=-1)
        return self.data[(used + 2) * self.size :]

    def names(self) -> set[str]:
        """The names of all streams and storages, in lower case."""
        return {entry.name.lower() for entry in self.entries}

    def beginning(self, name: str, most: int) -> bytes:
        """The first bytes of a large stream; b"" for one that is small or not there."""
        for entry in self.entries:
            if entry.name.lower() == name and entry.type == _STREAM and entry.size >= self.mini_cutoff:
                return self._chain(entry.start, most)[: entry.size]
        return b""


def kind_of_container(path: Path) -> Kind | None:
    """Word, Excel, or None for any other OLE container. Raises BrokenContainer, Refused for one under a password."""
    names = Container(path.read_bytes()).names()
    if "encryptedpackage" in names:
        raise Refused(LOCKED)
    if "worddocument" in names:
        return Kind.DOC
    return Kind.XLS if names & {"workbook", "book"} else None


def inspect_container(path: Path, kind: Kind) -> Inspection:
    """Look into a Word or Excel 97 file. Raises Refused."""
    try:
        container = Container(path.read_bytes())
        refuse_riders(container.behind())
        names = container.names()
        if names & _MACROS:
            raise Refused(MACROS)
        if names & _OBJECTS or any(name.startswith("mbd0") for name in names):
            raise Refused(EMBEDDED, found="OLE")
        if kind is Kind.DOC:
            _word(container.beginning("worddocument", 512))
        else:
            _excel(container.beginning("workbook", 4_000_000) or container.beginning("book", 4_000_000))
    except (BrokenContainer, struct.error) as error:
        raise Refused(BROKEN, kind=kind.label) from error
    return Inspection(kind)


def _word(header: bytes) -> None:
    if len(header) >= 12 and struct.unpack_from("<H", header, 10)[0] & 0x0100:
        raise Refused(LOCKED)


def _excel(stream: bytes) -> None:
    """Walk the records of the workbook: a password record, or a sheet of Excel 4 macros."""
    place = 0
    while place + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, place)
        if record == 0x002F:
            raise Refused(LOCKED)
        if record == 0x0085 and length >= 6 and stream[place + 9] in {1, 6}:  # BOUNDSHEET: macro sheet, VBA module
            raise Refused(MACROS)
        if record == 0x000A:  # the end of the workbook's own part
            return
        place += 4 + length
