"""Tables that somebody hands in, as rows of text: CSV in UTF-8 or GB18030, or the first sheet of an Excel workbook.

Nothing in a file is computed: a formula comes out as the text of the formula, which no column takes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

LARGEST = 20_000_000  # bytes of a file
UNPACKED = 300_000_000  # bytes of a workbook's parts
MOST_ROWS = 20_000
MOST_COLUMNS = 40
MOST_MERGED = 5_000
LONGEST = 32_767  # characters of a cell, as a workbook has it


class Unreadable(Exception):
    """A file that is no table; the text says what to do."""


def rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number in the file, the first being 1. Raises `Unreadable`."""
    if len(data) > LARGEST:
        raise Unreadable(f"文件有 {len(data) / 1e6:.0f} MB，最多 {LARGEST // 1_000_000} MB。请按年度分成几个文件。")
    found = _workbook(data) if data[:2] == b"PK" else _lines(data)
    for count, (number, cells) in enumerate(found):
        if count > MOST_ROWS:
            raise Unreadable(f"超过 {MOST_ROWS} 行。请按年度分成几个文件。")
        yield number, cells


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable(f"第 {number} 行的引号或者分隔不对，读不下去。请用表格软件另存为 CSV 后再试。") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells[:MOST_COLUMNS]]


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise Unreadable("文件不是 CSV，也不是 xlsx。请从模板开始填写。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字既不是 UTF-8，也不是 GB18030。请用表格软件另存为“CSV UTF-8”后再试。")


def merged_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a workbook's first sheet; a cell that was merged with others stands in each of them.

    Raises `Unreadable`; more than `MOST_MERGED` rows are refused, because such a sheet is held whole.
    """
    with _opened(data, whole=True) as sheet:
        if sheet.max_row > MOST_MERGED:
            raise Unreadable(f"超过 {MOST_MERGED} 行。请按领域分成几个文件。")
        values = [list(cells) for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)]
        for area in sheet.merged_cells.ranges:
            first = values[area.min_row - 1][area.min_col - 1] if area.min_col <= MOST_COLUMNS else None
            for row in range(area.min_row, min(area.max_row, len(values)) + 1):
                for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                    values[row - 1][column - 1] = first
        found = [(number, [_cell(value) for value in cells]) for number, cells in enumerate(values, 1)]
        return [(number, texts) for number, texts in found if any(texts)]


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    with _opened(data, whole=False) as sheet:
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            texts = [_cell(value) for value in cells]
            if any(texts):
                yield number, texts


@contextmanager
def _opened(data: bytes, *, whole: bool) -> Iterator[Any]:
    """The first sheet, row by row or held whole; whatever is wrong with the file is told in one sentence."""
    from openpyxl import load_workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay

    try:
        _bounded(data)
        book = load_workbook(io.BytesIO(data), read_only=not whole, data_only=False, keep_links=False)
        yield book.worksheets[0]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("工作簿打不开，可能已经损坏或者加了密码。请另存为新的 xlsx 后再试。") from error


def _bounded(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED:
            raise Unreadable("工作簿展开后太大。请只留下数据，另存后再试。")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute) == (0, 0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:LONGEST].strip()
