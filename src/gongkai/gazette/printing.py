"""The files of an issue: page, printed file and book, each the same bytes from every building."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from .rules import book, markup
from .rules.frozen import Frozen

FORMS = ("html", "pdf", "epub")


class Fetched(Exception):
    """An issue asked for something from outside; it never may."""


def build(issue: Frozen, form: str) -> bytes:
    """One of the files."""
    if form == "pdf":
        return _pdf(issue)
    return book.epub(issue) if form == "epub" else markup.page(issue).encode()


def digests(issue: Frozen) -> dict[str, str]:
    """SHA-256 of each file."""
    return {form: hashlib.sha256(build(issue, form)).hexdigest() for form in FORMS}


def _pdf(issue: Frozen) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - loading it takes half a second, which pages need not pay

    out = io.BytesIO()
    HTML(string=markup.page(issue), url_fetcher=_refuse).write_pdf(out, pdf_identifier=issue.identifier.hex.encode())
    return out.getvalue()


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    raise Fetched(f"A gazette fetches nothing, and this one asked for {url[:80]}.")
