"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.reports.reading.grid import as_text, expand
from gongkai.reports.reading.model import Unreadable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_BLOCKS = 20_000
MOST_ROWS = 5_000
MOST_RATIO = 200
_SMALL = 1024 * 1024


def docx_text(data: bytes) -> str:
    """The text of a .docx; a merged cell keeps its text in its first place. Raises ``Unreadable``."""
    _guard(data)
    try:
        return "\n".join(_blocks(data))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("这个 Word 文件已损坏，打不开。请用 Word 或 WPS 重新保存后再试。") from error


def _guard(data: bytes) -> None:
    """Refuse a packed file that unpacks to far more than a report can be."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("这个 Word 文件不完整（压缩结构损坏），请重新下载或另存后再试。") from error
    if not any(e.filename == "word/document.xml" for e in entries):
        raise Unreadable("这是压缩文件但不是 Word 文档（docx）。表格文件请另存为 docx、PDF 或网页后再试。")
    unpacked = sum(e.file_size for e in entries)
    swollen = any(e.file_size > _SMALL and e.file_size > MOST_RATIO * max(e.compress_size, 1) for e in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swollen:
        raise Unreadable("这个 Word 文件解压后大得反常，可能是恶意构造的压缩包，没有打开。")


def _blocks(data: bytes) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 - slow to load, needed for Word files only
    from docx.table import Table  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    for place, block in enumerate(Document(io.BytesIO(data)).iter_inner_content()):
        if place > MOST_BLOCKS:
            raise Unreadable(f"这个 Word 文件超过 {MOST_BLOCKS:,} 段，不像一份年度报告，没有读取。")
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield as_text(expand(_rows(block)))


def _rows(table: Any) -> Iterator[list[tuple[str, int, int]]]:
    """Rows of (text, columns spanned, 1): a cell that goes on from the row above is empty."""
    from docx.table import _Cell  # noqa: PLC0415

    for place, row in enumerate(table._tbl.tr_lst):
        if place > MOST_ROWS:
            raise Unreadable(f"这个 Word 文件的表格超过 {MOST_ROWS:,} 行，不像一份年度报告，没有读取。")
        goes_on = ((cell, cell.vMerge == "continue") for cell in row.tc_lst)
        yield [("" if below else _Cell(cell, table).text, cell.grid_span, 1) for cell, below in goes_on]
