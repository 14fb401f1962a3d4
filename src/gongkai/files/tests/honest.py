"""Files as people send them, built in code."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
from PIL import Image
from pypdf import PdfWriter

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "%s</Relationships>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*, pages: int = 1, **info: str) -> bytes:
    """A PDF of blank pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({f"/{key}": value for key, value in info.items()})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*, author: str = "示例承办人甲", text: str = "示例正文") -> bytes:
    """A Word file as the word processor's library writes it."""
    document = docx.Document()
    document.add_paragraph(text)
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet() -> bytes:
    """An Excel file."""
    book = openpyxl.Workbook()
    book.active["A1"] = "示例"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(parts: Mapping[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def minimal_docx(**parts: str | bytes) -> bytes:
    """The least that is a Word file, and further parts; `__` in a name stands for `/`, `_dot_` for `.`."""
    body = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'
    further = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": body} | further)


def minimal_xlsx(**parts: str | bytes) -> bytes:
    """The least that is an Excel file, and further parts."""
    book = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    further = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": TYPES, "xl/workbook.xml": book} | further)


def relation(kind: str, target: str) -> str:
    """A part of relations that points outside."""
    name = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return RELS % f'<Relationship Id="r1" Type="{name}" Target="{target}" TargetMode="External"/>'


def picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30), **saving: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "#b22").save(out, kind, **saving)
    return out.getvalue()


def ofd() -> bytes:
    """A fixed-layout file of the national format."""
    return archive(
        {
            "OFD.xml": '<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:Author>示例承办人甲</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": '<?xml version="1.0"?><d/>',
        }
    )


def odt() -> bytes:
    """An ODF text."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "<c/>",
            "meta.xml": "<m/>",
        },
        packed=zipfile.ZIP_STORED,
    )


def compound(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """An OLE container: streams of 4,096 bytes or more, and storages by name."""
    sectors: list[bytes] = []
    fat: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        padded = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
        start, count = len(sectors), len(padded) // 512
        sectors += [padded[place * 512 : place * 512 + 512] for place in range(count)]
        fat += [*range(start + 1, start + count), 0xFFFFFFFE]
        entries.append(_entry(name, 2, start, max(len(content), 4096)))
    entries += [_entry(name, 1, 0, 0) for name in storages]
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // 512) * 512, b"\0")
    start, count = len(sectors), len(directory) // 512
    sectors += [directory[place * 512 : place * 512 + 512] for place in range(count)]
    fat += [*range(start + 1, start + count), 0xFFFFFFFE]
    place = len(sectors)
    fat.append(0xFFFFFFFD)
    sectors.append(struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff"))
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, place)
    header[80:512] = b"\xff" * 432
    return bytes(header) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = bytearray(128)
    entry[: len(text)] = text
    struct.pack_into("<HB", entry, 64, len(text), kind)
    struct.pack_into("<IQ", entry, 116, start, size)
    return bytes(entry)


def old_word(**storages: str) -> bytes:
    """A Word 97 file, with storages by name."""
    return compound({"WordDocument": b"\xec\xa5" + b"\0" * 4094}, tuple(storages.values()))


def old_excel(*records: bytes, storages: tuple[str, ...] = ()) -> bytes:
    """An Excel 97 file with these records in its workbook."""
    start = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)
    return compound({"Workbook": start + b"".join(records) + struct.pack("<HH", 0x000A, 0)}, storages)
