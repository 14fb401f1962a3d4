"""Facts of this context, published in the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperSealed:
    """A paper was sealed for an organ; `version` above one is a correction of what was sealed before."""

    paper_id: int
    organ: str
    number: str
    object_kind: str
    object_id: str
    version: int
    sha256: str


@dataclass(frozen=True)
class KeyRevoked:
    """An organ's key may no longer seal."""

    organ: str
    fingerprint: str
    because: str
