"""The words of a file, for whoever looks for them: what a reader of it sees, in its order, and no more than is asked for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2

from gongkai.files.enums import Kind

from .archive import parsed, tag_of

_SLIDE = "ppt/slides/slide"


def read(path: Path, kind: Kind, inspected: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """At most `words["most"]` signs. A kind that has no words, or whose words cannot be read, gives none."""
    kept: list[str] = []
    left = int(words["most"])
    for piece in _pieces(path, kind, str(inspected.get("encoding") or "utf-8")):
        kept.append(piece[:left])
        left -= len(piece) + 1
        if left <= 0:
            break
    return {"text": "\n".join(kept)}


def _pieces(path: Path, kind: Kind, encoding: str) -> Iterator[str]:
    if kind is Kind.PDF:
        yield from _pages(path)
    elif kind is Kind.XLSX:
        yield from _rows(path)
    elif kind in {Kind.TEXT, Kind.CSV}:
        with path.open(encoding=encoding, errors="replace") as lines:
            yield from (line.rstrip("\r\n") for line in lines)
    elif kind in {Kind.DOCX, Kind.PPTX}:
        with zipfile.ZipFile(path) as archive:
            yield from _paragraphs(archive, kind)


def _pages(path: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range().replace("\r\n", "\n")
            text.close()
            page.close()
    finally:
        document.close()


def _paragraphs(archive: zipfile.ZipFile, kind: Kind) -> Iterator[str]:
    slides = sorted(
        (name for name in archive.namelist() if name.startswith(_SLIDE) and name.endswith(".xml")),
        key=lambda name: (len(name), name),
    )
    for part in ["word/document.xml"] if kind is Kind.DOCX else slides:
        for _event, element in parsed(archive, part):
            if tag_of(element) == "p":
                text = "".join(child.text or "" for child in element.iter() if tag_of(child) == "t")
                if text.strip():
                    yield text
                element.clear()


def _rows(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            yield sheet.title
            for row in sheet.iter_rows(values_only=True):
                if text := "\t".join(str(value) for value in row if value is not None):
                    yield text
    finally:
        book.close()
