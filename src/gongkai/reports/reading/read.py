"""From a text to the annual reports in it."""

from __future__ import annotations

import re

from gongkai.reports.enums import OTHER_2021, Column, Form, Row, Scope, rows_of
from gongkai.reports.reading.bars import join_bars
from gongkai.reports.reading.cells import cells_of, runs_of, unread
from gongkai.reports.reading.chapters import find_gaps, find_headings
from gongkai.reports.reading.claims import find_claims
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Reading, Remark, Span, Unread
from gongkai.reports.reading.noise import clean
from gongkai.reports.reading.remarks import find_remarks
from gongkai.reports.reading.segments import Segment, find_segments
from gongkai.reports.reading.table_four import read_table_four
from gongkai.reports.reading.table_three import Found, read_table_three
from gongkai.reports.reading.table_two import form_of, read_table_two

_WHOLE_ORGAN = re.compile(r"[省市区县旗州盟]$")
_OLD_LABEL = re.compile(r"(?:^|[\n\t|])[ ]*(规范性文件)[ ]*(?:$|[\n\t|\d])")
_LAST_NARRATIVE_YEAR = 2018


def read_text(text: str) -> list[Reading]:
    """The annual reports in the text, in the order in which they stand there; none when there is none.

    Offsets in the readings count characters of ``text``. Figures that cannot be read are ``None`` and named in
    ``unread``; nothing is guessed.
    """
    cleaned, dirt = clean(Mapped.of(text))
    cleaned = join_bars(cleaned)
    return [_read_segment(cleaned.slice(s.start, s.end), s, dirt) for s in find_segments(cleaned)]


def _read_segment(text: Mapped, segment: Segment, dirt: tuple[str, ...]) -> Reading:
    cells = cells_of(text)
    runs = list(runs_of(cells))
    three = read_table_three(runs, text, cells)
    four, four_unread = read_table_four(runs, text)
    two, two_unread, two_span = read_table_two(cells, runs, text)
    tables = [two_span, (three.start or 0, three.end or 0), _span_of_four(four, text)]
    tables = [t for t in tables if t[1] > t[0]]
    form = _form(segment.year, three, text.text, bool(two or four))
    headings = find_headings(text)
    prose = text.without(sorted(_merged(tables)))
    remarks = [Remark(kind, {}, None) for kind in dirt]
    remarks += [*find_remarks(text, segment), *find_gaps(text, headings, tables)]
    remarks += _labels(form, text, two_span)
    _complete(three, form, text)
    return Reading(
        title=segment.title,
        organ=segment.organ,
        year=segment.year,
        form=form,
        scope=_scope(segment.organ),
        three=three.rows,
        four=four,
        two=two,
        claims=find_claims(prose, segment.year),
        headings=headings,
        remarks=tuple(remarks),
        unread=(*two_unread, *three.unread, *four_unread, *_missing(form, three, bool(two), bool(four))),
        span=text.span(0, len(text)),
    )


def _span_of_four(four: object, text: Mapped) -> tuple[int, int]:
    spans = [f.span for row in four.values() for f in row.values() if f.span] if isinstance(four, dict) else []
    if not spans:
        return (0, 0)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    at = list(text.at)
    return (at.index(first), at.index(last - 1) + 1)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _labels(form: Form, text: Mapped, two: tuple[int, int]) -> list[Remark]:
    """Row names of an older form left in table two of form 2021."""
    match = _OLD_LABEL.search(text.text[two[0] : two[1]])
    if form is not Form.F2021 or match is None:
        return []
    span = text.span(two[0] + match.start(1), two[0] + match.end(1))
    return [Remark("label", {"printed": match[1]}, span)]


def _form(year: int | None, three: Found, words: str, tables: bool) -> Form:
    by_header = form_of(re.sub(r"\s+", "", words))
    if by_header is not None and (tables or three.rows):
        return by_header
    if three.rows:
        return Form.F2019 if Row.OTHER_HANDLING in three.rows else Form.F2021
    if tables:
        return Form.F2021 if year is None or year > _LAST_NARRATIVE_YEAR + 2 else Form.F2019
    return Form.NARRATIVE


def _scope(organ: str) -> Scope:
    """A report named after a place speaks for all its organs; one named after an organ for that organ."""
    return Scope.WHOLE if _WHOLE_ORGAN.search(organ) else Scope.ORGAN


def _complete(three: Found, form: Form, text: Mapped) -> None:
    """Rows of the form that were not found stand as unread; a one-row 其他处理 in form 2021 stays as found."""
    if not three.rows or form is Form.NARRATIVE:
        return
    split = any(row in three.rows for row in OTHER_2021)
    if split and Row.OTHER_HANDLING in three.rows:
        del three.rows[Row.OTHER_HANDLING]
        three.unread.append(Unread("表三“（六）其他处理”下一行的标签没有认出", ""))
    expected = rows_of(Form.F2019 if Row.OTHER_HANDLING in three.rows else form)
    for row in expected:
        if row not in three.rows:
            three.rows[row] = {column: unread() for column in Column}
            three.unread.append(Unread(f"表三“{row.label}”一行没有找到", ""))
    order = {row: place for place, row in enumerate(Row)}
    three.rows = dict(sorted(three.rows.items(), key=lambda pair: order[pair[0]]))


def _missing(form: Form, three: Found, two: bool, four: bool) -> list[Unread]:
    if form is Form.NARRATIVE:
        return []
    absent = (("表二", two), ("表三", bool(three.rows)), ("表四", four))
    return [Unread(f"{name}没有找到", "", Span(0, 0)) for name, found in absent if not found]
