"""Likely causes, where the arithmetic points at one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.reports.enums import KINDS, Column, Relation, Row
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules.finding import Finding, last_place, number
from gongkai.reports.rules.quantities import SHARES, known
from gongkai.reports.rules.tables import parts_of
from gongkai.reports.rules.words import plain

_NEARBY = 5
_MOST_OFF = 2


def with_causes(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The same findings, failing ones with their likely cause where one is found."""
    out = list(findings)
    for step in (_misbooked, _one_cell, _denominator, _digits):
        out = step(reading, out)
    return out


def _failing(findings: Sequence[Finding], relation: Relation) -> list[Finding]:
    return [f for f in findings if f.relation is relation and not f.holds]


def _explain(findings: list[Finding], reasons: dict[int, str]) -> list[Finding]:
    return [f.because(reasons[id(f)]) if id(f) in reasons and not f.cause else f for f in findings]


def _misbooked(_: Reading, findings: list[Finding]) -> list[Finding]:
    """R1 off by opposite amounts in two kinds of applicant while 总计 holds: booked under the wrong column."""
    failing = [f for f in _failing(findings, Relation.R1) if "place" not in f.where]
    totals = [f for f in findings if f.relation is Relation.R1 and f.where.get("column") == Column.TOTAL.value]
    if len(failing) != _MOST_OFF or not totals or not totals[0].holds:
        return findings
    first, second = failing
    if first.difference is None or second.difference is None or first.difference + second.difference != 0:
        return findings
    short, over = (first, second) if first.difference < 0 else (second, first)
    amount = plain(abs(first.difference))
    reason = (
        f"疑有 {amount} 件办理时从“{Column(str(over.where['column'])).label}”错记到"
        f"“{Column(str(short.where['column'])).label}”：两列一多一少，总计列相符"
    )
    return _explain(findings, {id(first): reason, id(second): reason})


def _one_cell(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """One row (R3) and one column (R2) off by the same amount meet in one wrong cell."""
    rows = _failing(findings, Relation.R3)
    columns = [f for f in _failing(findings, Relation.R2) if f.where["column"] in {k.value for k in KINDS}]
    reasons: dict[int, str] = {}
    for row in rows:
        name = Row(str(row.where["row"]))
        if name not in parts_of(reading.three) or row.difference is None:
            continue
        for column in columns:
            if column.difference is None or row.difference + column.difference != 0:
                continue
            kind = Column(str(column.where["column"]))
            value = reading.three[name][kind].amount
            if value is None or value - row.difference < 0:
                continue
            right = number(plain(Decimal(value) - row.difference))
            reason = f"“{name.label}”的“{kind.label}”若为 {right}（现为 {number(value)}），行与列同时相符"
            reasons[id(row)] = reasons[id(column)] = reason
    return _explain(findings, reasons)


def _denominator(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """Printed shares that all fit one neighbouring denominator."""
    whole = known(reading, "answered")
    claims = [c for c in reading.claims if c.kind in SHARES and c.share and c.value is not None and not c.approximate]
    shares = [f for f in findings if not f.holds and str(f.where.get("claim", "")).endswith(".share")]
    failing = [f for f in shares if str(f.where["claim"]).removesuffix(".share") in SHARES]
    if whole is None or len(failing) < _MOST_OFF or len(claims) < _MOST_OFF + 1:
        return findings
    received = known(reading, "received")
    near = [whole + d for step in range(1, _NEARBY + 1) for d in (step, -step)]
    for guess in [*near, *([received] if received else [])]:
        if guess > 0 and all(_fits(c.value or Decimal(0), guess, c.share or "") for c in claims):
            off = number(plain(abs(guess - whole)))
            way = "多" if guess > whole else "少"
            reason = f"各项占比都像是以 {number(plain(guess))} 为分母算出的，比答复总数{way} {off}"
            return _explain(findings, {id(f): reason for f in failing})
    return findings


def _fits(part: Decimal, whole: Decimal, printed: str) -> bool:
    exact, place = part * 100 / whole, last_place(printed)
    return any(exact.quantize(place, rounding=way) == Decimal(printed) for way in (ROUND_HALF_UP, ROUND_DOWN))


def _digits(_: Reading, findings: list[Finding]) -> list[Finding]:
    """Both sides are made of the same digits in another order."""
    reasons: dict[int, str] = {}
    for f in findings:
        if f.holds or not isinstance(f.left, int) or not isinstance(f.right, int):
            continue
        left, right = str(f.left), str(f.right)
        if len(left) > 1 and left != right and sorted(left) == sorted(right):
            reasons[id(f)] = f"{number(f.left)} 与 {number(f.right)} 数字相同而次序不同，疑抄写颠倒"
    return _explain(findings, reasons)
