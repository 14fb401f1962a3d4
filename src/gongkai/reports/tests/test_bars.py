"""Tables copied with bars, and titles as pages carry them."""

from __future__ import annotations

import pytest

from gongkai.reports.enums import Column, Row
from gongkai.reports.reading.model import Reading
from gongkai.reports.reading.read import read_text
from gongkai.reports.tests.factories import reading

GROUP_HEADS = {
    Row.GRANTED: "三、本年度办理结果",
    Row.WITHHELD_STATE_SECRET: "（三）不予公开",
    Row.UNABLE_NOT_HELD: "（四）无法提供",
    Row.NOT_PROCESSED_PETITION_IN_FORM: "（五）不予处理",
    Row.OTHER_SUPPLEMENT_OVERDUE: "（六）其他处理",
}
TABLE_WIDTH = 10
HEAD = "示例市示例区示例局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
HEADS = [
    ["申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]


def rows(truth: Reading) -> list[list[str]]:
    """Every row as its printed cells: labels, then the seven figures, noughts left blank but for the total."""
    out = []
    for row, cells in truth.three.items():
        labels = [*([GROUP_HEADS[row]] if row in GROUP_HEADS else []), row.label]
        out.append([*labels, *(str(f.value) if f.value or c is Column.TOTAL else "" for c, f in cells.items())])
    return out


def each_ends_with_a_bar(truth: Reading) -> str:
    """A cell a line with its bar; the places lost to merged cells as a line of bars."""
    lines = []
    for cells in [*HEADS, *rows(truth)]:
        lines += [f"{cell} |" if cell else "|" for cell in cells]
        if len(cells) < TABLE_WIDTH:
            lines.append("|" * (TABLE_WIDTH - len(cells)))
    return HEAD + "\n".join(lines)


def bars_between_lines(truth: Reading) -> str:
    """Cells and bars take turns line by line."""
    lines = []
    for cell in (c for cells in [*HEADS, *rows(truth)] for c in cells):
        lines += [cell, "|"] if cell else ["|"]
    return HEAD + "\n".join(lines)


def a_row_a_line(truth: Reading) -> str:
    """A row a line, a bar after each cell."""
    return HEAD + "\n".join(" | ".join(cells) + " |" for cells in [*HEADS, *rows(truth)])


def padded_rows(truth: Reading) -> str:
    """A row a line, filled up with empty cells to the width of the table."""
    return HEAD + "\n".join(
        f"| {' | '.join(cells)} |{' |' * (TABLE_WIDTH - len(cells))}" for cells in [*HEADS, *rows(truth)]
    )


@pytest.mark.parametrize("layout", [each_ends_with_a_bar, bars_between_lines, a_row_a_line, padded_rows])
def test_blanks_keep_their_places_between_bars(layout: object) -> None:
    truth = reading()
    (found,) = read_text(layout(truth))  # type: ignore[operator]
    expected = {
        row: [f.value if f.value or c is Column.TOTAL else None for c, f in cells.items()]
        for row, cells in truth.three.items()
    }
    assert {row: [f.value for f in cells.values()] for row, cells in found.three.items()} == expected
    assert [u.what for u in found.unread] == ["表二没有找到", "表四没有找到"]


def test_figures_whose_label_was_lost_are_named_and_go_to_no_row() -> None:
    lines = each_ends_with_a_bar(reading()).split("\n")
    lost = [line for line in lines if not line.startswith(("1.属于国家秘密", "2.其他法律", "3.危及"))]
    (found,) = read_text("\n".join(lost))
    missing = (Row.WITHHELD_STATE_SECRET, Row.WITHHELD_PROHIBITED_BY_LAW, Row.WITHHELD_SECURITY_AND_STABILITY)
    assert all(f.value is None for row in missing for f in found.three[row].values())
    assert any("认不出" in u.what or "没有找到" in u.what for u in found.unread)


BODY = "\n一、总体情况\n三、收到和处理政府信息公开申请情况\n"


@pytest.mark.parametrize(
    ("text", "organ", "year"),
    [
        ("2021年示例市示例区建设委员会\n政府信息公开工作年度报告", "示例市示例区建设委员会", 2021),
        ("名 称: 示例街道办事处2022年度 政府信息公开工作年度报告\n索 引 号: 1/2", "示例街道办事处", 2022),
        ("示例市示例区2021年政府信息公开工作年度报告 本年度报告根据《条例》编制。", "示例市示例区", 2021),
        ("示例市示例区民政局\n政府信息公开工作年度报告\n（2023年度）", "示例市示例区民政局", 2023),
        ("# 示例区教育局 2022 年度政府信息公开工作年度报告", "示例区教育局", 2022),
        ("二〇二三年示例区政府信息公开工作年度报告", "示例区", 2023),
        ("根据规定,现公布区统计局2023年政府信息公开工作年度报告。统计期限自2023年1月1日起。", "区统计局", 2023),
        ("示例市人民政府2017年政府信息公开工作年度报告_示例网", "示例市人民政府", 2017),
    ],
)
def test_organ_and_year_are_found_as_pages_print_them(text: str, organ: str, year: int) -> None:
    (found,) = read_text(text + BODY)
    assert (found.organ, found.year) == (organ, year)


def test_a_link_to_another_years_report_does_not_lend_its_year() -> None:
    text = "示例局2022年政府信息公开工作年度报告\n相关链接\n示例局2021年政府信息公开工作年度报告\n"
    (found,) = read_text(f"{text}统计期限自2022年1月1日起至12月31日止。{BODY}")
    assert found.year == 2022
