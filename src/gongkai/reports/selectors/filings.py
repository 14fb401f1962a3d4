"""Uploaded reports on their way to publication, as a reviewer sees them: figures beside the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.accounts.rules import Standing
from gongkai.reports.enums import Column, FilingState, Scope
from gongkai.reports.filing import READERS
from gongkai.reports.models import Correction, Filing, Report
from gongkai.reports.reading.model import Figure, Reading, State
from gongkai.reports.rules.check import check, failing
from gongkai.reports.rules.corrections import Place
from gongkai.reports.rules.finding import Finding

from .page import shown
from .stored import key_of, standing

AROUND = 60  # signs of the source shown on either side of a figure


@dataclass(frozen=True, slots=True)
class ReviewCell:
    """One figure: as shown, how it was found, the address of its cell, and whether a person set it."""

    place: str
    text: str
    unread: bool
    corrected: bool
    quote: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One row of a table."""

    label: str
    cells: tuple[ReviewCell, ...]


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """One table of the report: its heading, its columns (empty where each row has its own), its rows."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a reviewer needs on one page."""

    filing: Filing
    reading: Reading
    tables: tuple[ReviewTable, ...]
    checked: int
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    source: str
    replaces: Report | None


def filings(reader: Standing, *, state: FilingState | None = None) -> QuerySet[Filing]:
    """The uploads of the organs for which the reader handles reports, the newest first; their texts are not loaded."""
    found = Filing.objects.filter(organ__in=reader.organs_where(*READERS))
    found = found.select_related("source").defer("source__text", "original")
    return found.filter(state=state.value) if state else found


def filing(reader: Standing, pk: int) -> Filing | None:
    """One upload, if the reader may see it."""
    return filings(reader).filter(pk=pk).first()


def review_of(found: Filing) -> Review:
    """The figures with their places in the source, what the checks say, what has been set right."""
    reading, text = found.figures, found.source.text
    corrections = tuple(found.corrections.all())
    set_right = {Place(one.table, one.row, one.column).text for one in corrections}
    before = (
        Report.objects.filter(organ_key=key_of(reading.organ), scope=reading.scope.value, year=reading.year - 1).first()
        if reading.year
        else None
    )
    findings = check(reading, before.figures if before else None)
    return Review(
        filing=found,
        reading=reading,
        tables=tuple(_tables(reading, text, set_right)),
        checked=len(findings),
        findings=tuple(failing(findings)),
        corrections=corrections,
        source=text[reading.span.start : reading.span.end] or text,
        replaces=standing(reading) if reading.scope is Scope.ORGAN or reading.year else None,
    )


def _tables(reading: Reading, text: str, set_right: set[str]) -> Iterator[ReviewTable]:
    def line(table: str, row: str, label: str, cells: dict[str, Figure]) -> ReviewLine:
        return ReviewLine(
            label, tuple(_cell(Place(table, row, name), figure, text, set_right) for name, figure in cells.items())
        )

    if reading.three:
        columns = tuple(column.label for column in Column)
        rows = [
            line("three", r.value, r.label, {c.value: f for c, f in cells.items()})
            for r, cells in reading.three.items()
        ]
        yield ReviewTable("表三　收到和处理政府信息公开申请情况", columns, tuple(rows))
    if reading.four:
        columns = tuple(result.label for result in next(iter(reading.four.values())))
        rows = [
            line("four", b.value, b.label, {r.value: f for r, f in cells.items()}) for b, cells in reading.four.items()
        ]
        yield ReviewTable("表四　政府信息公开行政复议、行政诉讼情况", columns, tuple(rows))
    if reading.two:
        rows = [
            line("two", item.value, f"{item.label}：{measure.label}", {measure.value: figure})
            for item, cells in reading.two.items()
            for measure, figure in cells.items()
        ]
        yield ReviewTable("表二　主动公开政府信息情况", ("数值",), tuple(rows))


def _cell(where: Place, figure: Figure, text: str, set_right: set[str]) -> ReviewCell:
    span = figure.span
    quote = None
    if span is not None:
        start = max(0, span.start - AROUND)
        quote = (text[start : span.start], text[span.start : span.end], text[span.end : span.end + AROUND])
    unread = figure.state is State.UNREAD
    return ReviewCell(where.text, shown(figure.value, figure.state), unread, where.text in set_right, quote)


def cell_of(review: Review, place: str) -> ReviewCell | None:
    """One cell of the review by its address."""
    cells = (cell for table in review.tables for line in table.lines for cell in line.cells)
    return next((cell for cell in cells if cell.place == place), None)
