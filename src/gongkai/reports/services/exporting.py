"""A draft report as a Word file in the national form: the tables as counted, the words left to the organ."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell

from gongkai.papers import services as papers
from gongkai.reports.enums import GROUP_ROWS, TABLE_TWO, Block, Chapter, Column, Group, Item, Result, Row, rows_of
from gongkai.reports.reading.model import Figure, Reading
from gongkai.reports.rules.draft import form_of

BODY, HEADING, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
TITLE_SIZE, CELL_SIZE = 22, 10.5  # points
TO_WRITE = "（此处由编制单位填写。）"
ARTICLE = {
    "第二十条第（一）项": (Item.RULES, Item.NORMATIVE_DOCUMENTS),
    "第二十条第（五）项": (Item.LICENCES, Item.OTHER_EXTERNAL_SERVICES),
    "第二十条第（六）项": (Item.PENALTIES, Item.COERCIVE_MEASURES),
    "第二十条第（八）项": (Item.ADMINISTRATIVE_CHARGES,),
    "第二十条第（九）项": (Item.CENTRAL_PROCUREMENT,),
}
LEGAL = (Column.COMMERCIAL_ENTERPRISE, Column.OTHER)  # the first and the last of 法人或其他组织
NESTED = {row: group for group, rows in GROUP_ROWS.items() for row in rows if len(rows) > 1}


def draft_as_word(draft: Reading, *, remarks: Sequence[str] = ()) -> bytes:
    """The Word file. `remarks`: sentences for the last chapter that the program can say, such as that on fees."""
    document = Document()
    papers.official_page(document, grid=False)
    _line(document, draft.title, font=TITLE, centred=True)
    for chapter in Chapter:
        _line(document, chapter.label, font=HEADING)
        if chapter is Chapter.PROACTIVE:
            _table_two(document, draft)
        elif chapter is Chapter.APPLICATIONS:
            _table_three(document, draft)
        elif chapter is Chapter.REMEDIES:
            _table_four(document, draft)
        elif chapter is Chapter.OTHER_MATTERS and remarks:
            for text in remarks:
                _line(document, text)
        else:
            _line(document, TO_WRITE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(document: WordDocument, text: str, *, font: str = BODY, centred: bool = False) -> None:
    if centred:
        title = papers.official_line(document, text, font=font, size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
        title.paragraph_format.space_after = title.paragraph_format.line_spacing
    else:
        papers.official_line(document, text, font=font, indent=True)


def _table_two(document: WordDocument, draft: Reading) -> None:
    """One block for each item of article 20: its name, the heads of its columns, its rows."""
    measures = TABLE_TWO[form_of(draft.year or 0)]
    widest = max(len(columns) for columns in measures.values())
    table = _table(document, [44, *[110 / widest] * widest])
    for article, items in ARTICLE.items():
        present = [item for item in items if item in measures]
        if not present:
            continue
        _cells(table, [(article, 1 + widest)])
        heads = measures[present[0]]
        spans = [widest // len(heads)] * len(heads)
        spans[-1] += widest % len(heads)
        _cells(table, [("信息内容", 1), *((measure.label, span) for measure, span in zip(heads, spans, strict=True))])
        for item in present:
            told = [_text(draft.two[item][measure]) for measure in measures[item]]
            told += [""] * (len(heads) - len(told))
            _cells(table, [(item.label, 1), *zip(told, spans, strict=True)])
    _done(table)


def _table_three(document: WordDocument, draft: Reading) -> None:
    """Three columns of labels and seven of figures; the labels of a group and of the results stand once, merged."""
    table = _table(document, [10, 18, 44, *[12] * len(Column)])
    head = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    _cells(table, [(head, 3), ("申请人情况", 7)])
    _cells(table, [("", 3), (Column.NATURAL_PERSON.label, 1), ("法人或其他组织", 5), (Column.TOTAL.label, 1)])
    inner = list(Column)[list(Column).index(LEGAL[0]) : list(Column).index(LEGAL[1]) + 1]
    _cells(table, [("", 3), ("", 1), *((column.label, 1) for column in inner), ("", 1)])
    for place in (0, 3, 9):
        _down(table, place, 0 if place == 0 else 1, 2)
    first: dict[Group | str, int] = {}
    for row in rows_of(form_of(draft.year or 0)):
        group, place = NESTED.get(row), len(table.rows)
        result = row not in {Row.NEW_RECEIVED, Row.CARRIED_IN, Row.CARRIED_OVER}
        labels = [(row.label, 3)]
        if result:
            first.setdefault("results", place)
            labels = [("", 1), (row.label, 2)]
        if group and row is not Row.OTHER_HANDLING:
            first.setdefault(group, place)
            labels = [("", 1), ("", 1), (row.label, 1)]
        _cells(table, [*labels, *((_text(draft.three[row][column]), 1) for column in Column)])
    ends = {NESTED.get(row): place for place, row in enumerate(rows_of(form_of(draft.year or 0)), 3)}
    for name, place in first.items():
        if name == "results":
            _down(table, 0, place, len(table.rows) - 2, "三、本年度办理结果")
        elif isinstance(name, Group):
            _down(table, 1, place, ends[name], name.label)
    _done(table)


def _table_four(document: WordDocument, draft: Reading) -> None:
    """Fifteen columns, and one row of figures."""
    blocks, results = list(Block), list(Result)
    table = _table(document, [154 / 15] * 15)
    _cells(table, [(Block.ADMINISTRATIVE_RECONSIDERATION.label, 5), ("行政诉讼", 10)])
    _cells(table, [("", 5), *((block.label, 5) for block in blocks[1:])])
    _cells(table, [(result.label, 1) for _block in blocks for result in results])
    _cells(table, [(_text(draft.four[block][result]), 1) for block in blocks for result in results])
    _done(table)


def _table(document: WordDocument, widths: Iterable[float]) -> Table:
    """A table of so wide columns (millimetres) without a row yet."""
    columns = list(widths)
    table: Table = document.add_table(rows=0, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    return table


def _cells(table: Table, texts: Iterable[tuple[str, int]]) -> None:
    """A row: each text with the number of columns it spans."""
    cells = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx left it without types
    place = 0
    for text, span in texts:
        cell = cells[place] if span == 1 else cells[place].merge(cells[place + span - 1])
        _say(cell, text)
        place += span


def _say(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    papers.dress(paragraph.add_run(text), BODY, CELL_SIZE)


def _down(table: Table, column: int, first: int, last: int, text: str = "") -> None:
    """One cell of the column from the first row to the last."""
    cell = table.cell(first, column).merge(table.cell(last, column))
    said = text or next((part.text for part in cell.paragraphs if part.text), "")
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - merging leaves empty paragraphs behind
    for run in list(cell.paragraphs[0].runs):
        run._r.getparent().remove(run._r)  # noqa: SLF001 - as above
    _say(cell, said)


def _done(table: Table) -> None:
    """No row breaks over pages; the widths stand in every cell too, as Word wants them."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no other door
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width, cell.vertical_alignment = column.width, WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _text(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value}"
