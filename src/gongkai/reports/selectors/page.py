"""One report as its public page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.reports.enums import GROUP_ROWS, Block, Column, Group, Item, Measure, Relation, Result, Row, Severity
from gongkai.reports.models import ReportFinding
from gongkai.reports.reading.model import Claim, Figure, Reading, State
from gongkai.reports.rules.quantities import label
from gongkai.reports.selectors.lines import ReportLine, line_of
from gongkai.reports.selectors.quotes import Part, Quote, parts_between, quotes
from gongkai.reports.selectors.stored import by_slug, source_text

_MAIN = (Row.NEW_RECEIVED, Row.CARRIED_IN, Row.HANDLED_TOTAL, Row.CARRIED_OVER)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as shown: its figure with thousands parted, whether a failing relation points at it."""

    text: str
    nought: bool = False
    wrong: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its label, the label of its group when it opens one (and how many rows that has), cells."""

    label: str
    cells: tuple[Cell, ...]
    strong: bool = False
    single: bool = False
    group: str = ""
    group_rows: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of table two under one header."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A figure stated in words, in our words."""

    label: str
    value: str
    share: str
    growth: str
    parts: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One comparison for the page."""

    relation: str
    relation_label: str
    severity: str
    severity_label: str
    text: str
    cause: str
    holds: bool
    start: int | None
    end: int | None
    in_words: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page of one report shows."""

    line: ReportLine
    title: str
    version: int
    note: str
    file_name: str
    has_text: bool
    main: dict[str, int | None]
    three: tuple[Line, ...]
    four: tuple[tuple[str, tuple[Cell, ...]], ...]
    two: tuple[Stretch, ...]
    sayings: tuple[Saying, ...]
    unread: tuple[tuple[str, str], ...]
    wrong: tuple[Verdict, ...]
    held: tuple[tuple[str, str, tuple[Verdict, ...]], ...]
    quoted: tuple[Quote, ...] = field(default_factory=tuple)


def page_of(slug: str) -> ReportPage | None:
    """The report at an address; four queries."""
    report = by_slug(slug)
    if report is None:
        return None
    reading = report.figures
    stored = list(ReportFinding.objects.filter(report=report))
    verdicts = [_verdict(f) for f in stored]
    wrong = sorted((v for v in verdicts if not v.holds), key=lambda v: list(Severity).index(Severity(v.severity)))
    text = source_text(report)
    quoted, plain = quotes(text, wrong, [v for v in verdicts if v.holds]) if text else ((), tuple(wrong))
    failing = [f for f in stored if not f.holds and f.severity != Severity.INFORMATION]
    return ReportPage(
        line=line_of(report),
        title=report.title,
        version=report.version,
        note=report.source_note,
        file_name=report.source.name if report.source else "",
        has_text=bool(text),
        main={
            "new_received": report.new_received,
            "carried_in": report.carried_in,
            "handled_total": report.handled_total,
            "carried_over": report.carried_over,
        },
        three=_three(reading, failing),
        four=_four(reading, failing),
        two=_two(reading, failing),
        sayings=tuple(_saying(c) for c in reading.claims if c.kind != "list"),
        unread=tuple((u.what, u.text) for u in reading.unread),
        wrong=plain,
        held=_held(verdicts),
        quoted=quoted,
    )


def text_parts(slug: str) -> tuple[ReportLine, list[Part]] | None:
    """The kept text of a report in parts, findings marked in their places; nothing when no text is kept."""
    report = by_slug(slug)
    if report is None or report.source_id is None:
        return None
    span = report.figures.span
    verdicts = [_verdict(f) for f in ReportFinding.objects.filter(report=report, holds=False)]
    return line_of(report), parts_between(source_text(report), verdicts, span.start, span.end)


def _verdict(finding: ReportFinding) -> Verdict:
    severity = Severity(finding.severity) if finding.severity else None
    return Verdict(
        relation=finding.relation,
        relation_label=Relation(finding.relation).label,
        severity=severity.value if severity else "",
        severity_label=severity.label if severity else "",
        text=finding.text,
        cause=finding.cause,
        holds=finding.holds,
        start=finding.start,
        end=finding.end,
        in_words="claim" in finding.where or finding.relation in ("leftover", "numbering", "statute", "source"),
    )


def _held(verdicts: list[Verdict]) -> tuple[tuple[str, str, tuple[Verdict, ...]], ...]:
    """The comparisons that hold, by relation."""
    groups = [(r, tuple(v for v in verdicts if v.holds and v.relation == r.value)) for r in Relation]
    return tuple((r.value, r.label, found) for r, found in groups if found)


def shown(value: int | Decimal | None, state: State = State.READ) -> str:
    """A figure as a reader expects it: thousands parted, a blank as a dash, an unread cell as a question mark."""
    if value is None:
        return "？" if state is State.UNREAD else "—"
    return f"{value:,}"


def _cell(figure: Figure, *, wrong: bool = False, total: bool = False) -> Cell:
    return Cell(shown(figure.value, figure.state), not figure.value, wrong, total)


def _where(failing: list[ReportFinding], **place: str) -> bool:
    return any(all(f.where.get(key) == value for key, value in place.items()) for f in failing)


def _three(reading: Reading, failing: list[ReportFinding]) -> tuple[Line, ...]:
    columns = {c for c in Column if any(_where(_only(failing, r), column=c.value) for r in ("R1", "R2"))}
    rows = {r for r in Row if _where(_only(failing, "R3"), row=r.value)}
    carried = {c for c in Column if _where(_only(failing, "R5"), column=c.value)}
    groups = {row: group for group, members in GROUP_ROWS.items() for row in members}
    lines: list[Line] = []
    seen: set[Group] = set()
    for row, figures in reading.three.items():
        group = groups.get(row)
        members = [r for r in GROUP_ROWS[group] if r in reading.three] if group else []
        cells = tuple(
            _cell(f, wrong=_is_wrong(row, column, columns, rows, carried), total=column is Column.TOTAL)
            for column, f in figures.items()
        )
        single = len(members) < 2
        opens = group is not None and not single and group not in seen
        if group:
            seen.add(group)
        lines.append(
            Line(
                label=_row_label(row),
                cells=cells,
                strong=row in _MAIN,
                single=single,
                group=group.label if opens and group else "",
                group_rows=len(members) if opens else 0,
            )
        )
    return tuple(lines)


def _row_label(row: Row) -> str:
    return "（二）部分公开" if row is Row.PARTIALLY_GRANTED else row.label


def _only(failing: list[ReportFinding], relation: str) -> list[ReportFinding]:
    return [f for f in failing if f.relation == relation and "place" not in f.where]


def _is_wrong(row: Row, column: Column, columns: set[Column], rows: set[Row], carried: set[Column]) -> bool:
    if column in columns and row in _MAIN:
        return True
    if row in rows and column is Column.TOTAL:
        return True
    return row is Row.CARRIED_IN and column in carried


def _four(reading: Reading, failing: list[ReportFinding]) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    return tuple(
        (
            block.label,
            tuple(
                _cell(
                    figure,
                    wrong=result is Result.TOTAL and _where(_only(failing, "R4"), block=block.value),
                    total=result is Result.TOTAL,
                )
                for result, figure in figures.items()
            ),
        )
        for block, figures in sorted(reading.four.items(), key=lambda pair: list(Block).index(pair[0]))
    )


def _two(reading: Reading, failing: list[ReportFinding]) -> tuple[Stretch, ...]:
    stretches: list[tuple[tuple[Measure, ...], list[Line]]] = []
    for item in Item:
        figures = reading.two.get(item)
        if figures is None:
            continue
        heads = tuple(figures)
        wrong = [f for f in failing if f.where.get("row") == item.value]
        cells = tuple(_cell(f, wrong=_in_table_two(wrong, measure)) for measure, f in figures.items())
        if not stretches or stretches[-1][0] != heads:
            stretches.append((heads, []))
        stretches[-1][1].append(Line(item.label, cells))
    return tuple(Stretch(tuple(m.label for m in heads), tuple(lines)) for heads, lines in stretches)


_POINTS_AT = {"R6": (Measure.IN_FORCE, Measure.TOTAL_DISCLOSED), "R7": (Measure.PREVIOUS_ITEMS,)}


def _in_table_two(failing: list[ReportFinding], measure: Measure) -> bool:
    return any(f.where.get("column") == measure.value or measure in _POINTS_AT.get(f.relation, ()) for f in failing)


def _saying(claim: Claim) -> Saying:
    names = {
        "already_public": "已主动公开",
        "granted": "同意公开",
        "partially_granted": "部分公开",
        "withheld": "不同意公开",
    }
    names |= {
        "non_existent": "信息不存在",
        "not_competent": "非本机关公开",
        "supplement_told": "告知补正",
        "other_way": "其他途径",
    }
    parts = "、".join(
        f"{names.get(n, n)} {shown(c)}" + (f"（{s}%）" if s else "") for n, c, s in claim.parts if n != "change"
    )
    value = shown(claim.value) if claim.value is not None else ""
    return Saying(
        label=label(claim.kind),
        value=f"{value}（约数）" if claim.approximate else value,
        share=f"{claim.share}%" if claim.share else "",
        growth=f"{claim.growth}%" if claim.growth else "",
        parts=parts,
    )
