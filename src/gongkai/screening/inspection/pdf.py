"""PDF: text nobody sees, what stands beside the pages, and what earlier versions of the file still hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import PAGE, WHOLE_FILE, Place

from .collecting import Collector
from .letters import Page, letters_of, unseen

LOCKED = _("这个文件设有密码，无法检查。请去掉密码后再试。")
TOO_LONG = _("这个 PDF 有 %(pages)s 页，超过 %(most)s 页。请分成几个文件再检查。")
NO_PAGES = _("这个 PDF 里没有页面，无法检查。请在原来的软件中重新导出。")
ATTACHMENT, SCRIPT, FIELDS = _("附件"), _("脚本"), _("表单")
REVISION = _("旧版本")
MOST_PAGES = 2_000
MOST_REVISIONS = 5  # earlier versions that are compared word by word
_SCALE = 1.5  # pixels for a point
_MOST_PIXELS = 8_000_000
_MOST_ITEMS = 2_000  # of a tree of names
_DRAWN_TOGETHER = 40  # pages after which the document is opened afresh, for what its pages left in memory
_START = re.compile(rb"startxref\s+\d+\s+%%EOF")
_NO_COMMENT = {"/Link", "/Widget", "/Popup"}


def read_pdf(path: Path, found: Collector) -> None:
    """Read a PDF. Raises Refused, and whatever a broken one makes the libraries raise."""
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        raise Refused(LOCKED)
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise Refused(TOO_LONG, pages=pages, most=MOST_PAGES)
    if not pages:
        raise Refused(NO_PAGES)
    found.facts["pages"] = pages
    _read_catalogue(reader, found)
    words = _read_pages(path, found)
    _read_revisions(path.read_bytes(), words, found)


def rendered(page: Any, scale: float = _SCALE, most: int = _MOST_PIXELS) -> Image.Image:
    """The page as it is shown, with its annotations; smaller where it would be too large."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refused(NO_PAGES)
    fitting = min(scale, (most / (width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=fitting, may_draw_forms=True).to_pil()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _read_pages(path: Path, found: Collector) -> set[str]:
    """Search the text of every page; all its words, for comparing with earlier versions."""
    words: set[str] = set()
    pictures: list[int] = []
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    for number in range(len(document)):
        if number and number % _DRAWN_TOGETHER == 0:
            document.close()
            document = pypdfium2.PdfDocument(path)
            document.init_forms()
        page = document[number]
        letters = letters_of(page)
        words |= words_of(letters.text)
        place = Place(PAGE, {"page": number + 1})
        found.read(letters.text, place)
        if letters.text.strip():
            _tell_unseen(page, letters, place, found)
        elif next(iter(page.get_objects(max_depth=1)), None) is not None:
            pictures.append(number + 1)
        page.close()
    document.close()
    if pictures:
        shown = "、".join(str(number) for number in pictures[:20]) + ("……" if len(pictures) > 20 else "")
        found.tell(FindingKind.NOT_READ, Place(PAGE, {"page": shown}), Severity.WARN, f"{len(pictures)} 页是图片")
    return words


def _tell_unseen(page: Any, letters: Page, place: Place, found: Collector) -> None:
    outside = "".join(letter.char for letter in letters.letters if letter is not None and letter.outside)
    if outside:
        found.tell(FindingKind.OUTSIDE_TEXT, place, excerpt=outside)
    for row in unseen(letters, rendered(page)):
        kind = FindingKind.COVERED_TEXT if row.covered else FindingKind.UNSEEN_TEXT
        found.tell(kind, place, Severity.BLOCK if row.drawn or row.covered else Severity.WARN, row.text)


def words_of(text: str) -> set[str]:
    """Its words; a Chinese sentence counts as one."""
    return {word for word in re.findall(r"\w+", text) if len(word) > 1}


def _read_catalogue(reader: PdfReader, found: Collector) -> None:
    root = reader.root_object
    names = _dictionary(root.get("/Names"))
    for name in _names(_dictionary(names.get("/EmbeddedFiles"))):
        found.tell(FindingKind.EMBEDDED_OBJECT, Place(ATTACHMENT), excerpt=name)
    if "/JavaScript" in names or "/AA" in root or _runs(root.get("/OpenAction")):
        found.tell(FindingKind.PROGRAM, Place(SCRIPT))
    _read_layers(_dictionary(root.get("/OCProperties")), found)
    for name, field in (reader.get_fields() or {}).items():
        value = field.get("/V", "")
        if field.get("/FT") != "/Sig":
            found.tell(FindingKind.FORM_FIELD, Place(FIELDS), Severity.WARN, str(name))
        if isinstance(value, str):
            found.read(value, Place(FIELDS))
    for number, page in enumerate(reader.pages, 1):
        _read_annotations(page, Place(PAGE, {"page": number}), found)
    for text in _metadata(reader, root):
        found.read(text, Place(WHOLE_FILE))


def _read_annotations(page: Any, place: Place, found: Collector) -> None:
    listed = page.get("/Annots")
    listed = listed.get_object() if listed is not None else None
    for item in listed if isinstance(listed, ArrayObject) else []:
        note = _dictionary(item)
        kind = str(note.get("/Subtype", ""))
        text = note.get("/Contents", "")
        action = _dictionary(note.get("/A"))
        if kind == "/FileAttachment":
            found.tell(FindingKind.EMBEDDED_OBJECT, place, excerpt=str(text))
        elif kind not in _NO_COMMENT:
            severity = Severity.WARN if kind == "/Stamp" and not text else Severity.BLOCK
            found.tell(FindingKind.ANNOTATION, place, severity, str(text) or kind.strip("/"))
        if _runs(action) or "/AA" in note:
            found.tell(FindingKind.PROGRAM, place)
        if isinstance(uri := action.get("/URI"), str):
            found.read(uri.removeprefix("mailto:"), place)
        if isinstance(text, str):
            found.read(text, place)


def _runs(action: Any) -> bool:
    kind = _dictionary(action).get("/S")
    return kind not in {None, "/GoTo", "/URI", "/Named"}


def has_hidden_layers(reader: PdfReader) -> bool:
    """Whether layers are switched off, so that a page shows less than it holds."""
    return bool(_hidden_layers(_dictionary(reader.root_object.get("/OCProperties"))))


def _read_layers(layers: DictionaryObject, found: Collector) -> None:
    for layer in _hidden_layers(layers)[:_MOST_ITEMS]:
        name = str(_dictionary(layer).get("/Name", ""))
        found.tell(FindingKind.HIDDEN_LAYER, Place(WHOLE_FILE), excerpt=name)


def _hidden_layers(layers: DictionaryObject) -> list[Any]:
    plan = _dictionary(layers.get("/D"))
    off = plan.get("/OFF")
    off = off.get_object() if off is not None else None
    hidden = list(off) if isinstance(off, ArrayObject) else []
    if plan.get("/BaseState") == "/OFF":
        every = layers.get("/OCGs")
        every = every.get_object() if every is not None else None
        hidden += list(every) if isinstance(every, ArrayObject) else []
    return hidden


def _metadata(reader: PdfReader, root: DictionaryObject) -> Iterator[str]:
    yield from (str(value) for value in (reader.metadata or {}).values())
    stream = root.get("/Metadata")
    stream = stream.get_object() if stream is not None else None
    if stream is not None and hasattr(stream, "get_data"):
        yield re.sub(r"<[^>]*>", "\n\n\n\n", stream.get_data().decode("utf-8", "replace"))


def _names(tree: DictionaryObject) -> list[str]:
    """The names of a tree of names, however it is branched."""
    found: list[str] = []
    waiting, seen = [tree], 0
    while waiting and seen < _MOST_ITEMS:
        seen += 1
        node = waiting.pop()
        listed = node.get("/Names")
        listed = listed.get_object() if listed is not None else None
        if isinstance(listed, ArrayObject):
            found += [str(name) for name in listed[::2]]
        kids = node.get("/Kids")
        kids = kids.get_object() if kids is not None else None
        waiting += [_dictionary(kid) for kid in kids] if isinstance(kids, ArrayObject) else []
    return found[:_MOST_ITEMS]


def _read_revisions(data: bytes, words: set[str], found: Collector) -> None:
    """Versions that later ones were written behind: told, and worse if they say what the last one does not."""
    ends = [match.end() for match in _START.finditer(data)]
    if b"/Linearized" in data[:1024] and ends:
        ends = ends[1:]  # such a file has two marks from the start
    earlier = ends[:-1]
    if not earlier:
        return
    gone: set[str] = set()
    for end in earlier[-MOST_REVISIONS:]:
        gone |= _words_in(data[:end]) - words
    severity = Severity.BLOCK if gone else Severity.WARN
    shown = "、".join(sorted(gone, key=lambda word: (-len(word), word))[:5])
    found.tell(FindingKind.EARLIER_REVISION, Place(REVISION), severity, shown or f"{len(earlier)} 次增量保存")
    found.read("\n\n\n\n".join(sorted(gone)), Place(REVISION))


def _words_in(data: bytes) -> set[str]:
    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
        return {word for page in document for word in words_of(page.get_textpage().get_text_range())}
    except pypdfium2.PdfiumError:
        return set()


def _dictionary(item: Any) -> DictionaryObject:
    """What stands there, if it is a dictionary; an empty one otherwise."""
    item = item.get_object() if item is not None else None
    return item if isinstance(item, DictionaryObject) else DictionaryObject()
