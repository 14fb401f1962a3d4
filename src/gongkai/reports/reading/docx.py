"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from gongkai.reports.reading.grid import as_text
from gongkai.reports.reading.model import Unreadable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
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

    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield as_text(_grid(block))


def _grid(table: object) -> list[list[str]]:
    seen: set[object] = set()
    grid: list[list[str]] = []
    for row in table.rows:  # type: ignore[attr-defined]  # a docx Table, imported late
        line: list[str] = []
        for cell in row.cells:
            element = cell._tc
            line.append("" if element in seen else cell.text)
            seen.add(element)
        grid.append(line)
    return grid
