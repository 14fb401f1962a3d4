"""Notes of readers on a page: those that only comment go, those that may cover something stay as they are seen.

A seal, a field, a box or a text laid over the page may hide what lies beneath; taken away, it would be seen again. So it
is painted into the page, and told.
"""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

_COMMENTS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_LINK,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
        pdfium.FPDF_ANNOT_POPUP,
        pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE,
    }
)
_EXPECTED = frozenset({pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET})


def drop_comments(page: Any) -> bool:
    """Take the comments off a page; whether a note of another kind than seal or field stays to be painted."""
    painted = False
    for index in reversed(range(pdfium.FPDFPage_GetAnnotCount(page.raw))):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else pdfium.FPDF_ANNOT_UNKNOWN
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in _COMMENTS:
            pdfium.FPDFPage_RemoveAnnot(page.raw, index)
        else:
            painted = painted or kind not in _EXPECTED
    return painted
