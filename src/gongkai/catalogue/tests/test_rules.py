"""Numbers, text, differences, the interchange form: tables without a database."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.catalogue.rules import body, declared, numbers
from gongkai.catalogue.rules.interchange import read
from gongkai.catalogue.rules.naming import key_of


@pytest.mark.parametrize(
    ("spelt", "text", "key"),
    [
        ("虹府规〔2023〕4号", "虹府规〔2023〕4号", "虹府规2023-4"),
        ("虹府规[2023]4号", "虹府规〔2023〕4号", "虹府规2023-4"),
        ("虹府规（２０２３）第04号", "虹府规〔2023〕4号", "虹府规2023-4"),
        ("虹府规 2023-4", "虹府规〔2023〕4号", "虹府规2023-4"),
        ("虹府办发［2019］第08号", "虹府办发〔2019〕8号", "虹府办发2019-8"),
        ("[2023]4号", "〔2023〕4号", "2023-4"),
        ("（2023）4号", "〔2023〕4号", "2023-4"),
        ("2023-4", "〔2023〕4号", "2023-4"),
        ("市政府令第17号", "市政府令第17号", "市政府令-17"),
    ],
)
def test_a_document_number_is_read_in_any_spelling_and_written_in_one(spelt: str, text: str, key: str) -> None:
    found = numbers.parse(spelt)
    assert found is not None
    assert (found.text, found.key) == (text, key)


@pytest.mark.parametrize(
    "spelt", ["", "虹府规", "虹府规〔23〕4号", "虹府规〔2023〕号", "虹府规〔2023〕0号", "虹府规〔1023〕4号", "4号"]
)
def test_what_is_no_document_number_is_refused_with_what_to_write(spelt: str) -> None:
    assert numbers.parse(spelt) is None
    assert "虹府规〔2023〕4号" in numbers.fault(spelt)


def test_a_paper_bears_the_word_of_its_organ() -> None:
    assert "缺少机关代字" in numbers.fault("〔2023〕4号")
    assert numbers.fault("虹府规〔2023〕4号") == ""


@pytest.mark.parametrize(
    ("spelt", "organ", "year", "serial", "slug"),
    [
        ("000014349/2017-00110", "000014349", 2017, 110, "000014349-2017-00110"),
        ("11440701007280420Y/2021-00050", "11440701007280420Y", 2021, 50, "11440701007280420y-2021-00050"),
        ("XM02100-0101-2019-00001", "XM02100-0101", 2019, 1, "xm02100-0101-2019-00001"),
        ("42823944-2/2023-00002", "42823944-2", 2023, 2, "42823944-2-2023-00002"),
        ("/202502-00026", "", 2025, 26, "202502-00026"),
        ("wqqlzfb/2022-01075", "wqqlzfb", 2022, 1075, "wqqlzfb-2022-01075"),
        ("HK01-2023-00317", "HK01", 2023, 317, "hk01-2023-00317"),
        ("district-office/2023-00004", "district-office", 2023, 4, "district-office-2023-00004"),
    ],
)
def test_index_numbers_of_other_sites_are_read(spelt: str, organ: str, year: int, serial: int, slug: str) -> None:
    found = numbers.parse_index(spelt)
    assert found is not None
    assert (found.organ, found.year, found.serial, numbers.slug_of(spelt)) == (organ, year, serial, slug)


@pytest.mark.parametrize("spelt", ["", "2023", "abc/23-1", "甲/2023-00001", "a/1023-00001", "x" * 60 + "/2023-00001"])
def test_what_is_no_index_number_is_refused(spelt: str) -> None:
    assert numbers.parse_index(spelt) is None


TEXT = (
    "各街道办事处：\n一、总体要求\n第一条　本办法适用于本区。\n（一）基本原则\n1. 公平公开。\n- 甲\n- 乙\n"
    "| 项目 | 金额 |\n|---|---|\n| 甲 | 1 |\n| 乙 |\n# 附则\n第二条之一 施行日期另定。"
)


def test_the_structure_of_a_text_is_seen() -> None:
    found = [(one.kind, one.level, one.lead, one.anchor) for one in body.paragraphs(TEXT)]
    assert found == [
        ("text", 0, "", "p1"),
        ("heading", 1, "", "p2"),
        ("article", 0, "第一条", "p3"),
        ("heading", 2, "", "p4"),
        ("point", 0, "1.", "p5"),
        ("item", 0, "", "p6"),
        ("item", 0, "", "p7"),
        ("table", 0, "", "p8"),
        ("heading", 1, "", "p9"),
        ("article", 0, "第二条之一", "p10"),
    ]
    assert body.paragraphs(TEXT)[7].cells == (("项目", "金额"), ("甲", "1"), ("乙", ""))
    assert [one.text for one in body.headings(body.paragraphs(TEXT))] == ["一、总体要求", "（一）基本原则", "附则"]


def test_anchors_stay_when_the_text_around_them_changes() -> None:
    before = "第一条　甲事项由示例机关办理。\n第二条　乙事项由示例机关办理，期限五日。\n第三条　丙。"
    anchors = body.anchored(before)
    after = "序言。\n第一条　甲事项由示例机关办理。\n第二条　乙事项由示例机关办理，期限十日。\n新的一条。"
    kept = body.anchored(after, list(zip(body.blocks(before), anchors, strict=True)))
    assert (anchors, kept) == (["p1", "p2", "p3"], ["p4", "p1", "p2", "p5"])
    again = body.anchored(before, list(zip(body.blocks(after), kept, strict=True)))
    assert again == ["p1", "p2", "p6"], "a number is never used for another paragraph"


def test_a_difference_tells_what_became_of_each_paragraph() -> None:
    before = "第一条　甲。\n第二条　期限为五日。\n第三条　丙事项不再办理。"
    after = "第一条　甲。\n第二条　期限为十日。\n第四条　由示例机关解释本办法。"
    found = [(change.kind, change.before, change.after) for change in body.difference(before, after)]
    assert found == [
        ("same", "第一条　甲。", "第一条　甲。"),
        ("changed", "第二条　期限为五日。", "第二条　期限为十日。"),
        ("removed", "第三条　丙事项不再办理。", ""),
        ("added", "", "第四条　由示例机关解释本办法。"),
    ]
    pieces = body.difference(before, after)[1].pieces
    assert pieces == (("same", "第二条　期限为"), ("removed", "五"), ("added", "十"), ("same", "日。"))
    assert [change.kind for change in body.difference(after, after)] == ["same"] * 3


GOOD: dict[str, Any] = {"kind": "budget", "title": "示例", "issuing_organ": "finance", "facts": {"year": 2025}}


def test_a_row_is_read_and_written_as_it_came() -> None:
    row, faults = read({**GOOD, "signed_on": "2025-01-02", "keywords": ["甲", "甲", ""], "summary": None})
    assert faults == []
    assert row is not None
    written = row.as_object
    assert (written["signed_on"], written["keywords"], written["summary"]) == ("2025-01-02", ["甲"], "")
    assert read(written) == (row, [])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": ""}, "缺少标题"),
        ({"kind": "nothing"}, "“kind”没有“nothing”这一种"),
        ({"colour": "red"}, "不认识“colour”这一项"),
        ({"signed_on": "2025-13-01"}, "读不懂"),
        ({"signed_on": "2025-02-02", "published_on": "2025-01-01"}, "发布日期早于成文日期"),
        ({"effective_on": "2025-02-02", "expires_on": "2025-01-01"}, "有效期届满之日早于施行之日"),
        ({"document_number": "第四号文"}, "读不懂"),
        ({"index_number": "abc"}, "索引号“abc”读不懂"),
        ({"facts": {}}, "须填写“预算年度”"),
        ({"facts": {"year": "去年"}}, "值“去年”不对"),
        ({"facts": {"year": 2025, "colour": 1}}, "没有“colour”这一栏"),
        ({"disclosure_class": "withheld"}, "须写明理由"),
        ({"state": "published"}, "缺少发布日期"),
        ({"state": "withdrawn", "published_on": "2025-01-01"}, "须写明理由（reason）"),
        ({"state": "filed"}, "公开属性不能是主动公开"),
        ({"relations": [{"kind": "eats", "target": "甲"}]}, "写明 kind"),
        ({"attachments": ["甲"]}, "应是对象"),
        ({"keywords": "甲"}, "应是列表"),
        ({"tags": ["nothing"]}, "没有“nothing”这个特色标签"),
        ({"title": "长" * 301}, "超过 300 个字"),
    ],
)
def test_a_row_with_a_fault_is_refused_in_a_sentence(change: dict[str, Any], why: str) -> None:
    row, faults = read({**GOOD, **change})
    assert row is None
    assert any(why in fault for fault in faults), faults


def test_an_object_that_is_none_is_refused() -> None:
    assert read("甲") == (None, ["这一条不是一个对象。每一条须是含有 title、kind 等键的对象。"])


def test_what_is_declared_can_be_used() -> None:
    assert declared.faults() == []
    assert {kind.item for kind in declared.kinds().values()} >= {f"20-{n}" for n in range(1, 16)}
    assert {kind.item for kind in declared.kinds().values()} >= {f"21-{n}" for n in range(1, 8)}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"item": "20-1"}, "has no label"),
        ({"label": "甲", "item": "22-1"}, "names no item"),
        ({"label": "甲", "item": "20-1", "validity": "long"}, "validity is none"),
        ({"label": "甲", "item": "20-1", "gates": ["door"]}, "no gate door"),
        ({"label": "甲", "item": "20-1", "fields": [{"name": "a", "label": "甲", "type": "colour"}]}, "of no type"),
        ({"label": "甲", "item": "20-1", "fields": [{"name": "a", "label": "甲", "type": "choice"}]}, "choices go"),
        ({"label": "甲", "item": "20-1", "colour": 1}, "does not know colour"),
    ],
)
def test_what_is_declared_wrong_is_told_when_the_program_starts(row: dict[str, Any], why: str) -> None:
    found = declared.faults({"kinds": {"sample": row}})
    assert any(why in fault for fault in found), found


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ("《虹口区示例办法》", "虹口区示例办法"),
        ("虹府规[2023]4号", "虹府规2023-4"),
        ("Hongkou/2023-00001", "hongkou/2023-00001"),
    ],
)
def test_what_one_item_calls_another_is_compared_in_one_spelling(named: str, key: str) -> None:
    assert key_of(named) == key
