"""Acts of this context: look through a file before it leaves the house, black out what must stay.

Nothing is stored: results are values, and the caller keeps them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from gongkai.files import selectors as stored
from gongkai.files import services as files
from gongkai.files.enums import Kind
from gongkai.files.rules import clean_name, expected_kind
from gongkai.privacy.digests import blind

from .enums import Ground
from .rules.boxes import Box, basis, box_from_json
from .rules.findings import Screening, from_json

SECONDS = 240  # of reckoning, for one file
_SCREEN = "gongkai.screening.inspection.acts:screen"
_READ = "gongkai.screening.inspection.reading:read"
_BURN = "gongkai.screening.redaction.acts:burn"
_SUGGEST = "gongkai.screening.redaction.acts:suggest"


@dataclass(frozen=True)
class Burnt:
    """A redacted copy: its digest, its pages, those made anew as pictures, how many characters are gone.

    `elsewhere` are the pages, not redacted, that still say words which were taken away from another.
    `painted` are the pages on which somebody's note (a text box, a drawing) is part of the page now, as it was seen.
    """

    sha256: str
    pages: int
    made_anew: tuple[int, ...]
    removed: int
    elsewhere: tuple[int, ...]
    painted: tuple[int, ...]


class Stored(Protocol):
    """A file that is kept: what `files` gives."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def screen(*, source: Path | Stored, name: str = "", allowed: Collection[str] = ()) -> Screening:
    """Everything that a file gives away. Raises files.rules.Refused for one that cannot be read safely.

    `name` is the name it is to leave under. `allowed` are numbers and addresses that the house publishes itself.
    """
    with _at_hand(source) as path:
        leaving, kind = name or source.name, _kind(source, name)
        sha256 = _digest(path)
        key = blind(f"screening {sha256}")
        words = {"name": leaving, "sha256": sha256, "key": key, "allowed": [*allowed]}
        return from_json(files.visit(path=path, kind=kind, act=_SCREEN, words=words, seconds=SECONDS))


def words_of(*, source: Path | Stored, most: int) -> str:
    """What a reader of the file sees, `most` signs of it at most. Raises files.rules.Refused.

    Bounded in time and memory like everything that opens a file. Words that only a picture shows are not read.
    """
    with _at_hand(source) as path:
        done = files.visit(path=path, kind=_kind(source), act=_READ, words={"most": most})
    return str(done["text"])


def burn(*, source: Path | Stored, boxes: Sequence[Box], target: Path, day: date) -> Burnt:
    """Art. 37: write a copy of a PDF to `target` in which what the boxes hide is no more. Raises files.rules.Refused.

    Pages with a box, and pages with words nobody sees, become pictures with the remaining words laid over them; the
    others stay. Properties, attachments, notes, scripts and earlier versions go with the whole file. The copy is proved
    before it is given out; without the proof there is none. `day` says which law the words in the boxes go by.
    """
    shorts = {ground.value: basis(ground, day).short for ground in Ground}
    with _at_hand(source) as path:
        words = {"boxes": [box.as_json() for box in boxes], "shorts": shorts, "target": str(target)}
        done = files.visit(path=path, kind=_kind(source), act=_BURN, words=words, seconds=SECONDS)
    told = {name: tuple(done[name]) for name in ("made_anew", "elsewhere", "painted")}
    return Burnt(sha256=_digest(target), pages=done["pages"], removed=done["removed"], **told)


def suggest_boxes(*, source: Path | Stored, allowed: Collection[str] = ()) -> list[Box]:
    """A box over each piece of personal data that the text of a PDF holds. Raises files.rules.Refused.

    What only a picture shows, and names of persons, must be found by a person.
    """
    with _at_hand(source) as path:
        words = {"allowed": [*allowed]}
        done = files.visit(path=path, kind=_kind(source), act=_SUGGEST, words=words, seconds=SECONDS)
    return [box_from_json(box) for box in done["boxes"]]


def _kind(source: Path | Stored, name: str = "") -> Kind:
    return expected_kind(clean_name(name or source.name)) if isinstance(source, Path) else Kind(source.kind)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _at_hand(source: Path | Stored) -> Iterator[Path]:
    """The content as a file of this machine."""
    if isinstance(source, Path):
        yield source
        return
    with TemporaryDirectory() as folder, stored.open_stored(source.sha256) as content:
        path = Path(folder) / f"content.{source.kind}"
        with path.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        yield path
