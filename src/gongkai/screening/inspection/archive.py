"""What Word and Excel files share: parts, relations, pictures, properties, objects within."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import WHOLE_FILE, Place

from .collecting import Collector
from .pictures import position_of

PART = _("文件的“%(part)s”部分")
LINK = _("链接")
_TAG = re.compile(r"^\{[^}]*\}")
_EMBEDDED = re.compile(r"(?i)/(embeddings|oleobjects?|activex)/[^/]+$")
_MEDIA = re.compile(r"(?i)/media/[^/]+\.(jpe?g|png|tiff?|bmp|gif|emf|wmf)$")
_INNER = re.compile(r"(?i)\.(xlsx|docx)$")
_LOCAL = re.compile(r"(?i)^(file:|\\\\|[a-z]:[\\/])")
_TOLD = {"descr", "title", "alt", "Target", "oldName", "val"}  # attributes in which people write


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return _TAG.sub("", element.tag)


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, "" without one."""
    return next((value for key, value in element.attrib.items() if _TAG.sub("", key) == name), "")


def is_on(element: Element | None) -> bool:
    """A switch of Word: on when it is there, unless it says otherwise."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off", "none"}


def parsed(archive: zipfile.ZipFile, name: str, events: tuple[str, ...] = ("end",)) -> Iterator[tuple[str, Any]]:
    """The events of one part; nothing for a part that is not there."""
    if name in archive.namelist():
        with archive.open(name) as part:
            yield from iterparse(part, events=events, forbid_dtd=True)


def read_rest(archive: zipfile.ZipFile, done: set[str], found: Collector) -> None:
    """Every XML part that no reader knows: its texts and the attributes in which people write, searched all the same."""
    for name in archive.namelist():
        if name in done or not name.lower().endswith((".xml", ".vml")):
            continue
        place = Place(PART, {"part": name})
        for _event, element in parsed(archive, name):
            for key, value in element.attrib.items():
                if _TAG.sub("", key) in _TOLD and len(value) > 5:
                    found.read(value, place)
            if element.text and len(element.text) > 5:
                found.read(element.text, place)
            element.clear()


def read_relations(archive: zipfile.ZipFile, found: Collector) -> None:
    """What the file points at: what is fetched from elsewhere, paths of the house's own disks, addresses of persons."""
    for name in archive.namelist():
        if not name.lower().endswith(".rels"):
            continue
        for _event, relation in parsed(archive, name):
            if relation.get("TargetMode") != "External":
                continue
            target, kind = relation.get("Target", ""), relation.get("Type", "").rsplit("/", 1)[-1]
            if kind != "hyperlink":
                found.tell(FindingKind.EXTERNAL_LINK, Place(PART, {"part": kind}), excerpt=target)
            elif _LOCAL.match(target):
                found.tell(FindingKind.EXTERNAL_LINK, Place(LINK), Severity.WARN, target)
            else:
                found.read(target.removeprefix("mailto:").removeprefix("tel:"), Place(LINK))


def read_media(archive: zipfile.ZipFile, found: Collector) -> None:
    """Pictures: where they were taken; and that their words are not read."""
    pictures = [name for name in archive.namelist() if _MEDIA.search(name)]
    for name in pictures:
        if name.lower().endswith((".jpg", ".jpeg", ".tif", ".tiff", ".png")) and position_of(archive.read(name)):
            found.tell(FindingKind.POSITION, Place(PART, {"part": name}))
    if pictures:
        found.tell(FindingKind.NOT_READ, Place(PART, {"part": "media"}), Severity.WARN, f"图片 {len(pictures)} 张")


def read_embedded(archive: zipfile.ZipFile, found: Collector) -> list[tuple[str, bytes]]:
    """Objects within are told one by one; those that are Word or Excel themselves are given back to be read."""
    inner = []
    for name in archive.namelist():
        if _EMBEDDED.search(name):
            found.tell(FindingKind.EMBEDDED_OBJECT, Place(PART, {"part": name}), excerpt=name.rsplit("/", 1)[-1])
            if _INNER.search(name):
                inner.append((name, archive.read(name)))
    if "docProps/thumbnail.jpeg" in archive.namelist():
        found.tell(FindingKind.PROPERTIES, Place(PART, {"part": "docProps/thumbnail.jpeg"}), Severity.WARN, "缩略图")
    return inner


def opened(data: bytes) -> zipfile.ZipFile:
    """An archive within an archive; the inspection looked into it already."""
    return zipfile.ZipFile(io.BytesIO(data))


def whole() -> Place:
    """The file as such."""
    return Place(WHOLE_FILE)
