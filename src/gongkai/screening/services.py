"""Acts of this context: look through a file before it leaves the house. Nothing is stored; the caller keeps the values."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from gongkai.files import selectors as stored
from gongkai.files import services as files
from gongkai.files.enums import Kind
from gongkai.files.rules import clean_name, expected_kind
from gongkai.privacy.digests import blind

from .rules.findings import Screening, from_json

SECONDS = 240  # of reckoning, for one file
_SCREEN = "gongkai.screening.inspection.acts:screen"


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
        leaving = name or (path.name if isinstance(source, Path) else source.name)
        kind = Kind(source.kind) if not isinstance(source, Path) else expected_kind(clean_name(leaving))
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        key = blind(f"screening {sha256}")
        words = {"name": leaving, "sha256": sha256, "key": key, "allowed": [*allowed]}
        return from_json(files.visit(path=path, kind=kind, act=_SCREEN, words=words, seconds=SECONDS))


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
