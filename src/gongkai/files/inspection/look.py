"""The inspection itself: which kind the content is, whether that is what the name promised, and what is in it.

It runs in a process of its own (`bounded.py`), because what it opens may be made to loop, swell or crash.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import magic
from defusedxml import DefusedXmlException

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused

from . import compound, office, pdf, pictures, texts
from .values import BROKEN, ENTITIES, SWOLLEN, WRONG_TYPE, Inspection

_OFFICE = {Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.OFD}


def look(path: Path, expected: Kind) -> Inspection:
    """Inspect a file that its name says is of `expected` kind. Raises Refused with a sentence, and nothing else."""
    try:
        _refuse_other_kinds(path, expected)
        return _inspect(path, expected)
    except MemoryError as error:
        raise Refused(SWOLLEN) from error
    except DefusedXmlException as error:
        raise Refused(ENTITIES) from error
    except (zipfile.BadZipFile, ExpatError, ParseError, compound.BrokenContainer) as error:
        raise Refused(BROKEN, kind=expected.label) from error
    except Refused:
        raise
    except Exception as error:  # whatever a broken file makes a library raise
        raise Refused(BROKEN, kind=expected.label) from error


def _refuse_other_kinds(path: Path, expected: Kind) -> None:
    found = content_kind(path, expected)
    if found is not expected:
        shown = found.label if found else described(path)
        raise Refused(WRONG_TYPE, extension=expected.value, expected=expected.label, found=shown)


def content_kind(path: Path, expected: Kind) -> Kind | None:
    """The kind by content: first bytes, and the parts of a container. Text is what has no other mark."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return office.kind_of_archive(path)
    if head.startswith(compound.MAGIC):
        return compound.kind_of_container(path)
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if expected in {Kind.TEXT, Kind.CSV} and not _runs(path):
        return expected
    return None


def _runs(path: Path) -> bool:
    return magic.from_file(str(path), mime=True) in {
        "application/x-dosexec",
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-pie-executable",
        "application/x-sharedlib",
        "application/x-mach-binary",
        "application/java-archive",
    }


def described(path: Path) -> str:
    """What libmagic takes a file for, in a few words."""
    return magic.from_file(str(path)).split(",")[0][:60]


def _inspect(path: Path, kind: Kind) -> Inspection:
    if kind is Kind.PDF:
        return pdf.inspect_pdf(path)
    if kind in _OFFICE:
        return office.inspect_office(path, kind)
    if kind in {Kind.DOC, Kind.XLS}:
        return compound.inspect_container(path, kind)
    if kind in {Kind.JPEG, Kind.PNG}:
        return pictures.inspect_picture(path, kind)
    return texts.inspect_text(path, kind)
