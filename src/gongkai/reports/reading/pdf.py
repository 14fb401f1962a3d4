"""PDF files: the text layer, with ruled tables as tab-separated rows.

A hostile PDF can loop or swell, so it is read in a process of its own with bounds on time and memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from gongkai.reports.reading.grid import as_text
from gongkai.reports.reading.model import Unreadable

SECONDS = 60
MEMORY = 2 * 1024**3
MOST_PAGES = 300
_FEWEST_CHARACTERS = 20
_NO_TEXT, _LOCKED, _TOO_LONG, _BROKEN = 3, 4, 5, 6
_REASONS = {
    _NO_TEXT: "这个 PDF 只有图像，没有文字层，无法读取。请提供由 Word 导出的 PDF，或先做文字识别（OCR）再试。",
    _LOCKED: "这个 PDF 设有打开密码，请去掉密码后再试。",
    _TOO_LONG: f"这个 PDF 超过 {MOST_PAGES} 页，不像一份年度报告，没有读取。",
    _BROKEN: "这个 PDF 已损坏或结构异常，打不开。请重新导出后再试。",
}


def pdf_text(path: Path) -> str:
    """The text of a PDF. Raises ``Unreadable`` for images only, a password, damage, loops."""
    command = [sys.executable, "-m", __name__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"这个 PDF 读了 {SECONDS} 秒仍未读完，结构可能异常（如页面循环引用），已放弃。") from error
    if done.returncode != 0:
        raise Unreadable(_REASONS.get(done.returncode, _REASONS[_BROKEN]))
    return done.stdout.decode("utf-8")


def _main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pdfplumber  # noqa: PLC0415 - slow to load, needed in this process only
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > MOST_PAGES:
                return _TOO_LONG
            if not document.pages:
                return _BROKEN
            text = "\n".join(_page(page) for page in document.pages)
    except PdfminerException as error:
        return _LOCKED if "assword" in repr(error) else _BROKEN
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library raise
        return _BROKEN
    if len(text.split()) == 0 or len("".join(text.split())) < _FEWEST_CHARACTERS:
        return _NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


def _page(page: Any) -> str:
    """One page from top to bottom: text between the tables, tables as rows."""
    pieces: list[str] = []
    top = 0.0
    for table in sorted(page.find_tables(), key=lambda t: t.bbox[1]):
        grid = table.extract()
        if max((len(row) for row in grid), default=0) < 2:
            continue
        upper, lower = table.bbox[1], table.bbox[3]
        if upper > top:
            pieces.append(_text(page, top, upper))
        pieces.append(as_text([[cell or "" for cell in row] for row in grid]))
        top = max(top, lower)
    if top < page.height:
        pieces.append(_text(page, top, page.height))
    return "\n".join(pieces)


def _text(page: Any, top: float, bottom: float) -> str:
    box = (page.bbox[0], max(top, page.bbox[1]), page.bbox[2], min(bottom, page.bbox[3]))
    if box[3] - box[1] < 1:
        return ""
    return page.crop(box).extract_text() or ""


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
