"""The new file: burnt pages as pictures with their words, the others as they were, and nothing besides the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from .notes import drop_comments

_OF_A_PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Group", "/UserUnit",
}  # fmt: skip
_NEVER = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OPI", "/Thumb", "/Alternates", "/Measure", "/PtData")
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE}  # of a JPEG: its frame, its colours
_SCAN = 0xDA


@dataclass(frozen=True)
class BurntPage:
    """A page made anew: its size in points, its picture, the operators of its words, and their fonts' maker."""

    width: float
    height: float
    picture: bytes
    colours: str
    pixels: tuple[int, int]
    content: bytes
    layer: Any


def assemble(path: Path, burnt: Mapping[int, BurntPage], target: Path) -> None:
    """Write the file; `burnt` by page, counted from 0."""
    writer = PdfWriter()
    for number, page in enumerate(_flat_pages(path, set(burnt))):
        if number in burnt:
            _add(writer, burnt[number])
        else:
            for key in [key for key in page if key not in _OF_A_PAGE]:
                del page[key]
            writer.add_page(page)
    writer.metadata = None
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    _clean(writer)
    writer.compress_identical_objects(remove_unreferenced=True)
    with target.open("wb") as file:
        writer.write(file)


def _flat_pages(path: Path, burnt: set[int]) -> Iterator[PageObject]:
    """The pages, with what seals and boxes show painted onto those that stay; what only comments is gone."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    for number in range(len(document)):
        if number not in burnt:
            page = document[number]
            drop_comments(page)
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    yield from PdfReader(out, strict=False).pages


def _add(writer: PdfWriter, page: BurntPage) -> None:
    picture = StreamObject()
    picture._data = page.picture  # noqa: SLF001 - a stream that is packed already has no other door
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(page.pixels[0]),
            NameObject("/Height"): NumberObject(page.pixels[1]),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject(page.colours),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    content = f"q {page.width:.4f} 0 0 {page.height:.4f} 0 0 cm /P Do Q\n".encode("ascii") + page.content
    stream = StreamObject()
    stream._data = content  # noqa: SLF001 - as above
    made = PageObject.create_blank_page(width=page.width, height=page.height)
    resources = DictionaryObject(
        {
            NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(picture)}),  # noqa: SLF001 - as above
            NameObject("/Font"): page.layer.fonts(writer),
        }
    )
    made[NameObject("/Resources")] = resources
    made[NameObject("/Contents")] = writer._add_object(stream.flate_encode())  # noqa: SLF001 - as above
    made[NameObject("/MediaBox")] = RectangleObject((0, 0, page.width, page.height))
    writer.add_page(made)


def _clean(writer: PdfWriter) -> None:
    """What parts of pages say about their making: notes of programs, the camera's words in photographs."""
    for item in writer._objects:  # noqa: SLF001 - pypdf lists all objects nowhere else
        if not isinstance(item, DictionaryObject):
            continue
        for key in _NEVER:
            item.pop(NameObject(key), None)
        if isinstance(item, StreamObject) and _is_photograph(item):
            item._data = bare_jpeg(item._data)  # noqa: SLF001 - as above


def _is_photograph(item: StreamObject) -> bool:
    packing = item.get("/Filter")
    only = packing[0] if isinstance(packing, ArrayObject) and len(packing) == 1 else packing
    return only == "/DCTDecode"


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG without the segments that tell of its making; as it is where it is not read."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, place = [b"\xff\xd8"], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _SCAN:
            return b"".join([*kept, data[place:]])
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT_SEGMENTS:
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    return data
