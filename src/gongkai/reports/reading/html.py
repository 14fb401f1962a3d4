"""Web pages: visible text in reading order, data tables as tab-separated rows."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from gongkai.reports.reading.grid import as_text, expand
from gongkai.reports.reading.numbers import parse_count

_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "select", "option"})
_BLOCKS = frozenset(
    "p div section article header footer main aside nav ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table tr td th thead"  # noqa: SIM905
    " tbody tfoot caption blockquote pre form fieldset figure figcaption hr address center".split()
)
_BOXES = frozenset({"div", "section", "ul", "ol", "dl"})
_FEWEST_ROWS = 4
_MOST_WRAPPED = 6
_LONGEST_CELL = 300
_DEEPEST = 400


def html_text(markup: str) -> str:
    """The text of a page. Scripts, styles and forms' options are left out; spans of cells are honoured."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(markup, "lxml")
    out: list[str] = []
    _walk(soup.body or soup, out, 0)
    lines = (line.strip(" \r") for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _walk(node: Tag, out: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        out.append(node.get_text(" "))
        return
    for child in node.children:
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString):
            out.append(" ".join(str(child).split()) if child.strip() else " " if str(child) else "")
        elif isinstance(child, Tag) and child.name not in _SKIPPED:
            _element(child, out, depth)


def _element(tag: Tag, out: list[str], depth: int) -> None:
    if tag.name == "br":
        out.append("\n")
    elif tag.name == "table" and (grid := _data_table(tag)) is not None:
        out.append(f"\n{as_text(grid)}\n")
    elif tag.name in _BOXES and (boxes := _box_table(tag)) is not None:
        out.append("".join(f"\n{as_text([row])}" for row in boxes) + "\n")
    else:
        block = tag.name in _BLOCKS
        out.append("\n" if block else "")
        _walk(tag, out, depth + 1)
        out.append("\n" if block else "")


def _data_table(table: Tag) -> list[list[str]] | None:
    """The grid of a table of data; none for one that only lays out the page."""
    if table.find("table") is not None:
        return None
    rows = [
        [(cell.get_text("\n"), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]
    if max((len(r) for r in rows), default=0) < 2:
        return None
    if any(len(text) > _LONGEST_CELL for row in rows for text, _, _ in row):
        return None
    caption = table.find("caption")
    grid = expand(rows)
    return [[caption.get_text(" ", strip=True)], *grid] if caption else grid


def _box_table(tag: Tag) -> list[list[str]] | None:
    """The rows of a table made of boxes: children that each hold a row of boxes, some with figures or nothing in them."""
    rows = [_row_of_boxes(child) for child in _elements(tag)]
    filled = [row for row in rows if row]
    if len(filled) < _FEWEST_ROWS or len(filled) < len(rows) or 2 * sum(len(r) > 1 for r in filled) < len(filled):
        return None
    figures = sum(1 for row in filled for text in row if parse_count(text) is not None)
    return filled if figures >= _FEWEST_ROWS else None


def _row_of_boxes(tag: Tag) -> list[str]:
    """The texts of a row's boxes; of a box alone its own; nothing when it is more than a row."""
    boxes = _elements(tag)
    if not boxes or _is_box(tag):
        return [tag.get_text().strip()] if _is_box(tag) else []
    return [box.get_text().strip() for box in boxes] if all(_is_box(box) for box in boxes) else []


def _is_box(tag: Tag) -> bool:
    """A box holds text, wrapped a few times at most, and no boxes side by side."""
    for _ in range(_MOST_WRAPPED):
        inner = _elements(tag)
        if tag.name in _SKIPPED or len(inner) > 1:
            return False
        if not inner:
            return len(tag.get_text()) <= _LONGEST_CELL
        if any(isinstance(child, NavigableString) and child.strip() for child in tag.children):
            return False
        tag = inner[0]
    return False


def _elements(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return int(value) if value.isdigit() and len(value) < 6 else 1
