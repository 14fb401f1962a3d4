"""Known reports as the files in which organs publish them: Word, PDF with ruled and with bare tables, web pages."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from gongkai.reports.tests.dirt import parts_of
from gongkai.reports.tests.dirt_layouts import Grid
from gongkai.reports.tests.dirt_truth import Truth

RULED = "table{border-collapse:collapse;width:100%} td{border:0.5pt solid #000;padding:1pt;text-align:center}"
BARE = "table{width:100%} td{padding:2pt 6pt}"
PAGE = (
    "@page{size:A4;margin:2cm;@bottom-center{content:'- ' counter(page) ' -'}}"
    "body{font-family:'Noto Sans CJK SC','Noto Serif CJK SC','WenQuanYi Zen Hei',sans-serif;font-size:10.5pt}"
)


def docx_of(truth: Truth) -> bytes:
    """A Word file with horizontally and vertically merged cells."""
    from docx import Document

    document = Document()
    for part in parts_of(truth):
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _docx_table(document, part)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: Any, grid: Grid) -> None:
    places = list(_places(grid))
    width = max(column + cell.columns for _, column, cell in places)
    table = document.add_table(rows=len(grid), cols=width)
    for row, column, cell in places:
        target = table.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
        target.text = cell.text


def _places(grid: Grid) -> Iterator[tuple[int, int, Any]]:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}


def html_of(truth: Truth, style: str) -> str:
    """A web page with spans, scripts, menus and everything that stands round a report on a site."""
    body = "".join(_html(part) for part in parts_of(truth))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(truth.title)}</title><style>{style}</style>"
        "<script>var n = '本年新收政府信息公开申请数量 9 9 9 9 9 9 54';</script></head><body>"
        f"<nav><ul><li>首页</li><li>政务公开</li></ul></nav><div class='main'><div>{body}</div></div>"
        "<footer>浏览次数：<span>1203</span></footer></body></html>"
    )


def _html(part: str | Grid) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    rows = "".join("<tr>" + "".join(_td(cell) for cell in cells) + "</tr>" for cells in part)
    return f"<table>{rows}</table>"


def _td(cell: Any) -> str:
    return f"<td rowspan='{cell.rows}' colspan='{cell.columns}'><p><span>{escape(cell.text)}</span></p></td>"


def pdf_of(truth: Truth, style: str = RULED) -> bytes:
    """A printed report: long labels wrapped, page ends within table three, page numbers."""
    from weasyprint import HTML

    body = "".join(_html(part) for part in parts_of(truth))
    written: bytes = HTML(string=f"<style>{PAGE}{style}</style><body>{body}</body>").write_pdf()
    return written
