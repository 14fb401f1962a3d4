"""A catalogue as the workbook of the national form: what is written is read again as the same lines."""

from __future__ import annotations

import io
from collections.abc import Iterable

from gongkai.ui.sheets import width

from .sheet import HEAD, Line, table

WIDTHS = (6, 16, 20, 36, 32, 24, 16, 48, 8, 10, 8, 8, 8, 8)
LINE = 18  # points


def sheet(lines: Iterable[Line], *, title: str) -> bytes:
    """The title, the two rows of the head, the lines; cells that say the same are merged. Without lines: the template."""
    from openpyxl import Workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    rows = [[title], *table(lines)]
    book = Workbook()
    page = book.active
    assert page is not None  # noqa: S101 - a new workbook has a sheet
    page.title = "标准目录"
    thin = Side(style="thin", color="808080")
    for number, cells in enumerate(rows, 1):
        page.row_dimensions[number].height = LINE * (2 if number == 1 else _tall(cells))
        for place, text in enumerate(cells, 1):
            cell = page.cell(number, place)
            cell.value, cell.data_type = text, "s"  # a text that begins like a formula stays a text
            centred = number <= 3 or place == 1 or place > 8
            cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
            cell.border = Border(thin, thin, thin, thin) if number > 1 else Border()
            cell.font = Font(bold=number <= 3)
    for place, room in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = room
    for area in _merged(rows):
        page.merge_cells(area)
    page.freeze_panes, page.print_title_rows = "D4", "2:3"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tall(cells: list[str]) -> int:
    """How many lines the tallest cell of a row has; a program that opens the file would not widen merged rows itself."""
    wide = zip(cells, WIDTHS, strict=True)
    return max(sum(-(-max(width(line), 1) // (room - 1)) for line in text.split("\n")) for text, room in wide)


def _merged(rows: list[list[str]]) -> list[str]:
    """The title; heads that stand above several columns or in both rows; the same first matter in rows below each other."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    found = [f"A1:{get_column_letter(len(HEAD))}1"]
    for place, (first, second) in enumerate(HEAD, 1):
        letter = get_column_letter(place)
        if first == second:
            found.append(f"{letter}2:{letter}3")
        elif place == 1 or HEAD[place - 2][0] != first:
            last = max(n for n, (name, _second) in enumerate(HEAD, 1) if name == first)
            found.append(f"{letter}2:{get_column_letter(last)}2")
    start = 4
    for number in range(5, len(rows) + 2):
        if number > len(rows) or rows[number - 1][1] != rows[start - 1][1]:
            if number - start > 1:
                found.append(f"B{start}:B{number - 1}")
            start = number
    return found
