"""The demo's way out: each letter a text file in the data folder, where one can read what would have been sent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import TracebackType

from gongkai.notifications.enums import Outcome

from .port import Answer, Letter, Unreachable


class Folder:
    """Writes `<id>.txt`, whole or not at all."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.kind = kind

    def __enter__(self) -> Folder:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Unreachable(str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open."""

    def send(self, letter: Letter) -> Answer:
        """Write the letter down."""
        try:
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{self.kind} → {letter.address}\n{letter.subject}\n\n{letter.body}\n")
            Path(name).replace(self.folder / f"{letter.id}.txt")
        except OSError as error:
            return Answer(Outcome.LATER, str(error.strerror))
        return Answer(Outcome.SENT, "written to a file")
