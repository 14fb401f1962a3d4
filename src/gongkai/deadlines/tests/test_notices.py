"""Notices as files: what is read, what is refused and in what words."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.deadlines.rules import Notice, NoticeDay, UnfitNotice, changed_days, read_notice, shipped_calendar
from gongkai.deadlines.rules.notices import LARGEST, as_json, as_rows

NOTICE = Notice(
    2027,
    ("示例通知〔2026〕1号",),
    (
        NoticeDay(date(2026, 12, 31), "元旦", True),
        NoticeDay(date(2027, 1, 1), "元旦", True),
        NoticeDay(date(2027, 1, 3), "元旦", False),
    ),
)
CSV = "day,kind,name\n2026-12-31,放假,元旦\n2027-01-01,放假,元旦\n2027-01-03,调休上班,元旦\n"


def json_with(**changes: object) -> bytes:
    content = json.loads(as_json(NOTICE)) | changes
    return json.dumps(content, ensure_ascii=False).encode()


def a_day(on: str, *, off: bool = True, name: str = "元旦") -> dict[str, object]:
    return {"name": name, "date": on, "isOffDay": off}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_json_and_csv_are_read_in_each_encoding(encoding: str) -> None:
    assert read_notice(as_json(NOTICE).encode(encoding)) == NOTICE
    assert read_notice(CSV.encode(encoding), year=2027, papers=NOTICE.papers) == NOTICE


def test_what_is_written_is_read_back() -> None:
    rows = "\r\n".join(",".join(row) for row in as_rows(NOTICE))
    assert read_notice(rows.encode(), year=2027, papers=NOTICE.papers) == NOTICE
    for notice in shipped_calendar().notices.values():
        assert read_notice(as_json(notice).encode()) == notice


def test_the_order_of_days_does_not_matter() -> None:
    days = json.loads(as_json(NOTICE))["days"]
    assert read_notice(json_with(days=days[::-1])).digest == NOTICE.digest


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (json_with(year=2028), "不是 2028 年的日子"),
        (json_with(year="2027"), "year 应当是"),
        (json_with(year=True), "year 应当是"),
        (json_with(year=20270), "year 应当是"),
        (json_with(papers=[]), "没有写明依据的文件"),
        (json_with(papers="国办"), "papers 应当是"),
        (json_with(papers=["x" * 121]), "1 至 120 个字"),
        (json_with(papers=[""]), "1 至 120 个字"),
        (json_with(papers=["x"] * 11), "papers 应当是"),
        (json_with(days={}), "days 应当是"),
        (json_with(days=[]), "一天也没有"),
        (json_with(days=["2027-01-01"]), "第 1 项应有"),
        (json_with(days=[a_day("2027-02-29")]), "第 1 项应有"),
        (json_with(days=[a_day("20270101")]), "第 1 项应有"),
        (json_with(days=[a_day("2027-01-01", name="")]), "第 1 项应有"),
        (json_with(days=[a_day("2027-01-01", name="元\n旦")]), "第 1 项应有"),
        (json_with(days=[{**a_day("2027-01-01"), "isOffDay": "false"}]), "第 1 项应有"),
        (json_with(days=[a_day("2027-01-01"), a_day("2027-01-01")]), "2027-01-01 写了 2 次"),
        (json_with(days=[a_day("2027-01-03", off=False)] * 2), "2027-01-03 写了 2 次"),
        (json_with(days=[a_day("2026-11-30")]), "也不是上一年12月的"),
        (json_with(days=[a_day("2028-01-01")]), "不是 2027 年的日子"),
        (json_with(days=[a_day("2027-01-04", off=False)]), "本来就是工作日"),
        (json_with(days=[a_day(f"2027-{m:02}-{d:02}") for m in range(1, 13) for d in range(1, 12)]), "超出一年"),
        (b'{"year": 2027', "不是完整的 JSON"),
        (b"[" * 100_000, "不是完整的 JSON"),
        (b"[]", "最外层"),
        (b"PK\x03\x04\0\0", "读不出文字"),
        (b"\xff\xff\xff", "读不出文字"),
        (b"x" * (LARGEST + 1), "200,001 字节"),
        (b"", "第一行应当是"),
        (b"2027-01-01", "第一行应当是"),
        (b"day,kind,name\n2027-01-01,party,x", "第 2 行应写"),
        (b"day,kind,name\n2027-01-01,off", "第 2 行应写"),
        (b"day,kind,name\n2027-01-01,off,x,y", "第 2 行应写"),
        (b'day,kind,name\n"2027-01-01', "不是完整的 CSV"),
    ],
)
def test_what_no_office_would_have_written_is_refused_in_words(data: bytes, fault: str) -> None:
    given = {} if data[:1] == b"{" else {"year": 2027, "papers": ("示例通知",)}
    with pytest.raises(UnfitNotice, match=fault):
        read_notice(data, **given)  # type: ignore[arg-type]


def test_a_csv_needs_its_year_and_a_json_must_be_of_the_year_wanted() -> None:
    with pytest.raises(UnfitNotice, match="请填写年份"):
        read_notice(CSV.encode(), papers=("示例通知",))
    with pytest.raises(UnfitNotice, match="要导入的是 2026 年"):
        read_notice(as_json(NOTICE).encode(), year=2026)


def test_many_faults_are_told_at_once_but_not_without_end() -> None:
    days = [a_day(f"2027-13-{n:02}") for n in range(60)]
    with pytest.raises(UnfitNotice) as told:
        read_notice(json_with(days=days))
    assert len(told.value.faults) == 21
    assert told.value.faults[-1] == "另有 40 处问题。"


def test_changed_days_are_those_worked_in_one_calendar_only() -> None:
    before = shipped_calendar()
    assert changed_days(before, before) == ()
    assert changed_days(before, before.replacing(NOTICE))[:2] == (date(2026, 12, 31), date(2027, 1, 3))
    assert date(2027, 10, 1) in changed_days(before, before.replacing(NOTICE))
