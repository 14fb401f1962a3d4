"""The bulletin of a quarter: what was brought and what ended, by cause and by organ, as figures and as a paper. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.disputes.enums import Cause, Kind, Result
from gongkai.papers.rules import Paper, Paragraph

MONTHS = 3
ORDINALS = "一二三四"


@dataclass(frozen=True)
class Told:
    """What the bulletin needs to know of a dispute."""

    number: str
    organ: str
    kind: Kind
    cause: Cause
    filed_on: date
    result: str
    result_on: date | None
    lesson: str


@dataclass(frozen=True)
class Line:
    """One row of figures: filed, and concluded by result."""

    label: str
    filed: int
    concluded: int
    corrected: int


@dataclass(frozen=True)
class Bulletin:
    """A quarter's figures, and the lessons of what ended in it."""

    year: int
    quarter: int
    total: Line
    by_kind: tuple[Line, ...]
    by_cause: tuple[Line, ...]
    by_organ: tuple[Line, ...]
    lessons: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.year}年第{ORDINALS[self.quarter - 1]}季度政府信息公开行政复议、行政诉讼情况通报"


def span(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(year, MONTHS * quarter - MONTHS + 1, 1)
    after = date(year + 1, 1, 1) if quarter == len(ORDINALS) else date(year, MONTHS * quarter + 1, 1)
    return first, after - timedelta(1)


def bulletin(rows: Sequence[Told], year: int, quarter: int) -> Bulletin:
    """The figures of a quarter; what neither began nor ended in it is left out."""
    first, last = span(year, quarter)

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    found = [row for row in rows if within(row.filed_on) or within(row.result_on)]

    def line(label: str, of: Iterable[Told]) -> Line:
        counted: Counter[str] = Counter()
        for row in of:
            counted["filed"] += within(row.filed_on)
            counted["concluded"] += within(row.result_on)
            counted["corrected"] += within(row.result_on) and row.result == Result.CORRECTED.value
        return Line(label, counted["filed"], counted["concluded"], counted["corrected"])

    organs = sorted({row.organ for row in found})
    by_organ = [line(organ, [row for row in found if row.organ == organ]) for organ in organs]
    return Bulletin(
        year=year,
        quarter=quarter,
        total=line("合计", found),
        by_kind=tuple(line(kind.label, [row for row in found if row.kind is kind]) for kind in Kind),
        by_cause=tuple(
            line(cause.label, of) for cause in Cause if (of := [row for row in found if row.cause is cause])
        ),
        by_organ=tuple(sorted(by_organ, key=lambda one: (-one.corrected, -one.filed))),
        lessons=tuple((row.number, row.lesson) for row in found if within(row.result_on) and row.lesson),
    )


def _sentence(line: Line) -> str:
    return f"{line.label}：新收{line.filed}件，审结{line.concluded}件，其中结果纠正{line.corrected}件。"


def paper(found: Bulletin, *, organ: str, on: date) -> Paper:
    """The bulletin as a paper of the competent department to the organs below it."""
    total = found.total
    opening = (
        f"{found.year}年第{ORDINALS[found.quarter - 1]}季度，全区政府信息公开行政复议、行政诉讼案件新收{total.filed}件，"
        f"审结{total.concluded}件，其中结果纠正{total.corrected}件。"
    )
    body = [Paragraph("一、总体情况", 1), Paragraph(opening), *(Paragraph(_sentence(line)) for line in found.by_kind)]
    for heading, lines in (("二、争议原因", found.by_cause), ("三、被申请（被告）机关", found.by_organ)):
        body.append(Paragraph(heading, 1))
        body += [Paragraph(_sentence(line)) for line in lines] or [Paragraph("本季度没有案件。")]
    body.append(Paragraph("四、经验教训", 1))
    told = [Paragraph(f"{place}. {lesson}") for place, (_number, lesson) in enumerate(found.lessons, 1)]
    body += told or [Paragraph("本季度审结的案件没有登记经验教训。")]
    return Paper(organ, "", found.title, "各有关机关", tuple(body), on)
