"""What a row shows for itself, and the sheet in and out."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gongkai.standards import composing
from gongkai.standards.enums import Audience, Carrier, Proof, Tier, Way
from gongkai.standards.rules.areas import areas, named
from gongkai.standards.rules.proof import Shown, judge, months_of
from gongkai.standards.rules.sheet import Fault, Line, boxes, cleaned, read, table
from gongkai.standards.rules.workbook import sheet as sheet_of
from gongkai.ui.tables import Unreadable, merged_rows

from .factories import a_line

TODAY = date(2026, 11, 20)
GOOD = Shown("示例公示", date(2026, 11, 1), live=True)


def verdict(
    *evidence: Shown, months: int | None = 1, ways: tuple[str, ...] = ("proactive",), today: date = TODAY
) -> Any:
    return judge(ways=ways, months=months, evidence=evidence, today=today, amber_days=30)


@pytest.mark.parametrize(
    ("evidence", "months", "today", "proof", "next_on", "why"),
    [
        ((), None, TODAY, Proof.RED, None, "还没有挂接公开的信息"),
        ((GOOD,), None, TODAY, Proof.GREEN, None, "《示例公示》可以查阅"),
        ((GOOD,), 3, TODAY, Proof.GREEN, date(2027, 2, 1), "下次更新不晚于2027年2月1日"),
        ((GOOD,), 3, date(2027, 1, 2), Proof.GREEN, date(2027, 2, 1), "下次更新"),
        ((GOOD,), 3, date(2027, 1, 3), Proof.AMBER, date(2027, 2, 1), "应于2027年2月1日前更新"),
        ((GOOD,), 3, date(2027, 2, 1), Proof.AMBER, date(2027, 2, 1), "前更新"),
        ((GOOD,), 3, date(2027, 2, 2), Proof.RED, date(2027, 2, 1), "最近一次公开为2026年11月1日"),
        ((GOOD,), 1, date(2026, 11, 21), Proof.GREEN, date(2026, 12, 1), "下次更新"),
        ((GOOD,), 1, date(2026, 11, 22), Proof.AMBER, date(2026, 12, 1), "前更新"),
        ((Shown("示例", date(2026, 11, 1), live=False),), None, TODAY, Proof.RED, None, "没有公开或者已经退出公开"),
        ((Shown("示例", date(2026, 11, 1), live=True, ended=True),), None, TODAY, Proof.RED, None, "已经废止或者失效"),
        ((Shown("示例", date(2026, 11, 1), live=True, empty=True),), None, TODAY, Proof.RED, None, "没有内容"),
        ((GOOD, Shown("旧", date(2026, 1, 1), live=True, ended=True)), None, TODAY, Proof.GREEN, None, "示例公示"),
    ],
)
def test_a_row_is_proved_by_what_can_be_read_is_in_force_and_is_recent(
    evidence: tuple[Shown, ...], months: int | None, today: date, proof: Proof, next_on: date | None, why: str
) -> None:
    found = verdict(*evidence, months=months, today=today)
    assert (found.proof, found.next_on) == (proof, next_on)
    assert why in found.why


def test_a_row_that_is_given_on_application_only_asks_for_no_publication() -> None:
    assert verdict(ways=("on_application",)).proof is Proof.ON_REQUEST
    assert verdict(ways=("proactive", "on_application")).proof is Proof.RED


@pytest.mark.parametrize(
    ("limit", "months"),
    [
        ("每月10日前", 1),
        ("按季度公布", 3),
        ("每半年", 6),
        ("每年，批复后20日内", 12),
        ("年度公开", 12),
        ("信息形成之日起20个工作日内", None),
        ("信息形成后即时", None),
        ("每季度或者每年", 3),
    ],
)
def test_how_often_something_new_is_due_is_read_from_the_limit(limit: str, months: int | None) -> None:
    assert months_of(limit) == months


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_later_stays_within_the_month(day: date, months: int, then: date) -> None:
    found = verdict(Shown("示例公示", day, live=True), months=months, today=day)
    assert (found.last_on, found.next_on) == (day, then)


lines = st.builds(
    Line,
    matter=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(cleaned).filter(bool),
    sub_matter=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20).map(cleaned),
    contents=st.text("要素=+-@'\n\t甲乙 ", min_size=1, max_size=40).map(cleaned).filter(bool),
    basis=st.text("《条例》第一条\n", max_size=20).map(cleaned),
    time_limit=st.sampled_from(["每月", "信息形成之日起20个工作日内"]),
    organ=st.sampled_from(["", "区民政局"]),
    carriers=st.sets(st.sampled_from(Carrier)).map(lambda chosen: tuple(one.value for one in Carrier if one in chosen)),
    audience=st.sets(st.sampled_from(Audience)).map(
        lambda chosen: tuple(one.value for one in Audience if one in chosen)
    ),
    ways=st.sets(st.sampled_from(Way), min_size=1).map(lambda chosen: tuple(one.value for one in Way if one in chosen)),
    tiers=st.sets(st.sampled_from(Tier)).map(lambda chosen: tuple(one.value for one in Tier if one in chosen)),
)


@settings(max_examples=40)
@given(st.lists(lines, min_size=1, max_size=6, unique_by=lambda line: line.key))
def test_what_is_written_as_a_workbook_is_read_again_equal(wanted: list[Line]) -> None:
    found, faults = read(merged_rows(sheet_of(wanted, title="示例标准目录")))
    assert faults == []
    assert found == wanted


def test_the_workbook_merges_what_belongs_together_and_holds_no_formula() -> None:
    same = [a_line(sub_matter="甲", contents="=1+1"), a_line(sub_matter="乙"), a_line(matter="特困", sub_matter="丙")]
    sheet = load_workbook(io.BytesIO(sheet_of(same, title="标题"))).worksheets[0]
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:N1", "B4:B5", "B2:C2", "D2:D3", "M2:N2"}
    assert (sheet["D4"].value, sheet["D4"].data_type) == ("=1+1", "s")


def test_cells_merged_by_others_and_other_words_of_the_head_are_read() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某区某领域基层政务公开标准目录"])
    sheet.append(
        [
            "序号",
            "公开事项",
            "",
            "公开内容(要素)",
            "公开依据",
            "公开时限",
            "公开主体",
            "公开渠道和载体",
            "公开对象",
            "",
            "公开方式",
            "",
            "公开层级",
            "",
        ]
    )
    sheet.append(
        [
            "",
            "一级事项",
            "二级事项",
            "公开内容\n（要素）",
            "",
            "",
            "",
            "",
            "全社会",
            "特定群体",
            "主动",
            "依申请公开",
            "县级",
            "乡级",
        ]
    )
    for number, sub in enumerate(("甲", "乙"), 1):
        sheet.append(
            [
                number,
                "事项" if number == 1 else "",
                sub,
                "内容",
                "依据" if number == 1 else "",
                "每年",
                "主体",
                "■政府网站 □政府公报\n■两微一端   ■公开查阅点 □政务服务中心",
                "√",
                "",
                "√",
                "",
                "√",
                "√",
            ]
        )
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("E4:E5")
    out = io.BytesIO()
    book.save(out)
    found, faults = read(merged_rows(out.getvalue()))
    assert faults == []
    assert [(one.matter, one.sub_matter, one.basis) for one in found] == [
        ("事项", "甲", "依据"),
        ("事项", "乙", "依据"),
    ]
    assert found[0].carriers == ("website", "social_media", "reading_point")
    assert (found[0].audience, found[0].ways, found[0].tiers) == (
        ("society",),
        ("proactive",),
        ("district", "subdistrict"),
    )


def test_every_fault_is_told_with_its_row_and_column() -> None:
    rows = table([a_line(), a_line(), a_line(sub_matter="丙", contents="")])
    rows[2][7] = "■政府网站\n■飞鸽传书"
    rows[4][10] = ""
    _lines, faults = read(list(enumerate(rows, 2)))
    assert faults == [
        Fault(4, "公开渠道和载体", "不认识“飞鸽传书”。请用模板中的十二种写法。"),
        Fault(6, "公开内容（要素）", "没有填写公开内容（要素）。"),
        Fault(6, "公开方式", "主动、依申请公开都没有勾选。请至少选一种。"),
    ]
    _lines, faults = read(list(enumerate(table([a_line(), a_line()]), 1)))
    assert faults == [Fault(4, "二级事项", "与第 3 行是同一事项。请合并成一行。")]


def test_a_sheet_without_the_head_and_a_file_that_is_none_are_refused() -> None:
    assert "没有找到" in read([(1, ["一", "二"])])[1][0].what
    assert "没有找到" in read([])[1][0].what
    with pytest.raises(Unreadable):
        merged_rows(b"PK\x03\x04 no workbook")


def test_areas_are_known_by_code_and_by_name() -> None:
    assert len(areas()) == 29
    assert named("社会救助") is named("social_aid") is areas()["social_aid"]
    assert named("没有") is None
    assert boxes(["push"]).splitlines()[-1] == "□社区/企事业单位公示栏（电子屏）　■精准推送"
    assert boxes(["push"]).count("□") == 11


@pytest.mark.parametrize("months", [1, 3, 6, 12, None])
def test_on_any_day_the_last_sample_is_out_and_hardly_ever_late(months: int | None) -> None:
    late = 0
    for days in range(0, 730, 3):
        today = TODAY + timedelta(days=days)
        found = composing.period(months, "area", "organ", str(days), today=today)
        assert found.on <= today
        assert found.on.weekday() < composing.SATURDAY
        late += today > found.on + relativedelta(months=months or 12)
    assert late < 25  # one in ten: a weekend was waited for
