"""Excel: sheets, rows and columns that are hidden or filtered away, comments, caches of pivot tables, every cell."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import CELL, SHEET, Place

from .archive import PART, attribute, parsed, read_embedded, read_media, read_relations, read_rest, tag_of
from .collecting import Collector

ROWS = _("工作表“%(sheet)s”的第 %(rows)s 行")
COLUMNS = _("工作表“%(sheet)s”的 %(columns)s 列")
_COMMENTS = re.compile(r"(?i)xl/(comments\d*|threadedcomments/[^/]+|comments/[^/]+)\.xml$")
_CACHES = re.compile(r"(?i)xl/pivotcache/pivotcache(records|definition)\d*\.xml$")
_LINKS = re.compile(r"(?i)xl/(externallinks/[^/]+|connections|querytables/[^/]+)\.xml$")
_WHITE = {"FFFFFFFF", "00FFFFFF"}
_NOTHING_SHOWN = re.compile(r"^;;;?;?$")


@dataclass
class _Styles:
    """Which cell formats show nothing: by number format, or white on no ground."""

    blank: set[int] = field(default_factory=set)
    pale: set[int] = field(default_factory=set)
    count: int = 0


@dataclass
class _Sheet:
    """One sheet while it is read."""

    name: str
    strings: list[str]
    styles: _Styles
    found: Collector
    hidden_rows: list[int] = field(default_factory=list)
    row: int = 0
    filtered: bool = False
    unseen: bool = False


def read_excel(archive: zipfile.ZipFile, found: Collector) -> list[tuple[str, bytes]]:
    """Read an Excel file; the objects within that can be read themselves are given back."""
    strings = _strings(archive)
    styles = _styles(archive)
    done = {"[Content_Types].xml", "xl/sharedStrings.xml", "xl/styles.xml"}
    for name, state, part in _sheets(archive):
        done.add(part)
        sheet = _Sheet(name, strings, styles, found, unseen=state != "visible")
        if sheet.unseen:
            kind = FindingKind.VERY_HIDDEN_SHEET if state == "veryHidden" else FindingKind.HIDDEN_SHEET
            found.tell(kind, Place(SHEET, {"sheet": name}), excerpt=name)
        _read_sheet(archive, part, sheet)
    _read_parts(archive, found)
    read_relations(archive, found)
    read_rest(archive, done, found)
    read_media(archive, found)
    return read_embedded(archive, found)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, str]]:
    """(name, state, part) of each sheet in the order of the book."""
    targets = {}
    for _event, relation in parsed(archive, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    for _event, element in parsed(archive, "xl/workbook.xml"):
        if tag_of(element) == "sheet":
            part = posixpath.normpath(targets.get(attribute(element, "id"), ""))
            yield element.get("name", ""), element.get("state", "visible"), part


def _strings(archive: zipfile.ZipFile) -> list[str]:
    texts = []
    for _event, element in parsed(archive, "xl/sharedStrings.xml"):
        if tag_of(element) == "si":
            texts.append("".join(part.text or "" for part in element.iter() if tag_of(part) == "t"))
            element.clear()
    return texts


def _read_sheet(archive: zipfile.ZipFile, part: str, sheet: _Sheet) -> None:
    for _event, element in parsed(archive, part):
        tag = tag_of(element)
        if tag == "c":
            _read_cell(element, sheet)
        elif tag == "row":
            number = element.get("r", "")
            sheet.row = int(number) if number.isdigit() else sheet.row + 1
            height = element.get("ht", "")
            if element.get("hidden") in {"1", "true"} or height in {"0", "0.0"}:
                sheet.hidden_rows.append(sheet.row)
            element.clear()
        elif tag == "col" and element.get("hidden") in {"1", "true"}:
            columns = f"{_letters(element.get('min', '1'))}:{_letters(element.get('max', '1'))}"
            sheet.found.tell(FindingKind.HIDDEN_COLUMNS, Place(COLUMNS, {"sheet": sheet.name, "columns": columns}))
        elif tag == "filterColumn":
            sheet.filtered = True
        elif tag in {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "formula1"}:
            sheet.found.read(element.text or "", Place(SHEET, {"sheet": sheet.name}))
    kind = FindingKind.FILTERED_ROWS if sheet.filtered else FindingKind.HIDDEN_ROWS
    for rows in _stretches(sheet.hidden_rows):
        sheet.found.tell(kind, Place(ROWS, {"sheet": sheet.name, "rows": rows}))


def _read_cell(cell: Element, sheet: _Sheet) -> None:
    kind = cell.get("t", "n")
    words = [part.text or "" for part in cell.iter() if tag_of(part) in {"v", "t"}]
    formula = next((part.text or "" for part in cell if tag_of(part) == "f"), "")
    text = "".join(words)
    if kind == "s":
        text = sheet.strings[int(text)] if text.isdigit() and int(text) < len(sheet.strings) else ""
    elif kind == "n" and re.fullmatch(r"\d+(?:\.\d+)?E\+?\d+", text):
        text = f"{float(text):.0f}"
    if not text and not formula:
        return
    place = Place(CELL, {"sheet": sheet.name, "cell": cell.get("r", "")})
    sheet.found.read(text, place)
    if formula:
        sheet.found.read(formula, place)
    style = int(number) if (number := cell.get("s", "0")).isdigit() else 0
    if style in sheet.styles.blank:
        sheet.found.tell(FindingKind.HIDDEN_TEXT, place, excerpt=text)
    elif style in sheet.styles.pale:
        sheet.found.tell(FindingKind.PALE_TEXT, place, Severity.WARN, text)


def _styles(archive: zipfile.ZipFile) -> _Styles:
    formats: dict[str, str] = {}
    white, unfilled = [], []
    found = _Styles()
    group = ""
    for event, element in parsed(archive, "xl/styles.xml", ("start", "end")):
        tag = tag_of(element)
        if event == "start":
            group = tag if tag in {"fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"} else group
        elif tag == "numFmt":
            formats[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif tag == "font" and group == "fonts":
            white.append(any(tag_of(part) == "color" and part.get("rgb", "").upper() in _WHITE for part in element))
        elif tag == "fill" and group == "fills":
            pattern = next(iter(element), None)
            unfilled.append(pattern is not None and pattern.get("patternType", "none") == "none")
        elif tag == "xf" and group == "cellXfs":
            _read_format(element, found, formats, white, unfilled)
    return found


def _read_format(
    element: Element, found: _Styles, formats: dict[str, str], white: list[bool], unfilled: list[bool]
) -> None:
    font, fill = int(element.get("fontId", "0")), int(element.get("fillId", "0"))
    if _NOTHING_SHOWN.match(formats.get(element.get("numFmtId", ""), "")):
        found.blank.add(found.count)
    if font < len(white) and white[font] and fill < len(unfilled) and unfilled[fill]:
        found.pale.add(found.count)
    found.count += 1


def _read_parts(archive: zipfile.ZipFile, found: Collector) -> None:
    for name in archive.namelist():
        place = Place(PART, {"part": name})
        if _COMMENTS.match(name):
            for _event, element in parsed(archive, name):
                if tag_of(element) in {"comment", "threadedComment"}:
                    text = "".join(part.text or "" for part in element.iter() if tag_of(part) in {"t", "text"})
                    where = Place(CELL, {"sheet": name, "cell": element.get("ref", "")})
                    found.tell(FindingKind.COMMENT, where, excerpt=text)
        elif _CACHES.match(name):
            found.tell(FindingKind.PIVOT_CACHE, place)
        elif _LINKS.match(name):
            found.tell(FindingKind.EXTERNAL_LINK, place, excerpt=name.rsplit("/", 1)[-1])


def _letters(number: str) -> str:
    """Column 28 as AB."""
    left, letters = int(number) if number.isdigit() else 1, ""
    while left > 0:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _stretches(rows: list[int]) -> Iterator[str]:
    """3, 4, 5, 9 as `3–5` and `9`."""
    start = last = 0
    for row in [*rows, 0]:
        if row != last + 1 or not start:
            if start:
                yield f"{start}–{last}" if last > start else str(start)
            start = row
        last = row
