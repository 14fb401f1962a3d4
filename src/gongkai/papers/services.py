"""The acts of this room: a paper as Word, a paper as PDF, and where such a PDF is to be sealed.

The libraries behind them take a third of a second to load, which only who makes a paper should pay.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from .rules import Paper, Spot


def docx(paper: Paper) -> bytes:
    """The Word file; characters that XML cannot hold are left out."""
    from . import word

    return word.docx(paper)


def pdf(paper: Paper) -> bytes:
    """The PDF file, made without any request to anywhere."""
    from . import portable

    return portable.pdf(paper)


def signature_spot(content: bytes) -> Spot | None:
    """Where the organ's name and the day stand in a PDF made here; None in any other."""
    from . import portable

    return portable.signature_spot(content)
