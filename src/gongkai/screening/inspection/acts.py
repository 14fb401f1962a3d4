"""What the bounded process of `files` is asked to do: called by name, with plain values, and answering in them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from gongkai.files.enums import Kind
from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import FILE_NAME, LINE, WHOLE_FILE, Place, Screening, Teller

from . import archive as parts
from .collecting import TOGETHER, Collector
from .excel import read_excel
from .pdf import read_pdf
from .pictures import read_picture
from .word import read_word

PROPERTY = _("文档属性“%(name)s”")
_PERSONS = {"author", "last_modified_by", "manager"}
_DEPTH = 2  # files within files that are read


def screen(path: Path, kind: Kind, inspected: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """Everything one file gives away, as `Screening.as_json` has it."""
    found = Collector(Teller(bytes.fromhex(words["key"]), tuple(words["allowed"])))
    found.read(Path(words["name"]).stem, Place(FILE_NAME))
    found.facts |= {"kind": kind.value, "size": path.stat().st_size, "signed": bool(inspected.get("signed"))}
    if "sentence" in inspected:
        why = (inspected["sentence"] % inspected["values"]).partition("，出于")[0]
        found.tell(FindingKind.PROGRAM, Place(WHOLE_FILE), excerpt=why)
    _read_properties(inspected.get("metadata", {}), found)
    _read(path, kind, inspected, found)
    return Screening(words["sha256"], found.findings(), found.facts).as_json()


def _read_properties(properties: dict[str, str], found: Collector) -> None:
    found.facts["properties"] = sorted(properties)
    for name, value in properties.items():
        place = Place(PROPERTY, {"name": name})
        if name != "gps":  # told as a position
            found.tell(FindingKind.PROPERTIES, place, Severity.WARN, value)
            found.read(value, place)


def _read(path: Path, kind: Kind, inspected: dict[str, Any], found: Collector) -> None:
    if kind is Kind.PDF:
        read_pdf(path, found)
    elif kind in {Kind.JPEG, Kind.PNG}:
        read_picture(path, found)
    elif kind in {Kind.TEXT, Kind.CSV}:
        _read_text(path, inspected.get("encoding") or "utf-8", found)
    elif kind in {Kind.DOC, Kind.XLS}:
        found.tell(FindingKind.NOT_READ, Place(WHOLE_FILE), excerpt=kind.label)
    else:
        with zipfile.ZipFile(path) as archive:
            _read_archive(archive, kind, found, _DEPTH)


def _read_archive(archive: zipfile.ZipFile, kind: Kind, found: Collector, depth: int) -> None:
    inner: list[tuple[str, bytes]] = []
    if kind is Kind.DOCX:
        inner = read_word(archive, found)
    elif kind is Kind.XLSX:
        inner = read_excel(archive, found)
    else:  # every text in it is searched; what it hides otherwise is not known
        found.tell(FindingKind.NOT_READ, Place(WHOLE_FILE), excerpt=kind.label)
        parts.read_relations(archive, found)
        parts.read_rest(archive, set(), found)
        parts.read_media(archive, found)
    for name, data in inner if depth else []:
        with parts.opened(data) as within:
            _read_archive(within, Kind.XLSX if name.lower().endswith(".xlsx") else Kind.DOCX, found, depth - 1)


def _read_text(path: Path, encoding: str, found: Collector) -> None:
    for number, line in enumerate(path.read_text(encoding=encoding).splitlines(), 1):
        found.read(line, Place(LINE, {"line": number}), TOGETHER)
