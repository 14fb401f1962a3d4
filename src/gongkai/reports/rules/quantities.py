"""The quantities that both words and tables state, so that one can be held against the other."""

from __future__ import annotations

from decimal import Decimal

from gongkai.reports.enums import GROUP_ROWS, KINDS, Block, Column, Form, Group, Item, Measure, Result, Row
from gongkai.reports.reading.model import Claim, Reading
from gongkai.reports.rules.tables import total, total_left_out

LABELS: dict[str, str] = {
    "received": "收到申请",
    "answered": "答复（办结）",
    "granted_or_partial": "予以公开及部分公开",
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "withheld": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other_handling": "其他处理",
    "carried_in": "上年结转",
    "carried_over": "结转下年度",
    "reconsideration": "行政复议",
    "reconsideration_corrected": "行政复议结果纠正",
    "litigation": "行政诉讼",
    "litigation_corrected": "行政诉讼结果纠正",
    "remedies_corrected": "复议诉讼结果纠正",
    "rules": "规章",
    "normative_documents": "行政规范性文件",
    "normative_documents_total": "规范性文件对外公开总数",
    "normative_documents_in_force": "现行有效行政规范性文件",
    "licences_items": "行政许可项目",
    "other_external_services_items": "其他对外管理服务事项",
    "penalties_items": "行政处罚项目",
    "coercive_measures_items": "行政强制项目",
    "administrative_charges_items": "收费项目",
    "central_procurement_items": "政府集中采购项目",
    "proactive_documents": "公文类信息主动公开数",
    "proactive_all": "主动公开信息数",
    "processing_fee": "信息处理费（元）",
    "channels": "各渠道申请",
    "leading_organs": "申请量居前的单位",
    "outcomes": "各类办理结果",
    "list": "所列分项",
    "disclosure_rate": "主动公开率",
}
_GROUPS: dict[str, tuple[Group, ...]] = {
    "granted_or_partial": (Group.GRANTED, Group.PARTIALLY_GRANTED),
    "granted": (Group.GRANTED,),
    "partially_granted": (Group.PARTIALLY_GRANTED,),
    "withheld": (Group.WITHHELD,),
    "unable": (Group.UNABLE,),
    "not_processed": (Group.NOT_PROCESSED,),
    "other_handling": (Group.OTHER,),
}
_ROWS: dict[str, Row] = {
    "received": Row.NEW_RECEIVED,
    "answered": Row.HANDLED_TOTAL,
    "carried_in": Row.CARRIED_IN,
    "carried_over": Row.CARRIED_OVER,
}
_REMEDIES: dict[str, tuple[tuple[Block, ...], Result]] = {
    "reconsideration": ((Block.ADMINISTRATIVE_RECONSIDERATION,), Result.TOTAL),
    "reconsideration_corrected": ((Block.ADMINISTRATIVE_RECONSIDERATION,), Result.CORRECTED),
    "litigation": ((Block.LITIGATION_DIRECT, Block.LITIGATION_AFTER_RECONSIDERATION), Result.TOTAL),
    "litigation_corrected": ((Block.LITIGATION_DIRECT, Block.LITIGATION_AFTER_RECONSIDERATION), Result.CORRECTED),
    "remedies_corrected": (tuple(Block), Result.CORRECTED),
}
SHARES = frozenset(_GROUPS) | frozenset(r.value for r in Row)


def label(kind: str) -> str:
    """The Chinese name of a quantity."""
    if kind in LABELS:
        return LABELS[kind]
    return next((r.label.lstrip("0123456789.") for r in Row if r.value == kind), kind)


def row_total(reading: Reading, row: Row) -> int | None:
    """The 总计 of a row of table three, or the sum of its kinds where 总计 was left blank; none when unknown."""
    cells = reading.three.get(row)
    if not cells:
        return None
    return total([cells[k] for k in KINDS]) if total_left_out(cells) else total([cells[Column.TOTAL]])


def claimed(reading: Reading, kind: str) -> Claim | None:
    """The first exact statement of a quantity in the words."""
    return next((c for c in reading.claims if c.kind == kind and c.value is not None and not c.approximate), None)


def tabled(reading: Reading, kind: str) -> Decimal | None:
    """What the tables say of a quantity, or none when they do not."""
    value: int | Decimal | None = _from_table_three(reading, kind)
    if value is None:
        value = _from_table_four(reading, kind)
    if value is None:
        value = _from_table_two(reading, kind)
    return None if value is None else Decimal(value)


def known(reading: Reading, kind: str) -> Decimal | None:
    """A quantity from the tables, else from the words."""
    value = tabled(reading, kind)
    if value is not None:
        return value
    claim = claimed(reading, kind)
    return claim.value if claim else None


def _from_table_three(reading: Reading, kind: str) -> int | None:
    if kind in _ROWS:
        return row_total(reading, _ROWS[kind])
    if kind in _GROUPS:
        rows = [row for group in _GROUPS[kind] for row in GROUP_ROWS[group] if row in reading.three]
        totals = [row_total(reading, row) for row in rows]
        return sum(t for t in totals if t is not None) if totals and None not in totals else None
    row = next((r for r in Row if r.value == kind), None)
    return row_total(reading, row) if row else None


def _from_table_four(reading: Reading, kind: str) -> int | None:
    if kind not in _REMEDIES:
        return None
    blocks, result = _REMEDIES[kind]
    found = [reading.four[b][result] for b in blocks if b in reading.four]
    return total(found) if len(found) == len(blocks) else None


def measured(reading: Reading, item: Item, measure: Measure) -> int | Decimal | None:
    """A cell of table two for arithmetic, or none."""
    cell = reading.two.get(item, {}).get(measure)
    return cell.amount if cell else None


def _from_table_two(reading: Reading, kind: str) -> int | Decimal | None:
    new = Measure.ISSUED if reading.form is Form.F2021 else Measure.NEWLY_DISCLOSED
    places = {
        "rules": (Item.RULES, new),
        "normative_documents": (Item.NORMATIVE_DOCUMENTS, new),
        "normative_documents_total": (Item.NORMATIVE_DOCUMENTS, Measure.TOTAL_DISCLOSED),
        "normative_documents_in_force": (Item.NORMATIVE_DOCUMENTS, Measure.IN_FORCE),
        "central_procurement_items": (Item.CENTRAL_PROCUREMENT, Measure.ITEMS),
    }
    if kind in places:
        return measured(reading, *places[kind])
    if kind.endswith("_items"):
        return items_now(reading, Item(kind.removesuffix("_items")))
    return None


def items_now(reading: Reading, item: Item) -> int | None:
    """Form 2019: the number of items at the year's end, 上一年项目数量 plus 本年增/减."""
    before, change = measured(reading, item, Measure.PREVIOUS_ITEMS), measured(reading, item, Measure.CHANGE)
    return None if before is None or change is None else int(before) + int(change)
