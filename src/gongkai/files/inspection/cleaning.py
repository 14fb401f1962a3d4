"""A copy of a file without what it says about its makers, made when the file is released to the public."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import tostring

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from gongkai.files.enums import Kind

_DROPPED = re.compile(r"(?i)^(docProps/|customXml/|word/people\.xml|xl/persons/)")
_MADE = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can tell
_RSID = re.compile(rb'\s(?:[A-Za-z0-9]+:)?rsid[A-Za-z]*="[^"]*"')


def clean(path: Path, kind: Kind, target: Path) -> None:
    """Write the cleaned copy of an inspected file of a cleanable kind to `target`."""
    if kind is Kind.PDF:
        _clean_pdf(path, target)
    elif kind in {Kind.DOCX, Kind.XLSX, Kind.PPTX}:
        _clean_office(path, target)
    elif kind in {Kind.JPEG, Kind.PNG}:
        _clean_picture(path, kind, target)
    else:
        target.write_bytes(path.read_bytes())


def _clean_pdf(path: Path, target: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.metadata = None
    for item in writer._objects:  # noqa: SLF001 - pypdf lists all objects nowhere else
        if isinstance(item, DictionaryObject):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                item.pop(NameObject(key), None)
    writer.compress_identical_objects(remove_unreferenced=True)
    with target.open("wb") as file:
        writer.write(file)


def _clean_office(path: Path, target: Path) -> None:
    """Properties, people, custom data and the marks of editing sessions go; relations and types that name them too."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.infolist():
            if _DROPPED.match(entry.filename) or entry.is_dir():
                continue
            content = archive.read(entry)
            if entry.filename.endswith(".rels"):
                content = _without(content, "Target")
            elif entry.filename == "[Content_Types].xml":
                content = _without(content, "PartName")
            elif entry.filename.startswith("word/") and entry.filename.endswith(".xml"):
                content = _RSID.sub(b"", content)
            elif re.search(r"(?i)media/[^/]+\.(jpe?g|png)$", entry.filename):
                content = _picture(content)
            made.writestr(zipfile.ZipInfo(entry.filename, _MADE), content, zipfile.ZIP_DEFLATED)


def _without(content: bytes, attribute: str) -> bytes:
    root = fromstring(content)
    for element in list(root):
        named = element.get(attribute, "").lstrip("/").removeprefix("../")
        if _DROPPED.match(named) or named in {"people.xml", "persons/person.xml"}:
            root.remove(element)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _picture(content: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        _save(picture, picture.format or "PNG", out)
    return out.getvalue()


def _clean_picture(path: Path, kind: Kind, target: Path) -> None:
    with Image.open(path, formats=["JPEG", "PNG"]) as picture, target.open("wb") as file:
        _save(picture, "JPEG" if kind is Kind.JPEG else "PNG", file)


def _save(picture: Image.Image, form: str, out: io.BytesIO | io.BufferedWriter) -> None:
    """The pixels alone, turned as the camera said."""
    turned = ImageOps.exif_transpose(picture)
    bare = Image.frombytes(turned.mode, turned.size, turned.tobytes())
    if turned.mode == "P" and (palette := turned.getpalette("RGB")):
        bare.putpalette(palette)
    more = {"quality": 92} if form == "JPEG" else {}
    bare.save(out, form, **more)
