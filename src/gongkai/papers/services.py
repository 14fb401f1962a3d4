"""The acts of this room: a paper as Word, a paper as PDF, and where such a PDF is to be sealed."""

from __future__ import annotations

from .portable import pdf, signature_spot
from .word import docx

__all__ = ["docx", "pdf", "signature_spot"]
