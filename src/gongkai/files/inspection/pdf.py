"""PDF files: whole, without a password, without anything that runs or is attached."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _

from .archives import has_directory
from .values import BROKEN, EMBEDDED, LOCKED, SCRIPTS, SWOLLEN, TOO_MANY_PAGES, TWO_KINDS, Inspection

MOST_PAGES = 2_000
_ANOTHER = re.compile(rb"[\r\n]%PDF-\d")
MOST_OBJECTS = 400_000
_TAIL = 1024  # bytes in which the end mark must stand
_RUNS = {
    "/JavaScript": "JavaScript",
    "/JS": "JavaScript",
    "/Launch": _("启动程序"),
    "/SubmitForm": _("向外部提交表单"),
    "/ImportData": _("导入外部数据"),
    "/XFA": _("XFA 表单"),
    "/Rendition": _("多媒体动作"),
}
_ATTACHED = {"/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen", "/FileAttachment"}
_FETCHED = {"/GoToR", "/GoToE"}
# Long enough not to stand in compressed data by accident; found even in objects that no table lists any more.
_RAW = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_INFO = {
    "/Author": "author",
    "/Title": "title",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "software",
    "/Producer": "producer",
    "/CreationDate": "created",
    "/ModDate": "modified",
    "/Company": "company",
}


def inspect_pdf(path: Path) -> Inspection:
    """Look into a PDF. Raises Refused, and whatever a broken one makes the library raise."""
    data = path.read_bytes()
    if b"%%EOF" not in data[-_TAIL:]:
        raise Refused(BROKEN, kind=Kind.PDF.label)
    if data.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0"):
        raise Refused(TWO_KINDS, found=_("结束标记之后的数据"))
    if has_directory(path):
        raise Refused(TWO_KINDS, found="ZIP")
    if _ANOTHER.search(data):
        raise Refused(TWO_KINDS, found="PDF")
    _refuse_raw(data)
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        raise Refused(LOCKED)
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise Refused(TOO_MANY_PAGES, pages=pages, most=MOST_PAGES)
    if not pages:
        raise Refused(BROKEN, kind=Kind.PDF.label)
    found = Inspection(Kind.PDF, pages=pages)
    _walk(reader, found)
    _metadata(reader, found)
    return found


def _refuse_raw(data: bytes) -> None:
    plain = _ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), data) if b"#" in data else data
    if name := _RAW.search(plain):
        _refuse_name("/" + name[1].decode())


def _refuse_name(name: str) -> None:
    if name in _RUNS:
        raise Refused(SCRIPTS, found=_RUNS[name])
    if name in _ATTACHED:
        raise Refused(EMBEDDED, found=_("附件或多媒体"))
    if name in _FETCHED:
        raise Refused(SCRIPTS, found=_("打开外部文件"))


def _walk(reader: PdfReader, found: Inspection) -> None:
    """Every object that the tables list, reached from the trailer or not."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise Refused(SWOLLEN)
    _look(reader.trailer, found)
    for number, generation in sorted(numbers):
        try:
            item = reader.get_object(IndirectObject(number, generation, reader))
        except (PdfReadError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            continue  # a listed object that is not there can do nothing
        _look(item, found)


def _look(item: Any, found: Inspection) -> None:
    """One object and what stands in it directly; what it points at is listed by itself."""
    waiting = [item]
    while waiting:
        here = waiting.pop()
        if isinstance(here, DictionaryObject):
            _look_at_dictionary(here, found)
            waiting += [value for value in here.values() if not isinstance(value, IndirectObject)]
        elif isinstance(here, ArrayObject):
            waiting += [value for value in here if not isinstance(value, IndirectObject)]


def _look_at_dictionary(here: DictionaryObject, found: Inspection) -> None:
    for key in ("/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/RichMediaContent"):
        if here.get(key) is not None:
            _refuse_name(key.removesuffix("Content"))
    for key in ("/S", "/Type", "/Subtype"):
        value = here.get(key)
        if isinstance(value, str):
            _refuse_name(value)
            if value == "/Sig" and here.get("/ByteRange") is not None:
                found.signed = True


def _metadata(reader: PdfReader, found: Inspection) -> None:
    for key, value in (reader.metadata or {}).items():
        if key in _INFO:
            found.note(_INFO[key], value)
        elif key != "/Trapped":
            found.note(f"custom: {key[1:]}"[:80], value)
    root = reader.trailer["/Root"].get_object()
    if isinstance(root, DictionaryObject) and "/Metadata" in root:
        found.note("xmp", "XMP")
    notes = sum(_annotations(page) for page in reader.pages[: min(found.pages, 500)])
    if notes:
        found.remains["comments"] = notes


def _annotations(page: Any) -> int:
    items = page.get("/Annots")
    items = items.get_object() if items is not None else None
    if not isinstance(items, list):
        return 0
    kinds = [found.get("/Subtype") for item in items if isinstance(found := item.get_object(), DictionaryObject)]
    return sum(kind not in {"/Link", "/Widget"} for kind in kinds)
