"""The lines of a document that somebody has in a folder: Word, PDF, web page or text. For an operator's own files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.organisations import selectors as organisations

from .rules.recognising import proposal

KINDS = (".docx", ".pdf", ".html", ".htm", ".txt")


def of_folder(folder: Path, *, today: date) -> Iterator[tuple[Path, dict[str, Any] | None]]:
    """Each document of a folder with what it tells of itself, by name; None for one that cannot be read."""
    organs = {organ.name: organ.code for organ in organisations.organs()}
    organs |= {organ.name.removeprefix("上海市"): organ.code for organ in organisations.organs()}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in KINDS or not path.is_file():
            continue
        try:
            lines = lines_of(path)
        except Exception:  # noqa: BLE001 - a file that its library cannot open is told, and the others go on
            yield path, None
            continue
        yield path, proposal(lines, name=path.name, organs=organs, today=today)


def lines_of(path: Path) -> list[str]:
    """The text of a document, a paragraph a line."""
    kind = path.suffix.lower()
    if kind == ".docx":
        import docx  # noqa: PLC0415 - loading these takes long, and no other command needs them

        return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    if kind == ".pdf":
        import pdfplumber  # noqa: PLC0415 - as above

        with pdfplumber.open(path) as document:
            return [line for page in document.pages for line in (page.extract_text() or "").split("\n")]
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if kind == ".txt":
        return text.split("\n")
    from bs4 import BeautifulSoup  # noqa: PLC0415 - as above

    soup = BeautifulSoup(text, "lxml")
    for out in soup.select("script, style, nav, header, footer"):
        out.decompose()
    return soup.get_text("\n").split("\n")
