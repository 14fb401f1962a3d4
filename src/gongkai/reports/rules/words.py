"""R9 and R10: the words against the tables, and the words against themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.reports.enums import Item, Measure, Relation, Row, Scope, Severity
from gongkai.reports.reading.model import Claim, Reading
from gongkai.reports.rules.finding import Finding, compare, last_place, number, percentage
from gongkai.reports.rules.quantities import SHARES, claimed, known, label, measured, row_total, tabled

_NEAR = Decimal("0.1")
_AT_LEAST = ("余", "多", "超", "逾")
_AT_MOST = ("近", "将", "接", "不足")
_DOCUMENTS = frozenset({"rules", "normative_documents", "normative_documents_total", "normative_documents_in_force"})
_OPENED = ("already_public", "granted", "partially_granted")


def word_findings(reading: Reading) -> Iterator[Finding]:
    """Each claim that something else in the report can confirm or contradict."""
    for claim in reading.claims:
        yield from _count(reading, claim)
        yield from _share(reading, claim)
        yield from _list(reading, claim)
        yield from _items(reading, claim)
    yield from _balance(reading)


def _count(reading: Reading, claim: Claim) -> Iterator[Finding]:
    right = tabled(reading, claim.kind)
    if right is None or claim.value is None or not _same_scope(reading, claim):
        return
    where: dict[str, str | int] = {"claim": claim.kind}
    value = plain(claim.value)
    said = f"文字称{label(claim.kind)} {number(value)}{'（约数）' if claim.approximate else ''}"
    if claim.approximate:
        holds = _roughly(claim, right)
        severity = None if holds else Severity.WARNING
        text = f"{said}，表格为 {number(plain(right))}，{'可以相符' if holds else '出入较大，请核对'}。"
        yield Finding(Relation.R9, where, value, plain(right), holds, text, severity, "", claim.span)
        return
    right, note = _alternative(reading, claim, right)
    severity = _severity(reading, claim)
    verdict = f"与表格相符{note}。" if claim.value == right else f"表格为 {number(plain(right))}，两处不一致，请核对。"
    yield compare(Relation.R9, where, value, plain(right), f"{said}，{verdict}", severity=severity, span=claim.span)


def _alternative(reading: Reading, claim: Claim, right: Decimal) -> tuple[Decimal, str]:
    """Some reports count what was carried in among what was received."""
    carried = row_total(reading, Row.CARRIED_IN)
    if claim.kind == "received" and carried and claim.value == right + carried:
        return right + carried, "（含上年结转）"
    return right, ""


def _severity(reading: Reading, claim: Claim) -> Severity:
    if claim.scope is Scope.WHOLE and reading.scope is Scope.ORGAN:
        return Severity.INFORMATION
    return Severity.WARNING if claim.kind in _DOCUMENTS else Severity.ERROR


def _same_scope(reading: Reading, claim: Claim) -> bool:
    """A part's figure is not held against the whole's, nor a figure that another of its kind already confirms."""
    if claim.scope is Scope.ORGAN and reading.scope is Scope.WHOLE:
        return False
    right = tabled(reading, claim.kind)
    if claim.value == right or claim.approximate:
        return True
    rivals = [c for c in reading.claims if c.kind == claim.kind and c is not claim]
    return not any(c.value == right and not c.approximate for c in rivals)


def _roughly(claim: Claim, exact: Decimal) -> bool:
    value = claim.value or Decimal(0)
    if abs(value - exact) > max(value, exact) * _NEAR:
        return False
    if claim.approximate.startswith(_AT_LEAST) or claim.approximate.endswith(_AT_LEAST):
        return exact >= value
    return exact <= value if claim.approximate.startswith(_AT_MOST) else True


def _share(reading: Reading, claim: Claim) -> Iterator[Finding]:
    if claim.share is None or claim.kind not in SHARES or claim.approximate or claim.value is None:
        return
    whole = known(reading, "answered")
    if not whole:
        return
    right = percentage(claim.value, whole, claim.share)
    text = _share_text(
        f"文字称{label(claim.kind)} {number(plain(claim.value))} 件", claim.share, right, claim.value, whole
    )
    yield _shares(claim.kind, claim.share, right, text, claim)


def _share_text(said: str, printed: str, right: str, part: Decimal, whole: Decimal) -> str:
    working = f"{number(plain(part))} ÷ {number(plain(whole))}"
    if printed == right:
        return f"{said}，占 {printed}%，由 {working} 算得相符。"
    return f"{said}，占 {printed}%；{working} 应为 {right}%。"


def _shares(kind: str, printed: str, right: str, text: str, claim: Claim, **where: str) -> Finding:
    off = abs(Decimal(printed) - Decimal(right))
    severity = Severity.WARNING if off <= last_place(printed) else Severity.ERROR
    place = claim.share_span or claim.span
    return compare(
        Relation.R9, {"claim": f"{kind}.share", **where}, printed, right, text, severity=severity, span=place
    )


def _list(reading: Reading, claim: Claim) -> Iterator[Finding]:
    if claim.kind == "channels":
        yield from _parts(claim, known(reading, "received"), "各渠道申请量", "收到申请")
    elif claim.kind == "outcomes":
        yield from _parts(claim, known(reading, "answered"), "各类办理结果", "答复（办结）")
        yield from _open_rate(claim)
    elif claim.kind == "leading_organs" and claim.share and (whole := known(reading, "received")):
        part = sum((count for _, count, _ in claim.parts), Decimal(0))
        right = percentage(part, whole, claim.share)
        text = _share_text(
            f"居前 {len(claim.parts)} 位的单位共 {number(plain(part))} 件", claim.share, right, part, whole
        )
        yield _shares("leading_organs", claim.share, right, text, claim)
    elif claim.kind == "list" and claim.value is not None:
        yield from _among(claim)


def _parts(claim: Claim, whole: Decimal | None, names: str, whole_name: str) -> Iterator[Finding]:
    if whole is None:
        return
    summed = sum((count for _, count, _ in claim.parts), Decimal(0))
    working = " + ".join(number(plain(count)) for _, count, _ in claim.parts)
    text = f"{names} {working} = {number(plain(summed))}，{whole_name}为 {number(plain(whole))}"
    text += "，相符。" if summed == whole else f"，相差 {number(plain(abs(summed - whole)))}，请核对。"
    yield compare(Relation.R9, {"claim": claim.kind}, plain(summed), plain(whole), text, span=claim.span)
    for name, count, share in claim.parts:
        if share and whole:
            right = percentage(count, whole, share)
            said = _share_text(f"文字称“{name}”{number(plain(count))} 件", share, right, count, whole)
            yield _shares(claim.kind, share, right, said, claim, part=name)


def _open_rate(claim: Claim) -> Iterator[Finding]:
    """实际公开比例: disclosed of all that could be decided either way (reports before 2019)."""
    if claim.share is None:
        return
    counts = {name: count for name, count, _ in claim.parts}
    opened = sum((counts.get(name, Decimal(0)) for name in _OPENED), Decimal(0))
    whole = opened + counts.get("withheld", Decimal(0))
    if whole:
        right = percentage(opened, whole, claim.share)
        text = _share_text(f"实际公开 {number(plain(opened))} 件", claim.share, right, opened, whole)
        yield _shares("open_rate", claim.share, right, text, claim)


def _among(claim: Claim) -> Iterator[Finding]:
    value = claim.value or Decimal(0)
    summed = sum((count for _, count, _ in claim.parts), Decimal(0))
    working = " + ".join(number(plain(count)) for _, count, _ in claim.parts)
    where: dict[str, str | int] = {"claim": "list", "place": claim.span.start if claim.span else 0}
    text = f"所列分项 {working} = {number(plain(summed))}，总数为 {number(plain(value))}"
    if claim.approximate or (summed < value and not claim.exhaustive):
        return
    severity = Severity.ERROR if claim.exhaustive else Severity.INFORMATION
    text += "，相符。" if summed == value else "，两者不符，请核对。"
    yield compare(Relation.R9, where, plain(summed), plain(value), text, severity=severity, span=claim.span)


def _items(reading: Reading, claim: Claim) -> Iterator[Finding]:
    """Form 2019: “…项，比上年减少…项” against 本年增/减 of table two; and R10, a rate against its numbers."""
    if claim.kind.endswith("_items") and claim.parts:
        item = Item(claim.kind.removesuffix("_items"))
        change = measured(reading, item, Measure.CHANGE)
        if change is not None:
            left = plain(claim.parts[0][1])
            text = f"文字称{label(claim.kind)}比上年增减 {left:+d}，表二“本年增/减”为 {int(change):+d}"
            text += "，相符。" if left == change else "，增减方向或数目不一致，请核对。"
            yield compare(Relation.R9, {"claim": f"{claim.kind}.change"}, left, int(change), text, span=claim.span)
    if claim.kind == "disclosure_rate" and claim.share and claim.value is not None:
        made = claim.parts[0][1]
        if made:
            right = percentage(claim.value, made, claim.share)
            text = _share_text(f"主动公开 {number(plain(claim.value))} 件", claim.share, right, claim.value, made)
            yield compare(
                Relation.R10,
                {"claim": "disclosure_rate"},
                claim.share,
                right,
                text,
                span=claim.share_span or claim.span,
            )


def _balance(reading: Reading) -> Iterator[Finding]:
    """R1 in words, for a report without table three: received and carried in, answered and carried over."""
    if reading.three:
        return
    kinds = ("received", "carried_in", "answered", "carried_over")
    found = [claimed(reading, kind) for kind in kinds]
    values = [c.value for c in found if c is not None and c.value is not None]
    if len(values) < len(kinds):
        return
    received, carried_in, answered, carried_over = values
    left, right = received + carried_in, answered + carried_over
    text = (
        f"文字：收到 {number(plain(received))} 加上年结转 {number(plain(carried_in))} 得 {number(plain(left))}，"
        f"答复 {number(plain(answered))} 加结转下年度 {number(plain(carried_over))} 得 {number(plain(right))}"
    )
    text += "，相符。" if left == right else "，不相等，请核对。"
    span = found[0].span if found[0] else None
    yield compare(Relation.R1, {"column": "total", "place": "text"}, plain(left), plain(right), text, span=span)


def plain(value: Decimal) -> int | Decimal:
    """A whole decimal as an integer."""
    return int(value) if value == value.to_integral_value() else value
