"""How values are written into a form and read again, and from which day a decision may hold."""

from datetime import date

import pytest

from gongkai.house_rules.rules import Unfit, earliest, read, written
from gongkai.statutes import law
from gongkai.statutes.values import thaw

SETTABLE = [parameter.name for parameter in law().parameters.values() if parameter.settable]


@pytest.mark.parametrize("name", SETTABLE)
def test_every_default_is_read_back_as_it_was_written(name: str) -> None:
    parameter = law().parameter(name)
    for value in parameter.values:
        assert read(parameter, written(parameter, value.value)) == thaw(value.value)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("supplement_term", "十", "须是整数"),
        ("supplement_term", "0", "须在 1 至 1000 之间"),
        ("supplement_term", "１５00", "须在 1 至 1000 之间"),
        ("supplement_term", "9" * 5000, "须是整数"),
        ("extension_once_a_case", "也许", "须是是否"),
        ("fee_rules_first_day", "2021-02-30", "须是日期"),
        ("website_report_day", "13-01", "须是月-日"),
        ("administrative_court", "   ", "不能是空的"),
        ("document_number_format", "{prefix}〔{year}〕号", "须保留 {serial}"),
        ("document_number_format", "{prefix}〔{year}〕{serial}{organ}号", "没有 {organ}"),
        ("index_number_pattern", "[0-9", "须是式样"),
        ("document_genres", "\n \n", "至少要有一项"),
        ("reviews_before_signing", "secrecy: [G2]", "须有且只有这几项：secrecy、legal"),
        ("reviews_before_signing", "secrecy: G2\nlegal: [P]", "“secrecy”须是列表"),
        ("reviews_before_signing", "secrecy: [1]\nlegal: [P]", "“secrecy”须是文字"),
        ("reviews_before_signing", "{", "写法不对"),
        ("reviews_before_signing", "[" * 3000, "写法不对"),
        ("deduction_groups", "services: 多\npublication_interaction_design: 75", "“services”须是整数"),
        ("external_link_notice", "字" * 10_001, "内容太长"),
    ],
)
def test_a_value_that_nobody_could_read_is_refused_in_words(name: str, text: str, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read(law().parameter(name), text)


def test_a_table_of_organs_takes_any_organ_and_needs_no_words_of_the_default() -> None:
    parameter = law().parameter("reconsideration_authorities_by_organ")
    assert read(parameter, "health: 上海市卫生健康委员会") == {"health": "上海市卫生健康委员会"}
    assert read(parameter, "") == {}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("supplement_term", date(2026, 3, 3)),
        ("extension_once_a_case", date(2026, 3, 3)),
        ("application_retention", date(2026, 3, 3)),
        ("administrative_court", date(2026, 3, 2)),
        ("document_genres", date(2026, 3, 2)),
    ],
)
def test_what_days_are_counted_by_holds_from_tomorrow_and_words_at_once(name: str, first: date) -> None:
    assert earliest(law().parameter(name), date(2026, 3, 2)) == first
