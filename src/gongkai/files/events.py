"""Facts of this context."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InfectedFileFound:
    """A file that waited for the scanner holds a virus; its content was destroyed."""

    file_id: str
    owner_kind: str
    owner_id: str
    organ: str
    signature: str
