"""A catalogue as the workbook of the national form: what is written is read again as the same lines."""

from __future__ import annotations

import io
from collections.abc import Iterable

from .sheet import HEAD, Line, table

WIDTHS = (6, 16, 20, 44, 36, 26, 18, 30, 8, 10, 8, 8, 8, 8)


def sheet(lines: Iterable[Line], *, title: str) -> bytes:
    """The title, the two rows of the head, the lines; cells that say the same are merged. Without lines: the template."""
    from openpyxl import Workbook  # noqa: PLC0415 - loading it takes a tenth of a second, which every start would pay
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    rows = [[title], *table(lines)]
    book = Workbook()
    page = book.active
    assert page is not None  # noqa: S101 - a new workbook has a sheet
    page.title = "标准目录"
    for number, cells in enumerate(rows, 1):
        for place, text in enumerate(cells, 1):
            cell = page.cell(number, place)
            cell.value, cell.data_type = text, "s"  # a text that begins like a formula stays a text
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=number <= 3)
    for place, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    for area in _merged(rows):
        page.merge_cells(area)
    page.freeze_panes = "D4"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
