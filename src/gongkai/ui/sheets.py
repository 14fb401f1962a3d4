"""Rows as a file for a spreadsheet: CSV and XLSX. A text that would be taken for a formula stays a text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 8, 48
_LINE = 15  # points, high enough for Chinese type


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_file(rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as CSV, marked as UTF-8 for spreadsheets that would guess."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(
    rows: Sequence[Sequence[Any]], *, title: str, more: Mapping[str, Sequence[Sequence[Any]]] | None = None
) -> bytes:
    """The rows as one sheet, the first of them its head; `more` sheets by their titles come after it.

    Each is printed across, as wide as the paper, with its head on each page.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise LookupError("A new workbook has a sheet.")
    _fill(sheet, rows, title)
    for name, others in (more or {}).items():
        _fill(book.create_sheet(), others, name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[Any]], title: str) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    sheet.title = title[:31]
    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value, cell.alignment = value, top
            if isinstance(value, str):
                cell.data_type = "s"
    widths = [_column(rows, place) for place in range(len(rows[0]) if rows else 0)]
    for place, wide in enumerate(widths, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = wide
    for place, row in enumerate(rows, 1):
        lines = max(
            (-(-width(str(value or "")) // (wide - 1)) for value, wide in zip(row, widths, strict=True)), default=1
        )
        sheet.row_dimensions[place].height = _LINE * max(lines, 1)
    sheet.freeze_panes, sheet.print_title_rows = "C2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _column(rows: Sequence[Sequence[Any]], place: int) -> int:
    widest = max(width(str(row[place] or "")) for row in rows)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def width(text: str) -> int:
    """Of a text in a sheet: a Chinese sign is as wide as two Latin ones."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
