"""Word: text that is hidden, deleted or pale, changes and comments, and everything that is written anywhere."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import PARAGRAPH, Place

from .archive import attribute, is_on, parsed, read_embedded, read_media, read_relations, read_rest, tag_of
from .collecting import APART, TOGETHER, Collector

IN_PART = _("%(part)s第 %(paragraph)s 段")
_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_QUIET = {"footnotes", "endnotes"}
_WHITE = re.compile(r"(?i)f[a-f0-9]f[a-f0-9]f[a-f0-9]$")
_UNSHADED = {"", "auto", "FFFFFF", "ffffff", "none"}
_LEAST_SIZE = 4  # half-points; nobody reads two points


@dataclass
class _Story:
    """One part while it is read: its paragraphs counted, and the shading of the cells it is in."""

    name: str
    styles: dict[str, str]
    found: Collector
    paragraph: int = 0
    shades: list[str] = field(default_factory=list)
    tables: list[bool] = field(default_factory=list)  # of each table around: whether a style may shade it

    @property
    def place(self) -> Place:
        part = next((label for key, label in _PARTS.items() if self.name.startswith(f"word/{key}")), "")
        if part:
            return Place(IN_PART, {"part": part, "paragraph": self.paragraph})
        return Place(PARAGRAPH, {"paragraph": self.paragraph})


def read_word(archive: zipfile.ZipFile, found: Collector) -> list[tuple[str, bytes]]:
    """Read a Word file; the objects within that can be read themselves are given back."""
    styles = _styles(archive)
    stories = {name for name in archive.namelist() if _STORIES.match(name)}
    for name in sorted(stories, key=lambda part: (part != "word/document.xml", part)):
        _read_story(archive, _Story(name, styles, found))
    read_relations(archive, found)
    read_rest(archive, stories | {"[Content_Types].xml", "word/styles.xml"}, found)
    read_media(archive, found)
    return read_embedded(archive, found)


def _read_story(archive: zipfile.ZipFile, story: _Story) -> None:
    for event, element in parsed(archive, story.name, ("start", "end")):
        tag = tag_of(element)
        if event == "start":
            _enter(tag, story)
        elif tag == "p":
            _read_paragraph(element, story)
            element.clear()
        elif tag == "docPr":
            story.found.read(element.get("descr", "") + " " + element.get("title", ""), story.place)
        else:
            _leave(tag, element, story)


def _enter(tag: str, story: _Story) -> None:
    if tag == "tc":
        story.shades.append("")
    elif tag == "tbl":
        story.tables.append(False)


def _leave(tag: str, element: Element, story: _Story) -> None:
    """Keep count of the tables and cells around, and of their shading."""
    if tag in {"tc", "tbl"}:
        around: list[Any] = story.shades if tag == "tc" else story.tables
        del around[-1:]
        element.clear()
    elif tag == "tcPr" and story.shades:
        story.shades[-1] = _shade(element)
    elif tag == "tblStyle" and story.tables:
        story.tables[-1] = True


def _read_paragraph(paragraph: Element, story: _Story) -> None:
    story.paragraph += 1
    texts: list[str] = []
    _Runs(story, _pale_ground(paragraph, story), _style_of(paragraph, "pPr", "pStyle", story)).read(paragraph, texts)
    before = TOGETHER if not story.shades else APART
    story.found.read("".join(texts), story.place, before)
    if story.name == "word/comments.xml":
        story.found.tell(FindingKind.COMMENT, story.place, excerpt="".join(texts))
    for change in paragraph.iter():
        if tag_of(change) in _CHANGES:
            story.found.tell(FindingKind.TRACKED_CHANGE, story.place, excerpt=_text(change))
        elif tag_of(change) == "instrText":
            story.found.read(change.text or "", story.place)


@dataclass
class _Runs:
    """Reads the runs of one paragraph: all their words, and those that nobody sees."""

    story: _Story
    on_white: bool
    hidden: str

    def read(self, element: Element, texts: list[str]) -> None:
        for child in element:
            tag = tag_of(child)
            if tag == "r":
                self._run(child, texts)
            elif tag not in {"pPr", "p"}:
                self.read(child, texts)

    def _run(self, run: Element, texts: list[str]) -> None:
        text = _text(run)
        texts.append(text)
        if not text.strip():
            return
        properties = next((child for child in run if tag_of(child) == "rPr"), None)
        hidden = self.hidden or _style_of(run, "rPr", "rStyle", self.story)
        marks = {tag_of(child): child for child in properties} if properties is not None else {}
        if _vanished(marks, hidden):
            self.story.found.tell(FindingKind.HIDDEN_TEXT, self.story.place, excerpt=text)
        elif self._pale(marks, hidden):
            styled = any(self.story.tables)
            severity = Severity.WARN if styled else Severity.BLOCK
            self.story.found.tell(FindingKind.PALE_TEXT, self.story.place, severity, text)

    def _pale(self, marks: dict[str, Element], hidden: str) -> bool:
        own = attribute(marks["color"], "val") if "color" in marks else ""
        pale = bool(_WHITE.match(own)) if own else hidden == "pale"
        return pale and self.on_white and "highlight" not in marks and _fill(marks.get("shd")) in _UNSHADED


def _vanished(marks: dict[str, Element], hidden: str) -> bool:
    """Hidden by a mark of its own, by its style unless it says otherwise, or too small to be read."""
    size = attribute(marks["sz"], "val") if "sz" in marks else ""
    if size.isdigit() and int(size) <= _LEAST_SIZE:
        return True
    by_style = hidden == "hidden" and "vanish" not in marks
    return by_style or is_on(marks.get("vanish")) or is_on(marks.get("webHidden"))


def _text(element: Element) -> str:
    parts = []
    for child in element.iter():
        tag = tag_of(child)
        if tag in {"t", "delText"}:
            parts.append(child.text or "")
        elif tag in {"br", "cr", "tab"}:
            parts.append("\n" if tag != "tab" else "\t")
        elif tag == "noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _pale_ground(paragraph: Element, story: _Story) -> bool:
    """Whether what is white in this paragraph cannot be seen."""
    properties = next((child for child in paragraph if tag_of(child) == "pPr"), None)
    own = _shade(properties) if properties is not None else ""
    return own in _UNSHADED and all(shade in _UNSHADED for shade in story.shades)


def _shade(properties: Element) -> str:
    return _fill(next((child for child in properties if tag_of(child) == "shd"), None))


def _fill(shading: Element | None) -> str:
    return attribute(shading, "fill") if shading is not None else ""


def _style_of(element: Element, holder: str, name: str, story: _Story) -> str:
    properties = next((child for child in element if tag_of(child) == holder), None)
    if properties is None:
        return ""
    style = next((child for child in properties if tag_of(child) == name), None)
    return story.styles.get(attribute(style, "val"), "") if style is not None else ""


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Styles whose text nobody sees: `hidden` or `pale`, of their own or by the style they are based on."""
    own: dict[str, str] = {}
    based: dict[str, str] = {}
    for _event, element in parsed(archive, "word/styles.xml"):
        if tag_of(element) != "style":
            continue
        name = attribute(element, "styleId")
        for child in element:
            if tag_of(child) == "basedOn":
                based[name] = attribute(child, "val")
            elif tag_of(child) == "rPr":
                marks = {tag_of(mark): mark for mark in child}
                if is_on(marks.get("vanish")):
                    own[name] = "hidden"
                elif "color" in marks and _WHITE.match(attribute(marks["color"], "val")) and "shd" not in marks:
                    own[name] = "pale"
    return {name: mark for name in {*own, *based} if (mark := _inherited(name, own, based))}


def _inherited(name: str, own: dict[str, str], based: dict[str, str]) -> str:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = based.get(name, "")
    return ""
