"""Structure, form, statute numbers, leftovers and plausibility: what is wrong beside the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongkai.reports.enums import TABLE_TWO, Chapter, Form, Item, Measure, Relation, Row, Severity
from gongkai.reports.reading.model import Figure, Reading, Remark
from gongkai.reports.rules.finding import Finding, Side, number
from gongkai.reports.rules.quantities import measured
from gongkai.statutes import LawError, in_force, report_form

_CHAPTER_SEVERITY = {
    Chapter.OVERVIEW: Severity.INFORMATION,
    Chapter.APPLICATIONS: Severity.ERROR,
    Chapter.REMEDIES: Severity.ERROR,
}
_RULE_MAKERS = re.compile(r"(?:省|市|自治区|自治州)(?:人民政府)?$")
_NO_RULES = re.compile(r"(?:区|县|旗)(?:人民政府)?$|镇|乡|街道|局|委员会|委$|办公室|中心|大队|集团|医院|学校")
_CHARGES_TOO_HIGH = 500_000
_NUMERALS = "一二三四五六七八九十"


def structure_findings(reading: Reading) -> Iterator[Finding]:
    """Everything that the form and the law ask of a report's make-up."""
    yield from _form(reading)
    if reading.form is Form.NARRATIVE:
        yield from _overview(reading)
    else:
        yield from _chapters(reading)
        yield from _tables(reading)
        yield from _rule_making(reading)
    yield from _remarks(reading)
    yield from _cells(reading)


def _failed(
    relation: Relation,
    where: dict[str, str | int],
    text: str,
    severity: Severity,
    *,
    left: Side = None,
    right: Side = None,
) -> Finding:
    return Finding(relation, where, left, right, False, text, severity)


def _form(reading: Reading) -> Iterator[Finding]:
    """The form goes by the report year: 国办公开办函〔2019〕60号 for 2019 and 2020, 〔2021〕30号 from 2021."""
    if reading.year is None:
        yield _failed(Relation.STRUCTURE, {"place": "year"}, "没有认出报告年度，无法判断适用的格式。", Severity.WARNING)
        return
    try:
        due = report_form(reading.year)
    except LawError:
        return
    holds = reading.form.value == due.name
    text = f"{reading.year} 年度报告适用{Form(due.name).label}"
    text += f"（{due.cite.text}）" if due.name != "narrative" else ""
    text += "，相符。" if holds else f"，本报告用的是{reading.form.label}。"
    severity = None if holds else Severity.ERROR
    yield Finding(Relation.FORM, {"year": reading.year}, reading.form.value, due.name, holds, text, severity)
    if reading.form is Form.F2021 and Row.OTHER_HANDLING in reading.three:
        text = "2021 年格式的“（六）其他处理”分三项填报，本报告仍作一行。"
        yield _failed(Relation.FORM, {"row": Row.OTHER_HANDLING.value}, text, Severity.WARNING, left=1, right=3)


def _chapters(reading: Reading) -> Iterator[Finding]:
    found = {h.chapter: h for h in reading.headings}
    for place, chapter in enumerate(Chapter, start=1):
        heading = found.get(chapter)
        if heading is None:
            severity = _CHAPTER_SEVERITY.get(chapter, Severity.WARNING)
            text = f"没有找到“{chapter.label}”这一部分的标题。"
            yield _failed(Relation.STRUCTURE, {"chapter": chapter.value}, text, severity)
        elif heading.numeral is not None and heading.numeral != place:
            printed = _NUMERALS[heading.numeral - 1]
            text = f"“{chapter.label[2:]}”应为第{_NUMERALS[place - 1]}部分，序号印作“{printed}、”。"
            yield _failed(
                Relation.NUMBERING,
                {"chapter": chapter.value},
                text,
                Severity.WARNING,
                left=heading.numeral,
                right=place,
            ).at(heading.span)


def _overview(reading: Reading) -> Iterator[Finding]:
    """Before 2019 only the opening chapter was common to all reports."""
    if all(h.chapter is not Chapter.OVERVIEW for h in reading.headings):
        text = "没有找到第一部分（概述）的标题。"
        yield _failed(Relation.STRUCTURE, {"chapter": Chapter.OVERVIEW.value}, text, Severity.INFORMATION)


def _tables(reading: Reading) -> Iterator[Finding]:
    absent = (("two", "表二", reading.two), ("three", "表三", reading.three), ("four", "表四", reading.four))
    for key, name, table in absent:
        if not table:
            text = f"没有找到{name}的数据，本报告的{name}无法核对。"
            yield _failed(Relation.STRUCTURE, {"table": key}, text, Severity.ERROR)
    if reading.two:
        missing = [i for i in TABLE_TWO[reading.form] if i not in reading.two]
        if missing:
            names = "、".join(i.label for i in missing)
            text = f"表二不完整，缺{names}{'一' if len(missing) == 1 else '各'}行。"
            yield _failed(Relation.STRUCTURE, {"table": "two", "rows": " ".join(missing)}, text, Severity.ERROR)


def _rule_making(reading: Reading) -> Iterator[Finding]:
    """立法法 art. 93: rules are made by provinces and cities with districts, not by districts, towns or departments."""
    counts = [measured(reading, Item.RULES, m) for m in reading.two.get(Item.RULES, {})]
    positive = [c for c in counts if c]
    if _RULE_MAKERS.search(reading.organ) and not _NO_RULES.search(reading.organ):
        return
    if not counts or not _NO_RULES.search(reading.organ):
        return
    holds = not positive
    text = f"{reading.organ}没有规章制定权（立法法第九十三条），规章一行" + ("均为 0，相符。" if holds else "应为 0。")
    left = int(max(positive)) if positive else 0
    span = next((f.span for f in reading.two[Item.RULES].values() if f.amount), None)
    severity = None if holds else Severity.ERROR
    yield Finding(Relation.PLAUSIBILITY, {"row": Item.RULES.value}, left, 0, holds, text, severity, "", span)


def _remarks(reading: Reading) -> Iterator[Finding]:
    for remark in reading.remarks:
        finding = _judge(reading, remark)
        if finding is not None:
            yield finding.at(remark.span)


def _judge(reading: Reading, remark: Remark) -> Finding | None:
    values = remark.values
    if remark.kind == "gap":
        return _gap(int(values["after"]), int(values["found"]))
    if remark.kind == "period" and reading.year is not None:
        text = f"标题是 {reading.year} 年，文中统计期限写的是 {values['year']} 年，疑为往年文字残留。"
        return _failed(
            Relation.LEFTOVER, {"place": "period"}, text, Severity.ERROR, left=int(values["year"]), right=reading.year
        )
    if remark.kind in ("regulation_decree", "city_rule_decree") and reading.year is not None:
        return _decree(reading.year, remark)
    if remark.kind == "stranger":
        text = f"文中出现“{values['name']}”，与编制机关“{reading.organ}”不一致，疑为他处文字残留。"
        return _failed(
            Relation.LEFTOVER, {"place": "organ"}, text, Severity.WARNING, left=str(values["name"]), right=reading.organ
        )
    if remark.kind == "site":
        text = f"文中网址 {values['site']} 不是政府网站域名（gov.cn），本文可能取自镜像网站，请核对原文。"
        return _failed(Relation.SOURCE, {"site": str(values["site"])}, text, Severity.WARNING)
    if remark.kind == "label":
        text = f"2021 年格式的栏目名是“行政规范性文件”，本报告写作“{values['printed']}”。"
        return _failed(Relation.FORM, {"row": Item.NORMATIVE_DOCUMENTS.value}, text, Severity.INFORMATION)
    return None


def _gap(after: int, found: int) -> Finding:
    missing = "、".join(f"（{_NUMERALS[n - 1]}）" for n in range(after + 1, found))
    before = f"（{_NUMERALS[after - 1]}）之后" if after else "开头"
    text = f"序号不连续：{before}是（{_NUMERALS[found - 1]}），缺{missing}。"
    return _failed(Relation.NUMBERING, {"place": "part"}, text, Severity.WARNING, left=after, right=found)


def _decree(year: int, remark: Remark) -> Finding | None:
    name, title = {
        "regulation_decree": ("regulation_decree_number", "政府信息公开条例"),
        "city_rule_decree": ("shanghai_provisions_decree_number", "上海市政府信息公开规定"),
    }[remark.kind]
    try:
        due = in_force(name, date(year, 12, 31))
    except LawError:
        return None
    printed = int(remark.values["number"])
    holds = printed == due.value
    text = f"《{title}》{year} 年末施行的是第 {due.value} 号令，文中写作第 {printed} 号" + (
        "，相符。" if holds else "。"
    )
    severity = None if holds else Severity.ERROR
    return Finding(Relation.STATUTE, {"statute": remark.kind}, printed, int(str(due.value)), holds, text, severity)


def _cells(reading: Reading) -> Iterator[Finding]:
    """Cells of tables three and four are whole numbers from nought up; amounts keep the unit of their column."""
    for name, table in (("three", reading.three), ("four", reading.four)):
        for row, cells in table.items():
            for column, figure in cells.items():
                yield from _cell(name, row, column, figure)
    for item, measures in reading.two.items():
        for measure, figure in measures.items():
            yield from _amount(reading, item, measure, figure)


def _cell(table: str, row: str, column: str, figure: Figure) -> Iterator[Finding]:
    value = figure.value
    if value is None or (value >= 0 and value == int(value)):
        return
    where: dict[str, str | int] = {"table": table, "row": str(row), "column": str(column)}
    text = f"件数应为不小于 0 的整数，此处填的是 {number(value)}。"
    yield _failed(Relation.UNIT, where, text, Severity.ERROR, left=value).at(figure.span)


def _amount(reading: Reading, item: Item, measure: Measure, figure: Figure) -> Iterator[Finding]:
    where: dict[str, str | int] = {"table": "two", "row": item.value, "column": measure.value}
    value = figure.value
    if value is None:
        return
    if measure is Measure.CHANGE:
        return
    if value < 0:
        text = f"表二“{item.label}”的“{measure.label}”不应为负数，此处填的是 {number(value)}。"
        yield _failed(Relation.UNIT, where, text, Severity.ERROR, left=value).at(figure.span)
    elif measure is Measure.AMOUNT_TEN_THOUSAND_YUAN and "元" in figure.text and "万元" not in figure.text:
        text = f"本栏以万元为单位，此处填作“{figure.text}”，折合 {number(value)} 万元。"
        yield _failed(Relation.UNIT, where, text, Severity.WARNING, left=figure.text, right=value).at(figure.span)
    elif measure is Measure.AMOUNT_YUAN and "万元" in figure.text:
        text = f"本栏填作“{figure.text}”，折合 {number(value)} 元；各年单位宜一致。"
        yield _failed(Relation.UNIT, where, text, Severity.INFORMATION, left=figure.text, right=value).at(figure.span)
    elif measure is Measure.AMOUNT_TEN_THOUSAND_YUAN and _implausible(reading, value):
        text = f"收费金额 {number(value)} 万元，对本机关似过高，疑以元为单位填报，请核对。"
        yield _failed(Relation.PLAUSIBILITY, where, text, Severity.WARNING, left=value).at(figure.span)
    elif measure is not Measure.AMOUNT_TEN_THOUSAND_YUAN and measure is not Measure.AMOUNT_YUAN and value != int(value):
        text = f"表二“{item.label}”的“{measure.label}”应为整数，此处填的是 {number(value)}。"
        yield _failed(Relation.UNIT, where, text, Severity.ERROR, left=value).at(figure.span)


def _implausible(reading: Reading, value: Decimal | int) -> bool:
    return bool(_NO_RULES.search(reading.organ)) and value >= _CHARGES_TOO_HIGH
