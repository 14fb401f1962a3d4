"""The gazette's rules as tables."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree

from gongkai.gazette import printing
from gongkai.gazette.rules import book, ledger, markup, timing
from gongkai.gazette.rules.citing import Citation, parse
from gongkai.gazette.rules.declared import Admission, admission
from gongkai.gazette.rules.frozen import Frozen, Text, thawed
from gongkai.gazette.rules.ledger import Line

ISSUE = Frozen(
    "示例公报",
    "示例机关",
    2025,
    2,
    42,
    "2025-06-30",
    (
        Text(
            1,
            "区政府文件",
            "关于<示例>事项的办法",
            "示例机关甲",
            "虹府规〔2025〕1号",
            "2025-04-01",
            "第一条 为示例。\n| 甲 | 乙 |\n| 1 | 2 |",
        ),
        Text(2, "政策解读", "示例解读", "示例机关乙", "", "2025-04-02", "# 背景\n- 其一\n- 其二\n（一）说明。"),
    ),
)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"kind": "normative_document", "organ": "hongkou"}, "government"),
        ({"kind": "other_document", "organ": "district-office"}, "office"),
        ({"kind": "normative_document", "organ": "education"}, "departments"),
        ({"kind": "interpretation", "organ": "housing"}, "interpretations"),
        ({"kind": "personnel", "organ": "hongkou"}, "personnel"),
    ],
)
def test_the_positive_list_puts_a_document_into_its_column(values: dict[str, str], column: str) -> None:
    assert admission(level="district", language="zh-hans", title="示例", **values) == Admission(column)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"level": "city"}, "市级机关的文件由市政府公报刊登，本级公报不登。"),
        ({"level": "national"}, "国家机关的文件由国务院公报刊登，本级公报不登。"),
        ({"language": "en"}, "译本不是正式文本，公报只登中文原文。"),
        ({"title": "示例商圈限时促销通知"}, "标题中有“限时促销”，公报不登广告。"),
        ({"kind": "penalty_result"}, "不在正向清单之内。"),
        ({"kind": "personnel", "organ": "education"}, "不在正向清单之内。"),
    ],
)
def test_what_is_not_admitted_is_told_why(values: dict[str, str], why: str) -> None:
    given = {
        "kind": "normative_document",
        "organ": "hongkou",
        "level": "district",
        "language": "zh-hans",
        "title": "示例",
    }
    assert admission(**{**given, **values}) == Admission("", why)


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("2025年第2期第3号", Citation(2025, 2, 3)),
        ("2025年第2期", Citation(2025, 2)),
        ("２０２５年 第２期 第３号", Citation(2025, 2, 3)),
        ("二〇二五年第二期第十三号", Citation(2025, 2, 13)),
        ("《虹口区人民政府公报》2025年第2期第3号", Citation(2025, 2, 3)),
        ("政府公报2025年2期3篇", Citation(2025, 2, 3)),
        ("2025-2-3", Citation(2025, 2, 3)),
        ("2025-2", Citation(2025, 2)),
        ("2023年第3期", Citation(2023, 3)),
        ("二〇二四年第二十期第二十一号", Citation(2024, 20, 21)),
        ("虹府规〔2023〕4号", None),
        ("2025年第0期", None),
        ("2025年第2期第0号", None),
        ("加装电梯", None),
        ("", None),
    ],
)
def test_a_citation_is_read_in_its_spellings(text: str, citation: Citation | None) -> None:
    assert parse(text) == citation


def test_what_is_printed_is_read_again() -> None:
    for citation in (Citation(2025, 2), Citation(2025, 2, 3)):
        assert parse(citation.text) == citation
    assert Citation(2025, 2).slug == "2025-2"


def skip_weekend(day: date) -> date:
    after = day + timedelta(days=1)
    while after.weekday() > 4:
        after += timedelta(days=1)
    return after


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2025, 6, 30), []),
        (date(2025, 7, 1), [(2025, 2)]),
        (date(2025, 9, 30), [(2025, 2)]),
        (date(2026, 1, 2), [(2025, 2), (2025, 3), (2025, 4)]),
    ],
)
def test_a_missed_quarter_is_late_on_the_next_working_day(today: date, late: list[tuple[int, int]]) -> None:
    found = timing.missing({(2025, 1)}, since=date(2025, 3, 31), today=today, a_year=4, next_working_day=skip_weekend)
    assert [(one.year, one.issue) for one in found] == late


def test_an_issue_due_on_a_friday_is_late_on_monday_and_not_before() -> None:
    def late(today: date) -> list[timing.Missing]:
        return timing.missing(
            set(), since=date(2024, 6, 1), today=today, a_year=2, next_working_day=lambda _day: date(2024, 7, 1)
        )

    assert late(date(2024, 6, 30)) == []
    assert late(date(2024, 7, 1)) == [timing.Missing(2024, 1, date(2024, 6, 30), date(2024, 7, 1))]


LEDGER = [
    Line("printed", 2500),
    Line("sent", 300, "甲"),
    Line("sent", 200, "乙"),
    Line("given", 250, "甲"),
    Line("returned", 20, "乙"),
]


def test_what_was_printed_is_what_was_sent_and_what_is_left() -> None:
    found = ledger.balance(LEDGER)
    assert (found.printed, found.sent, found.left, found.given) == (2500, 480, 2020, 250)
    assert [(point.point, point.received, point.given, point.held) for point in found.points] == [
        ("乙", 180, 0, 180),
        ("甲", 300, 250, 50),
    ]
    assert found.printed == found.sent + found.left


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line("sent", 2020, "丙"), ""),
        (Line("sent", 2021, "丙"), "库存只剩 2020 册，发不出 2021 册。请先登记印入，或者改小册数。"),
        (Line("given", 51, "甲"), "这个发放点只有 50 册。请核对册数。"),
        (Line("returned", 181, "乙"), "这个发放点只有 180 册。请核对册数。"),
        (Line("sent", 5), "没有选择发放点。请选择是哪一个发放点。"),
        (Line("printed", 5, "甲"), "印入不针对发放点。请把发放点留空。"),
        (Line("printed", 0), "册数应当大于 0。请填写实际册数。"),
    ],
)
def test_copies_that_are_not_there_cannot_move(line: Line, why: str) -> None:
    assert ledger.fault(LEDGER, line) == why


def test_an_issue_is_kept_and_read_again_whole() -> None:
    assert thawed(ISSUE.as_object) == ISSUE


def test_the_page_is_well_formed_escapes_its_texts_and_fetches_nothing() -> None:
    page = markup.page(ISSUE)
    etree.fromstring(page.encode())
    assert "关于&lt;示例&gt;事项的办法" in page
    assert "src=" not in page
    assert "url(" not in page
    assert page.index("区政府文件") < page.index("政策解读") < page.index("引用：2025年第2期第1号")


def test_the_book_is_a_well_formed_epub() -> None:
    archive = zipfile.ZipFile(io.BytesIO(book.epub(ISSUE)))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read(first)) == (
        "mimetype",
        zipfile.ZIP_STORED,
        b"application/epub+zip",
    )
    names = set(archive.namelist())
    for name in names - {"mimetype", "book/style.css"}:
        etree.fromstring(archive.read(name))
    package: Any = etree.fromstring(archive.read("book/package.opf"))
    manifest = {node.get("id"): node.get("href") for node in package.iter("{*}item")}
    assert {f"book/{href}" for href in manifest.values()} <= names
    assert [node.get("idref") for node in package.iter("{*}itemref")] == ["cover", "nav", "a1", "a2"]


def test_every_building_gives_the_same_bytes_and_another_text_gives_others() -> None:
    other = thawed({**ISSUE.as_object, "published_on": "2025-07-01"})
    for form in printing.FORMS:
        assert printing.build(ISSUE, form) == printing.build(ISSUE, form)
        assert printing.build(ISSUE, form) != printing.build(other, form)
