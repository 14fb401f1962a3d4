"""Reports side by side: years of one organ, or organs of one year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from gongkai.reports.enums import Item, Measure
from gongkai.reports.models import Report
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules.quantities import known, label, measured
from gongkai.reports.selectors.lines import ReportLine, line_of

MOST = 8
_COUNTS = ("received", "carried_in", "answered", "carried_over")
_GROUPS = ("granted", "partially_granted", "withheld", "unable", "not_processed", "other_handling")
_REMEDIES = ("reconsideration", "reconsideration_corrected", "litigation", "litigation_corrected")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One quantity over the reports compared; ``values`` are numbers or nothing, ``unit`` "" or "%"."""

    key: str
    label: str
    values: tuple[Decimal | None, ...]
    unit: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple("—" if v is None else f"{v:,}{self.unit}" for v in self.values)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reports and their quantities; ``mixed`` says that whole places and single organs stand side by side."""

    lines: tuple[ReportLine, ...]
    sections: tuple[tuple[str, tuple[ComparisonRow, ...]], ...]
    mixed: bool


def compare(slugs: Sequence[str]) -> Comparison:
    """The reports at those addresses, at most ``MOST``, in the order of year and organ. One query."""
    wanted = list(dict.fromkeys(slugs))[:MOST]
    reports = sorted(
        Report.objects.filter(slug__in=wanted).defer("source"), key=lambda r: (r.year, r.organ_name, r.scope)
    )
    readings = [r.figures for r in reports]
    counts = tuple(_row(kind, readings, partial(known, kind=kind)) for kind in (*_COUNTS, *_GROUPS))
    shares = tuple(_share_row(kind, readings) for kind in _GROUPS)
    remedies = tuple(_row(kind, readings, partial(known, kind=kind)) for kind in _REMEDIES)
    sections = (
        ("申请的收到和办理（件）", counts),
        ("各类结果占答复总数", shares),
        ("行政复议和行政诉讼（件）", remedies),
        ("行政规范性文件（件）", _documents(readings)),
        ("核对", _checks(reports)),
    )
    kept = tuple((name, _with_values(rows)) for name, rows in sections)
    lines = tuple(line_of(r) for r in reports)
    return Comparison(lines, tuple((n, rows) for n, rows in kept if rows), len({r.scope for r in reports}) > 1)


def _row(kind: str, readings: list[Reading], value: Callable[[Reading], Decimal | int | None]) -> ComparisonRow:
    found = (value(r) for r in readings)
    return ComparisonRow(kind, label(kind), tuple(None if v is None else Decimal(v) for v in found))


def _share_row(kind: str, readings: list[Reading]) -> ComparisonRow:
    return ComparisonRow(f"{kind}.share", label(kind), tuple(_share(r, kind) for r in readings), "%")


def _share(reading: Reading, kind: str) -> Decimal | None:
    part, whole = known(reading, kind), known(reading, "answered")
    if part is None or not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _documents(readings: list[Reading]) -> tuple[ComparisonRow, ...]:
    measures = (Measure.ISSUED, Measure.REPEALED, Measure.IN_FORCE, Measure.NEWLY_DISCLOSED, Measure.TOTAL_DISCLOSED)
    return tuple(
        ComparisonRow(
            f"normative_documents.{m.value}",
            m.label,
            tuple(None if (v := measured(r, Item.NORMATIVE_DOCUMENTS, m)) is None else Decimal(v) for r in readings),
        )
        for m in measures
    )


def _checks(reports: list[Report]) -> tuple[ComparisonRow, ...]:
    fields = (("checked", "核对处数"), ("errors", "错误"), ("warnings", "提醒"))
    return tuple(
        ComparisonRow(name, words, tuple(Decimal(getattr(r, name)) for r in reports)) for name, words in fields
    )


def _with_values(rows: tuple[ComparisonRow, ...]) -> tuple[ComparisonRow, ...]:
    return tuple(row for row in rows if any(v is not None for v in row.values))
