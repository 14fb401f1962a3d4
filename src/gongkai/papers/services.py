"""The two acts of this room: a paper as Word, a paper as PDF."""

from __future__ import annotations

from .portable import pdf
from .word import docx

__all__ = ["docx", "pdf"]
