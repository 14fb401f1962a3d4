"""Which words of a page a box takes with it, and which stay. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.screening.inspection.letters import Letter, Page, on_another_line
from gongkai.screening.rules.boxes import Box

_JOINING = frozenset("@._-+%/:'")  # inside a number, an address of the net or a foreign word
_HAIR = 0.12  # of a letter; what covers less of it leaves it as legible as before


@dataclass
class Split:
    """The letters of a page in their order: None for a blank or line end, a Box where one took words away first."""

    kept: list[Letter | Box | None] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def kept_text(self) -> str:
        return "".join(item.char for item in self.kept if isinstance(item, Letter))


def split(page: Page, boxes: Sequence[Box], unseen: Iterable[Letter]) -> Split:
    """A foreign word or number that a box touches goes whole; of Chinese, each character by itself.

    What nobody sees on the page (`unseen`) goes as well. Words taken away one after another are one entry of `removed`.
    """
    gone = {id(letter) for letter in unseen}
    found = Split()
    told: set[Box] = set()
    running = ""
    for word in _words(page):
        if word is None:
            found.kept.append(None)
            continue
        hit = next((box for box in boxes if any(_touches(box, letter) for letter in word)), None)
        if hit is None and not any(id(letter) in gone or letter.outside for letter in word):
            found.removed += [running] if running else []
            running = ""
            found.kept += word
            continue
        running += "".join(letter.char for letter in word)
        if hit is not None and hit not in told:
            told.add(hit)
            found.kept.append(hit)
    found.removed += [running] if running else []
    found.kept += [box for box in boxes if box not in told]
    return found


def _touches(box: Box, letter: Letter) -> bool:
    across, along = _HAIR * (letter.right - letter.left), _HAIR * (letter.bottom - letter.top)
    return box.touches(letter.left + across, letter.top + along, letter.right - across, letter.bottom - along)


def _words(page: Page) -> Iterator[list[Letter] | None]:
    word: list[Letter] = []
    for letter in page.letters:
        if letter is not None and _joins(letter.char):
            word.append(letter)
            continue
        if word:
            yield word
            word = []
        yield [letter] if letter is not None else None
    if word:
        yield word


def _joins(char: str) -> bool:
    return (char.isalnum() and ord(char) < 0x2E80) or "\uff10" <= char <= "\uff5a" or char in _JOINING


def around(letters: Sequence[Letter]) -> Iterator[tuple[float, float, float, float]]:
    """The rectangles around a stretch of text, one for each line it runs over."""
    line: list[Letter] = []
    for letter in letters:
        if line and on_another_line(line[-1], letter):
            yield _hull(line)
            line = []
        line.append(letter)
    if line:
        yield _hull(line)


def _hull(line: Sequence[Letter]) -> tuple[float, float, float, float]:
    return (
        min(letter.left for letter in line),
        min(letter.top for letter in line),
        max(letter.right for letter in line),
        max(letter.bottom for letter in line),
    )
