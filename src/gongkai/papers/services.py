"""The acts of this room: a paper as Word, a paper as PDF, and where such a PDF is to be sealed.

The libraries behind them take a third of a second to load, which only who makes a paper should pay.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .rules import Paper, Spot

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


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


def official_page(document: Document, *, grid: bool = True) -> None:
    """Give a Word file the sheet of an official paper: margins, page numbers, and the grid of lines if wanted."""
    from . import word

    word.page(document, grid=grid)


def official_line(document: Document, text: str, **manner: Any) -> Paragraph:
    """Add a paragraph in official type; `manner` as in `word.line`: font, size (points), align, indent."""
    from . import word

    return word.line(document, text, **manner)


def dress(run: Run, font: str, size: float) -> None:
    """The font for signs of every script, and the size in points."""
    from . import word

    word.dress(run, font, size)
