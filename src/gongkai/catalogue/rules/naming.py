"""By what one item names another: an index number, a document number in any spelling, or an exact title. Pure."""

from __future__ import annotations

from . import numbers


def key_of(named: str) -> str:
    """A name in one spelling."""
    return numbers.comparable(named.strip().removeprefix("《").removesuffix("》"))[:300]


def keys(*, index_number: str, document_number: str, title: str) -> list[str]:
    """Every key under which an item may be named."""
    return list(dict.fromkeys(key_of(name) for name in (index_number, document_number, title) if name))
