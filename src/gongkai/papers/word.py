"""A paper as a Word file. Measures are those of GB/T 9704-2012: 22 lines of 28 characters a page."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from .rules import Paper, Slip, clean

BODY, TITLE, HEADINGS = "仿宋_GB2312", "方正小标宋简体", {1: "黑体", 2: "楷体_GB2312", 3: "仿宋_GB2312"}
LINE = Pt(28.95)
SIZE = 16  # points: 3号
TIGHTER = "-4"  # twentieths of a point between signs: 28 of 16 points fit in 156 mm
TITLE_SIZE = 22  # 2号
SLIP_COLUMNS = (Mm(44), Mm(112))
PAGE_NUMBER_SIZE = 14  # 4号
RED = RGBColor(0xE0, 0x00, 0x00)


def docx(paper: Paper) -> bytes:
    """The Word file; characters that XML cannot hold are left out."""
    document = Document()
    page(document)
    mark = line(document, paper.organ, font=TITLE, size=paper.mark_size, align=WD_ALIGN_PARAGRAPH.CENTER)
    mark.runs[0].font.color.rgb = RED
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _red_rule(mark)
    line(document, paper.number, align=WD_ALIGN_PARAGRAPH.RIGHT)
    line(document, "")
    line(document, paper.title, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    line(document, "")
    if paper.addressee:
        line(document, f"{paper.addressee}：")
    for part in paper.body:
        line(document, part.text, font=HEADINGS.get(part.level, BODY), indent=True)
    if paper.attachments:
        line(document, "")
        for text in paper.attachment_lines:
            line(document, text, indent=True)
    _signature(document, paper)
    for text in paper.notes:
        line(document, f"（{text}）", indent=True)
    if paper.slip:
        _slip(document, paper.slip)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(document: WordDocument, *, grid: bool = True) -> None:
    """The sheet, its margins, and the page's number between dashes; with `grid` every line, in tables too, is as high."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if grid:
        _grid(section)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _page_number(section.footer.paragraphs[0])


def _grid(section: Section) -> None:
    lines = OxmlElement("w:docGrid")
    lines.set(qn("w:type"), "lines")
    lines.set(qn("w:linePitch"), "579")
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx offers no other way
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.append(lines)  # noqa: SLF001


def line(
    document: WordDocument,
    text: str,
    *,
    font: str = BODY,
    size: int = SIZE,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
) -> WordParagraph:
    """A paragraph in official type, added at the end."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.widow_control = False
    if align is not None:
        paragraph.alignment = align
    if indent:
        shape.first_line_indent = Pt(2 * SIZE)
    dress(paragraph.add_run(clean(text)), font, size)
    return paragraph


def dress(run: Run, font: str, size: float) -> None:
    """The font for signs of every script, and the size in points."""
    run.font.name, run.font.size = font, Pt(size)
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the East Asian font has no other door
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        properties.get_or_add_rFonts().set(qn(attribute), font)
    if size == SIZE:
        properties.insert_element_before(_spacing(), "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _spacing() -> Any:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), TIGHTER)
    return spacing


def _signature(document: WordDocument, paper: Paper) -> None:
    """The organ's name above the day, centred on it, the day four characters from the edge (7.3.5); never without text."""
    last = document.paragraphs[-1]
    for above in (last, line(document, ""), line(document, "")):
        above.paragraph_format.keep_with_next = True
    width = len(paper.day) - 2  # six figures are half as wide as a character
    lean = max(0, (len(paper.organ) - width) // 2)
    organ = line(document, paper.organ, align=WD_ALIGN_PARAGRAPH.RIGHT)
    organ.paragraph_format.right_indent = Pt(SIZE * max(2, 4 - lean))
    day = line(document, paper.day, align=WD_ALIGN_PARAGRAPH.RIGHT)
    day.paragraph_format.right_indent = Pt(SIZE * max(4, 2 + lean))
    organ.paragraph_format.keep_with_next = True


def _slip(document: WordDocument, slip: Slip) -> None:
    """The form on a page of its own: title, rows with room for a hand, where to send it."""
    title = line(document, slip.title, font=TITLE, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.page_break_before = True
    line(document, "")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, SLIP_COLUMNS, strict=True):
        column.width = width
    for row in slip.rows:
        added = table.add_row()
        added.height = Pt(LINE.pt * row.lines)  # at least
        for cell, text in zip(added.cells, (row.label, row.text), strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            for place, words in enumerate(text.split("\n")):
                _in_cell(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), words)
    line(document, "")
    for text in slip.body:
        line(document, text, indent=True)


def _in_cell(paragraph: WordParagraph, text: str) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    dress(paragraph.add_run(clean(text)), BODY, SIZE)


def _red_rule(paragraph: WordParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "6"), ("color", "E00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx knows no borders


def _page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        dress(run, "宋体", PAGE_NUMBER_SIZE)
        if kind == "instr":
            field = OxmlElement("w:instrText")
            field.text = text
            run._r.append(field)  # noqa: SLF001
        elif kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)  # noqa: SLF001
