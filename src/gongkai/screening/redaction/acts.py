"""What the bounded process of `files` is asked to do with boxes: burn them in, or say where they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _
from gongkai.screening.enums import Ground
from gongkai.screening.inspection.letters import Letter, Page, letters_of, unseen
from gongkai.screening.inspection.pdf import LOCKED, NO_PAGES, TOO_LONG, has_hidden_layers, rendered
from gongkai.screening.inspection.pdf import MOST_PAGES as MOST_READ
from gongkai.screening.rules.boxes import LEAST, Box, box_from_json
from gongkai.screening.rules.personal import find

from .assembling import BurntPage, assemble
from .layer import Layer
from .notes import drop_comments
from .painting import packed, paint
from .proving import Promise, prove
from .words import around, split

NOT_PDF = _("只能在 PDF 上遮盖，这个文件是%(kind)s。请先另存为 PDF，检查后再画框。")
NO_SUCH_PAGE = _("第 %(page)s 页不存在，这个文件只有 %(pages)s 页。请刷新页面后重新画框。")
TOO_MANY_BURNT = _("要遮盖的页有 %(pages)s 页，一次最多 %(most)s 页。请把文件分成几份，分别遮盖。")
UNPROVED = _("遮盖后的文件没有通过复查（%(found)s 处），没有保存。请用“打印为 PDF”重新生成原文件，再遮盖一次。")
DPI = 200
MOST_BURNT = 400  # pages made anew at once
_POINTS = 72
_MOST_PIXELS = 30_000_000
_CROPPED = 1.0  # points between what is shown of a page and its sheet
_ACROSS, _ALONG = 0.0012, 0.0006  # of the page's height and width: what a box is wider than the words it hides


def burn(path: Path, kind: Kind, inspected: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """Burn boxes into a copy and prove it. Pages are made anew that have a box, or words nobody sees."""
    boxes = [box_from_json(box) for box in words["boxes"]]
    count, layers = _checked(path, kind)
    for box in boxes:
        if box.page > count:
            raise Refused(NO_SUCH_PAGE, page=box.page, pages=count)
    touched = {box.page - 1 for box in boxes}
    if len(touched) > MOST_BURNT:
        raise Refused(TOO_MANY_BURNT, pages=len(touched), most=MOST_BURNT)
    labels = {box: words["shorts"][box.ground.value] for box in boxes}
    burnt: dict[int, BurntPage] = {}
    promises: dict[int, Promise] = {}
    painted: list[int] = []
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    for number in range(count):
        page = document[number]
        if drop_comments(page):
            painted.append(number + 1)
        letters = letters_of(page)
        hidden = _hidden(page, letters)
        if number in touched or hidden or layers or _is_cropped(page):
            if len(burnt) >= MOST_BURNT:
                raise Refused(TOO_MANY_BURNT, pages=len(burnt) + 1, most=MOST_BURNT)
            of_page = [box for box in boxes if box.page == number + 1]
            burnt[number], promises[number] = _burn_page(page, letters, hidden, of_page, labels)
        page.close()
    document.close()
    elsewhere = _written(path, burnt, promises, Path(words["target"]))
    removed = sum(len(word) for promise in promises.values() for word in promise.removed)
    made_anew = [number + 1 for number in sorted(burnt)]
    return {"pages": count, "made_anew": made_anew, "removed": removed, "elsewhere": elsewhere, "painted": painted}


def _written(path: Path, burnt: Mapping[int, BurntPage], promises: Mapping[int, Promise], target: Path) -> list[int]:
    """Write the copy and prove it; without the proof there is none. The pages that still say what others lost."""
    assemble(path, burnt, target)
    proof = prove(target, promises)
    if proof.broken:
        target.unlink()
        raise Refused(UNPROVED, found=len(proof.broken))
    return list(proof.elsewhere)


def suggest(path: Path, kind: Kind, inspected: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """A box for every piece of personal data in the text of a PDF, one for each line it runs over."""
    count, _layers = _checked(path, kind)
    document = pypdfium2.PdfDocument(path)
    boxes: list[Box] = []
    for number in range(count):
        page = document[number]
        letters = letters_of(page)
        for span in find(letters.text, allowed=words["allowed"]):
            inside = [letter for letter in letters.letters[span.start : span.end] if letter is not None]
            boxes += [
                box for place in around(inside) if (box := _box(number + 1, place, Ground.PERSONAL_PRIVACY)) is not None
            ]
        page.close()
    document.close()
    return {"boxes": [box.as_json() for box in boxes]}


def _checked(path: Path, kind: Kind) -> tuple[int, bool]:
    """How many pages there are, and whether layers are switched off."""
    if kind is not Kind.PDF:
        raise Refused(NOT_PDF, kind=kind.label)
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        raise Refused(LOCKED)
    pages = len(reader.pages)
    if pages > MOST_READ:
        raise Refused(TOO_LONG, pages=pages, most=MOST_READ)
    if not pages:
        raise Refused(NO_PAGES)
    return pages, has_hidden_layers(reader)


def _hidden(page: Any, letters: Page) -> list[Letter]:
    """The letters that can be copied and not seen, on the page or off it."""
    if not letters.text.strip():
        return []
    off = [letter for letter in letters.letters if letter is not None and letter.outside]
    rows = [row for row in unseen(letters, rendered(page)) if row.drawn or row.covered]
    return off + [letter for row in rows for letter in row.letters]


def _is_cropped(page: Any) -> bool:
    return any(
        abs(shown - sheet) > _CROPPED for shown, sheet in zip(page.get_cropbox(), page.get_mediabox(), strict=True)
    )


def _burn_page(
    page: Any, letters: Page, hidden: Sequence[Letter], boxes: Sequence[Box], labels: Mapping[Box, str]
) -> tuple[BurntPage, Promise]:
    width, height = page.get_size()
    picture: Image.Image = rendered(page, DPI / _POINTS, _MOST_PIXELS)
    written = paint(picture, boxes, labels)
    parts = split(letters, boxes, hidden)
    layer = Layer(width, height, written)
    content = layer.content(parts.kept)
    data, colours = packed(picture)
    promise = Promise(parts.kept_text + "".join(f"〔{label}〕" for label in written.values()), tuple(parts.removed))
    return BurntPage(width, height, data, colours, picture.size, content, layer), promise


def _box(page: int, place: tuple[float, float, float, float], ground: Ground) -> Box | None:
    left, top, right, bottom = place
    wide = (max(0.0, left - _ALONG), max(0.0, top - _ACROSS), min(1.0, right + _ALONG), min(1.0, bottom + _ACROSS))
    if wide[2] - wide[0] < LEAST or wide[3] - wide[1] < LEAST:
        return None  # off the page: nothing is shown there
    return Box(page, *wide, ground)
