"""Readings and findings as plain objects for machines; names as in ``docs/reference/report-form.md``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gongkai.reports.enums import rows_of
from gongkai.reports.reading.model import Claim, Figure, Reading, Span
from gongkai.reports.rules.finding import Finding, Side


def report_object(reading: Reading, findings: Sequence[Finding], source: str = "") -> dict[str, Any]:
    """One report: organ, year, form, tables, relations (holding ones too), claims, what was not read."""
    return {
        "organ": reading.organ,
        "year": reading.year,
        "form": reading.form.value,
        "scope": reading.scope.value,
        "title": reading.title,
        "file": source,
        "tables": tables_object(reading),
        "relations": [relation_object(f) for f in findings],
        "claims": [claim_object(c) for c in reading.claims],
        "chapters": [h.chapter.value for h in reading.headings],
        "unread": [{"what": u.what, "text": u.text, "source": _span(u.span)} for u in reading.unread],
    }


def tables_object(reading: Reading) -> dict[str, Any]:
    """Tables two, three and four: row, then column; ``null`` where the cell is blank or was not read."""
    order = list(rows_of(reading.form))
    three = sorted(reading.three.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return {
        "two": {item.value: {m.value: _number(f) for m, f in cells.items()} for item, cells in reading.two.items()},
        "three": {row.value: {c.value: _number(f) for c, f in cells.items()} for row, cells in three},
        "four": {block.value: {r.value: _number(f) for r, f in cells.items()} for block, cells in reading.four.items()},
    }


def relation_object(finding: Finding) -> dict[str, Any]:
    """One comparison; ``severity`` is null when it holds."""
    difference = finding.difference
    return {
        "relation": finding.relation.value,
        "where": dict(finding.where),
        "left": _side(finding.left),
        "right": _side(finding.right),
        "difference": None if difference is None else _side(difference),
        "holds": finding.holds,
        "severity": finding.severity.value if finding.severity else None,
        "text": finding.text,
        "cause": finding.cause or None,
        "source": _span(finding.span),
    }


def claim_object(claim: Claim) -> dict[str, Any]:
    """A figure stated in words."""
    return {
        "kind": claim.kind,
        "value": _side(claim.value),
        "share": claim.share,
        "growth": claim.growth,
        "approximate": claim.approximate or None,
        "scope": claim.scope.value if claim.scope else None,
        "parts": [{"name": name, "value": _side(count), "share": share} for name, count, share in claim.parts],
        "source": _span(claim.span),
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None


def _number(figure: Figure) -> int | float | None:
    return _plain(figure.value)


def _side(side: Side) -> int | float | str | None:
    return side if isinstance(side, str) or side is None else _plain(side)


def _plain(value: int | Decimal | None) -> int | float | None:
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
