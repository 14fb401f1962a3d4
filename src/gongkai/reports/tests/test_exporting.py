"""A draft report as a Word file says what the draft says: the reader of reports reads it back."""

from __future__ import annotations

import io
from random import Random

import pytest
from docx import Document

from gongkai.reports.enums import Block, Chapter, Column, Result, Row, rows_of
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules.check import check
from gongkai.reports.rules.draft import draft, entries, form_of
from gongkai.reports.services.exporting import TO_WRITE, draft_as_word

ORGAN = "上海市虹口区民政局"


def a_draft(year: int, *, blank: bool = False) -> Reading:
    """Figures that add up nowhere, each another: a figure in the wrong cell would show."""
    chance = Random(year)
    return draft(
        organ=ORGAN,
        year=year,
        three={row.value: {column.value: chance.randrange(900) for column in Column} for row in rows_of(form_of(year))},
        four={block.value: {result.value: chance.randrange(90) for result in Result} for block in Block},
        entered={} if blank else {(f"two-{one.row}", one.column): chance.randrange(99) for one in entries(year)},
    )


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_the_reader_finds_every_figure_where_it_stands(year: int) -> None:
    made = a_draft(year)
    (read,) = read_document(document_of("a.docx", draft_as_word(made)))
    assert (read.organ, read.year, read.form, read.unread) == (ORGAN, year, made.form, ())
    for mine, theirs in ((made.two, read.two), (made.three, read.three), (made.four, read.four)):
        assert {row: {column: figure.value for column, figure in cells.items()} for row, cells in theirs.items()} == {
            row: {column: figure.value for column, figure in cells.items()} for row, cells in mine.items()
        }
    assert [heading.chapter for heading in read.headings] == list(Chapter)


def test_what_nobody_has_entered_stands_blank_and_the_words_are_left_to_the_organ() -> None:
    file = Document(io.BytesIO(draft_as_word(a_draft(2025, blank=True), remarks=["信息处理费：没有收取。"])))
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert texts.count(TO_WRITE) == 2
    assert texts[-2:] == [Chapter.OTHER_MATTERS.label, "信息处理费：没有收取。"]
    two = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert ["规章", "", "", ""] in two
    three = [row.cells for row in file.tables[1].rows]
    held = [cells for cells in three if Row.WITHHELD_STATE_SECRET.label in cells[2].text]
    assert [cell.text for cell in held[0][:2]] == ["三、本年度办理结果", "（三）不予公开"]


def test_a_report_that_adds_up_passes_the_checks_once_it_is_read_back() -> None:
    nought = {column.value: 0 for column in Column}
    three = {row.value: dict(nought) for row in rows_of(form_of(2025))}
    for row in (Row.NEW_RECEIVED, Row.GRANTED, Row.HANDLED_TOTAL):
        three[row.value] |= {"natural_person": 3, "total": 3}
    four = {block.value: {result.value: 0 for result in Result} for block in Block}
    made = draft(
        organ=ORGAN, year=2025, three=three, four=four, entered={(f"two-{e.row}", e.column): 1 for e in entries(2025)}
    )
    (read,) = read_document(document_of("a.docx", draft_as_word(made)))
    assert [f.text for f in check(read) if not f.holds and f.relation.value.startswith("R")] == []
