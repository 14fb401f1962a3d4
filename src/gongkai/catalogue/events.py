"""Facts of this context, published in the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ItemChanged:
    """Something that the public may see of an item changed; `public` tells whether it is public now."""

    pk: int
    public: bool


@dataclass(frozen=True)
class Released:
    """An item is for everybody from now on; told once, at its release."""

    pk: int
    organ: str
    kind: str
    title: str
    on: date


@dataclass(frozen=True)
class BatchMoved:
    """A table of drafts is to be looked over, or to be taken in; `state` tells which."""

    pk: int
    state: str
