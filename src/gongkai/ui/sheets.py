"""Rows as a file for a spreadsheet: CSV and XLSX. A text that would be taken for a formula stays a text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 8, 60


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_file(rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as CSV, marked as UTF-8 for spreadsheets that would guess."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(rows: Sequence[Sequence[Any]], *, title: str) -> bytes:
    """The rows as one sheet, the first of them its head."""
    from openpyxl import Workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay
    from openpyxl.styles import Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise LookupError("A new workbook has a sheet.")
    sheet.title = title[:31]
    for row in rows:
        sheet.append([None] * len(row))
        for place, value in enumerate(row, 1):
            cell = sheet.cell(sheet.max_row, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    for place in range(len(rows[0]) if rows else 0):
        sheet.cell(1, place + 1).font = Font(bold=True)
        widest = max(width(str(row[place] or "")) for row in rows)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def width(text: str) -> int:
    """Of a text in a sheet: a Chinese sign is as wide as two Latin ones."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
