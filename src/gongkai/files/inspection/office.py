"""OOXML (docx, xlsx, pptx), ODF and OFD: which one it is, no macros, nothing embedded, nothing from outside."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _

from .archives import check_contents, open_archive
from .values import EMBEDDED, MACROS, OUTSIDE, Inspection

_MAIN = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml", Kind.PPTX: "ppt/presentation.xml"}
_ODF = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
_MACRO_PARTS = re.compile(r"(?i)(vbaproject|vbadata|/macrosheets/|/activex/|^basic/|^scripts/|/dialogsheets/)")
_EMBEDDED_PARTS = re.compile(
    r"(?i)(\.bin$|oleobject|^object[ \d]|\.(exe|dll|scr|js|vbs|bat|cmd|ps1|jar|zip|rar|7z|docx?|pptx?|docm)$)"
)
_SHEET_IN_CHART = re.compile(r"(?i)^(word|ppt|xl)/embeddings/[^/]+\.xlsx$")
_HARMLESS_BIN = re.compile(r"(?i)(printersettings\d*\.bin$)")
_DDE = re.compile(r"(?i)\bDDE(AUTO)?\b")
_TAG = re.compile(r"^\{[^}]*\}")


def kind_of_archive(path: Path) -> Kind | None:
    """Which kind a ZIP is by its parts; None for any other archive."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            return next((kind for kind, part in _MAIN.items() if part in names), None)
        if "OFD.xml" in names:
            return Kind.OFD
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
            return _ODF.get(archive.read("mimetype").strip())
    return None


def inspect_office(path: Path, kind: Kind) -> Inspection:
    """Look into a container of documents. Raises Refused, zipfile.BadZipFile, ExpatError."""
    found = Inspection(kind)
    with open_archive(path, path.stat().st_size) as archive:
        check_contents(archive)
        _refuse_parts(archive)
        if kind in _MAIN:
            _refuse_macros_by_type(archive)
            _refuse_links(archive, kind)
            _read_ooxml(archive, kind, found)
        elif kind is not Kind.OFD:
            _read_properties(archive, "meta.xml", found)
        else:
            _read_properties(archive, "OFD.xml", found)
    return found


def _refuse_parts(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        name = entry.filename
        if _MACRO_PARTS.search(name):
            raise Refused(MACROS)
        if _SHEET_IN_CHART.match(name):  # the numbers under a chart; looked into like a file of its own
            _inspect_sheet(archive.read(entry))
        elif _EMBEDDED_PARTS.search(name) and not _HARMLESS_BIN.search(name):
            raise Refused(EMBEDDED, found=name.rsplit("/", 1)[-1])


def _inspect_sheet(data: bytes) -> None:
    with open_archive(io.BytesIO(data), len(data)) as inner:
        check_contents(inner)
        if any(_MACRO_PARTS.search(name) for name in inner.namelist()):
            raise Refused(MACROS)
        if any(name.lower().endswith((".zip", ".xlsx", ".bin")) for name in inner.namelist()):
            raise Refused(EMBEDDED, found=_("嵌套的压缩文件"))
        _refuse_links(inner, Kind.XLSX)


def _refuse_macros_by_type(archive: zipfile.ZipFile) -> None:
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace").lower()
    if "macroenabled" in types or "vbaproject" in types:
        raise Refused(MACROS)


def _refuse_links(archive: zipfile.ZipFile, kind: Kind) -> None:
    """A hyperlink a reader clicks is no matter; what is fetched when the file opens is."""
    for name in archive.namelist():
        if "/externallinks/" in name.lower():
            raise Refused(OUTSIDE, found=_("外部工作簿"))
        if name.lower().endswith(".rels"):
            for relation in fromstring(archive.read(name)):
                kind_of = relation.get("Type", "").rsplit("/", 1)[-1]
                if relation.get("TargetMode") == "External" and kind_of != "hyperlink":
                    raise Refused(OUTSIDE, found=kind_of or "未知")
    if kind is Kind.DOCX and _has_dde(archive):
        raise Refused(OUTSIDE, found="DDE")


def _has_dde(archive: zipfile.ZipFile) -> bool:
    for name in archive.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            words = [
                (element.text or "")
                + " ".join(value for key, value in element.attrib.items() if key.endswith("}instr"))
                for element in _elements(archive, name)
                if _TAG.sub("", element.tag) in {"instrText", "fldSimple"}
            ]
            # Word lets a field's instruction be cut into runs, so they are read together.
            if _DDE.search("".join(words)):
                return True
    return False


def _elements(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            yield element
            if _TAG.sub("", element.tag) in {"p", "row", "c"}:
                element.clear()


def _read_ooxml(archive: zipfile.ZipFile, kind: Kind, found: Inspection) -> None:
    names = set(archive.namelist())
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        _read_properties(archive, part, found)
    if kind is Kind.DOCX:
        changes = sum(
            _TAG.sub("", element.tag) in {"ins", "del", "moveFrom", "moveTo"}
            for element in _elements(archive, _MAIN[kind])
        )
        _count(found, "changes", changes)
    comments = [name for name in names if re.search(r"(?i)/(threaded)?comments?[^/]*(/[^/]+)?\.xml$", name)]
    _count(found, "comments", sum(_comments(archive, name) for name in comments))
    if kind is Kind.XLSX:
        sheets = [element for element in _elements(archive, _MAIN[kind]) if _TAG.sub("", element.tag) == "sheet"]
        _count(found, "hidden_sheets", sum(sheet.get("state", "visible") != "visible" for sheet in sheets))
    found.signed = any(name.startswith("_xmlsignatures/") for name in names)


def _comments(archive: zipfile.ZipFile, name: str) -> int:
    tags = {"comment", "threadedComment", "cm"}
    return sum(_TAG.sub("", element.tag) in tags for element in _elements(archive, name))


def _count(found: Inspection, name: str, count: int) -> None:
    if count:
        found.remains[name] = count


_PROPERTIES = {
    "creator": "author",
    "initial-creator": "author",
    "Author": "author",
    "lastModifiedBy": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "created": "created",
    "creation-date": "created",
    "CreationDate": "created",
    "modified": "modified",
    "Company": "company",
    "Manager": "manager",
    "Application": "software",
    "generator": "software",
    "Creator": "software",
    "Template": "template",
}


def _read_properties(archive: zipfile.ZipFile, part: str, found: Inspection) -> None:
    if part not in archive.namelist():
        return
    root: Element = fromstring(archive.read(part))
    for element in root.iter():
        tag = _TAG.sub("", element.tag)
        if tag == "property" and element.get("name"):
            found.note(f"custom: {element.get('name')}"[:80], "".join(element.itertext()))
        elif tag in _PROPERTIES:
            found.note(_PROPERTIES[tag], element.text)
