"""The characters of a PDF's page with their places as the page is shown, and which of them nobody sees."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

_GRID = 1_000_000  # the page is laid out on so many steps, so that places come as fractions
_INVISIBLE = 3  # text render mode: neither filled nor stroked
_CONTRAST = 24  # of 255, in each colour; less is not seen
_SIDEWAYS = 0.3  # of a letter: lines of text are further apart
_DARK = 110  # of 255


@dataclass
class Letter:
    """A character; its place in fractions of the shown page. `drawn` is false for text of a layer of recognition."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    drawn: bool = True

    @property
    def counts(self) -> bool:
        """Whether it says something: a letter or a digit, no blank, no mark."""
        return unicodedata.category(self.char[0])[0] in "LN"

    @property
    def outside(self) -> bool:
        """Whether it stands wholly off the shown page."""
        return self.right <= 0 or self.left >= 1 or self.bottom <= 0 or self.top >= 1


@dataclass
class Page:
    """The text of a page as it is extracted; `letters[i]` is the character `i` of it, None for a blank or line end."""

    text: str
    letters: list[Letter | None] = field(default_factory=list)


def letters_of(page: Any) -> Page:
    """Read a page that pypdfium2 opened."""
    textpage = page.get_textpage()
    try:
        return _read(page.raw, textpage.raw, textpage.count_chars())
    finally:
        textpage.close()


def _read(page: Any, text: Any, count: int) -> Page:
    chars: list[str] = []
    found: list[Letter | None] = []
    place = _Places(page)
    high = ""
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        char = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else chr(code)
        high = ""
        generated = pdfium.FPDFText_IsGenerated(text, index) == 1
        if generated or char.isspace() or code in {0, 0xFFFE, 0xFFFF}:
            shown = "\n" if char in "\r\n" else ("-" if code == 0xFFFE else " ")  # FFFE: a hyphen at a line's end
            chars.append(shown)
            found.append(None)
            continue
        for part in char:
            chars.append(part)
            found.append(Letter(part, *place.of(text, index), drawn=_is_drawn(text, index)))
    return Page("".join(chars).replace("\n\n", " \n"), found)


def _is_drawn(text: Any, index: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(text, index)
    return not item or pdfium.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE


class _Places:
    """Turns places in the space of a PDF's page into fractions of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._box = [ctypes.c_double() for _ in range(4)]
        self._point = [ctypes.c_int(), ctypes.c_int()]

    def of(self, text: Any, index: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = self._box
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        first, second = self._shown(left.value, top.value), self._shown(right.value, bottom.value)
        return (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )

    def _shown(self, across: float, up: float) -> tuple[float, float]:
        x, y = self._point
        pdfium.FPDF_PageToDevice(self._page, 0, 0, _GRID, _GRID, 0, across, up, x, y)
        return x.value / _GRID, y.value / _GRID


@dataclass(frozen=True)
class Unseen:
    """A row of letters that can be copied and not seen. `covered`: something dark lies over them."""

    letters: Sequence[Letter]
    covered: bool

    @property
    def text(self) -> str:
        return "".join(letter.char for letter in self.letters)

    @property
    def drawn(self) -> bool:
        """False where it belongs to a layer of recognised text, whose places are never exact."""
        return any(letter.drawn for letter in self.letters)


def unseen(page: Page, picture: Image.Image) -> Iterator[Unseen]:
    """Rows of letters that leave no trace in the picture of their page."""
    row: list[Letter] = []
    for letter in [*page.letters, None]:
        goes_on = letter is not None and not letter.outside and (not letter.counts or _is_flat(picture, [letter], 0))
        if letter is None or not goes_on or (row and on_another_line(row[-1], letter)):
            yield from _judged(row, picture)
            row = []
        if letter is not None and goes_on and letter.counts:
            row.append(letter)


def on_another_line(before: Letter, letter: Letter) -> bool:
    """Whether a letter stands neither beside the one before it nor, in text that runs sideways, close below or above."""
    if letter.top < before.bottom and before.top < letter.bottom:
        return False
    stacked = letter.left < before.right and before.left < letter.right
    gap = max(letter.top - before.bottom, before.top - letter.bottom)
    return not (stacked and gap < _SIDEWAYS * (before.bottom - before.top))


def _judged(row: list[Letter], picture: Image.Image) -> Iterator[Unseen]:
    """Letters that are flat together. A stroke such as 一 or l is flat by itself: around it, the paper shows."""
    start = 0
    while start < len(row):
        end = start + 1
        while end < len(row) and _is_flat(picture, row[start : end + 1], 0):
            end += 1
        letters = row[start:end]
        if len(letters) > 1 or _is_flat(picture, letters, 0.25):
            yield Unseen(letters, max(high for _low, high in _colours(picture, letters, 0)) < _DARK)
        start = end


def _is_flat(picture: Image.Image, letters: list[Letter], margin: float) -> bool:
    return all(high - low < _CONTRAST for low, high in _colours(picture, letters, margin))


def _colours(picture: Image.Image, letters: list[Letter], margin: float) -> list[tuple[int, int]]:
    """The least and the greatest of each colour where the letters stand."""
    around = margin * max(letter.bottom - letter.top for letter in letters)
    left = (min(letter.left for letter in letters) - around) * picture.width
    right = (max(letter.right for letter in letters) + around) * picture.width
    top = (min(letter.top for letter in letters) - around) * picture.height
    bottom = (max(letter.bottom for letter in letters) + around) * picture.height
    first, upper = min(max(0, ceil(left)), picture.width - 1), min(max(0, ceil(top)), picture.height - 1)
    box = (
        first,
        upper,
        max(first + 1, min(picture.width, int(right))),
        max(upper + 1, min(picture.height, int(bottom))),
    )
    extremes: Any = picture.crop(box).getextrema()
    return list(extremes)
