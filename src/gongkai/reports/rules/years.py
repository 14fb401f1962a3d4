"""R5 to R8 and growth: this year's report against last year's of the same organ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.reports.enums import Block, Column, Form, Item, Measure, Relation, Result, Row, Severity
from gongkai.reports.reading.model import Claim, Reading
from gongkai.reports.rules.finding import Finding, compare, number, percentage, truncated
from gongkai.reports.rules.quantities import items_now, known, label, measured
from gongkai.reports.rules.tables import total
from gongkai.reports.rules.words import plain

_RATES = ("proactive_documents", "proactive_all")


def year_findings(before: Reading, now: Reading) -> Iterator[Finding]:
    """All relations between two successive reports. The caller sees to it that organ and scope agree."""
    yield from _carried(before, now)
    yield from _in_force(before, now)
    yield from _items(before, now)
    yield from _pending(before, now)
    yield from _growth(before, now)
    yield from _unchanged_total(before, now)


def _where(before: Reading, now: Reading, **place: str) -> dict[str, str | int]:
    return {**place, "from": before.year or 0, "to": now.year or 0}


def _carried(before: Reading, now: Reading) -> Iterator[Finding]:
    if before.three and now.three:
        for column in Column:
            left = total([before.three[Row.CARRIED_OVER][column]])
            right = total([now.three[Row.CARRIED_IN][column]])
            if left is not None and right is not None:
                span = now.three[Row.CARRIED_IN][column].span
                yield _carry(before, now, column, left, right).at(span)
        return
    stated, received = known(before, "carried_over"), known(now, "carried_in")
    if stated is not None and received is not None:
        claim = next((c for c in now.claims if c.kind == "carried_in"), None)
        span = now.three[Row.CARRIED_IN][Column.TOTAL].span if now.three else claim.span if claim else None
        finding = _carry(before, now, Column.TOTAL, int(stated), int(received)).at(span)
        copied = known(before, "carried_in")
        if not finding.holds and copied == received:
            finding = finding.because(f"{before.year} 年报告的上年结转也是 {number(int(received))}，疑照抄上一年的数")
        yield finding


def _carry(before: Reading, now: Reading, column: Column, left: int, right: int) -> Finding:
    text = f"“{column.label}”：{before.year} 年报告结转下年度 {number(left)} 件，"
    text += f"{now.year} 年报告上年结转 {number(right)} 件"
    text += "，相符。" if left == right else f"，相差 {number(abs(left - right))} 件，请核对。"
    return compare(Relation.R5, _where(before, now, column=column.value), left, right, text)


def _in_force(before: Reading, now: Reading) -> Iterator[Finding]:
    if before.form is not Form.F2021 or now.form is not Form.F2021:
        return
    for item in (Item.RULES, Item.NORMATIVE_DOCUMENTS):
        last = measured(before, item, Measure.IN_FORCE)
        issued, ended = measured(now, item, Measure.ISSUED), measured(now, item, Measure.REPEALED)
        right = measured(now, item, Measure.IN_FORCE)
        if last is None or issued is None or ended is None or right is None:
            continue
        left = last + issued - ended
        text = (
            f"{item.label}：上年现行有效 {number(last)} 加本年制发 {number(issued)} 减本年废止 {number(ended)} 得 "
            f"{number(left)}，本年现行有效填 {number(right)}"
        )
        text += "，相符。" if left == right else "，请核对（修改是否计入制发、自然失效是否计入废止）。"
        severity = Severity.WARNING if item is Item.RULES else Severity.ERROR
        span = now.two[item][Measure.IN_FORCE].span
        yield compare(Relation.R6, _where(before, now, row=item.value), left, right, text, severity=severity, span=span)


def _items(before: Reading, now: Reading) -> Iterator[Finding]:
    if before.form is not Form.F2019 or now.form is not Form.F2019:
        return
    for item in Item:
        left, right = items_now(before, item), measured(now, item, Measure.PREVIOUS_ITEMS)
        if left is None or right is None:
            continue
        text = f"{item.label}：{before.year} 年报告项目数与增减相加得 {number(left)}，"
        text += f"{now.year} 年报告“上一年项目数量”为 {number(right)}"
        text += "，相符。" if left == right else f"，相差 {number(abs(left - int(right)))}，请说明口径变化或更正。"
        span = now.two[item][Measure.PREVIOUS_ITEMS].span
        yield compare(
            Relation.R7, _where(before, now, row=item.value), left, right, text, severity=Severity.WARNING, span=span
        )


def _pending(before: Reading, now: Reading) -> Iterator[Finding]:
    for block in Block:
        if block not in before.four or block not in now.four:
            continue
        left, right = total([before.four[block][Result.PENDING]]), total([now.four[block][Result.TOTAL]])
        if left is None or right is None:
            continue
        holds = left <= right
        text = f"{block.label}：上年尚未审结 {number(left)} 件，本年总计 {number(right)} 件"
        text += "，可以相符。" if holds else "；如本年数含上年未结，应不少于上年未结数，请说明口径。"
        severity = None if holds else Severity.INFORMATION
        where = _where(before, now, block=block.value)
        yield Finding(Relation.R8, where, left, right, holds, text, severity, "", now.four[block][Result.TOTAL].span)


def _growth(before: Reading, now: Reading) -> Iterator[Finding]:
    for claim in now.claims:
        if claim.growth is None or claim.value is None or claim.approximate:
            continue
        if claim.growth_base is not None and claim.growth_base != before.year:
            continue
        last = known(before, claim.kind)
        if not last:
            continue
        right = percentage(claim.value - last, last, claim.growth)
        where = _where(before, now, claim=f"{claim.kind}.growth")
        said = f"文字称{label(claim.kind)}增减 {claim.growth}%"
        working = f"（{number(plain(claim.value))} − {number(plain(last))}）÷ {number(plain(last))}"
        if claim.detail == "growth_after_rate":
            yield _growth_after_rate(before, claim, right, said, where)
            continue
        text = f"{said}；{working} = {right}%" + ("，相符。" if right == claim.growth else "，请核对。")
        cut = claim.growth == truncated(claim.value - last, last, claim.growth)
        severity = Severity.WARNING if cut else Severity.ERROR
        finding = compare(Relation.R9, where, claim.growth, right, text, severity=severity, span=claim.growth_span)
        yield finding.because("截去尾数而未四舍五入") if cut and not finding.holds else finding


def _growth_after_rate(
    before: Reading, claim: Claim, count_growth: str, said: str, where: dict[str, str | int]
) -> Finding:
    """A growth printed after a rate may mean the number, the rate, or percentage points: any of them confirms it."""
    readings = {count_growth: "件数增幅"}
    last = next((c for c in before.claims if c.kind == claim.kind and c.share), None)
    printed = claim.growth or ""
    if last is not None and last.share and claim.share:
        rate, rate_before = Decimal(claim.share), Decimal(last.share)
        readings[percentage(rate - rate_before, rate_before, printed)] = "公开率的相对增幅"
        readings[percentage(rate - rate_before, Decimal(100), printed)] = "公开率上升的百分点"
    ways = "、".join(f"{way} {value}%" for value, way in readings.items())
    holds = printed in readings
    text = f"{said}；按上年报告算得：{ways}" + ("，相符。" if holds else "，均不相符，请核对。")
    severity = None if holds else Severity.WARNING
    right = printed if holds else count_growth
    return Finding(Relation.R9, where, printed, right, holds, text, severity, "", claim.growth_span)


def _unchanged_total(before: Reading, now: Reading) -> Iterator[Finding]:
    """Form 2019: documents newly disclosed while 对外公开总数量 stays the same."""
    if before.form is not Form.F2019 or now.form is not Form.F2019:
        return
    for item in (Item.RULES, Item.NORMATIVE_DOCUMENTS):
        last, stated = (measured(r, item, Measure.TOTAL_DISCLOSED) for r in (before, now))
        new = measured(now, item, Measure.NEWLY_DISCLOSED)
        if last is None or stated is None or new is None:
            continue
        holds = not (stated == last and new > 0)
        if holds:
            continue
        text = (
            f"{item.label}：本年新公开 {number(new)} 件，对外公开总数量仍为上年的 {number(last)} 件；"
            f"如有同数废止则可成立，请说明。"
        )
        where = _where(before, now, row=item.value)
        span = now.two[item][Measure.TOTAL_DISCLOSED].span
        yield Finding(Relation.R6, where, last + new, stated, holds, text, Severity.INFORMATION, "疑沿用上年总数", span)
