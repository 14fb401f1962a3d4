"""Facts of this context, published in the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Concluded:
    """A reconsideration or litigation ended; `result` is that of table four."""

    dispute_id: int
    application_id: int
    organ: str
    kind: str
    result: str
