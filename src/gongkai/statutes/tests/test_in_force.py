"""What the law was on a day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statutes import BeforeTheLaw, UnknownParameter, WrongKind, in_force, law
from gongkai.statutes.loading import read_yaml
from gongkai.statutes.values import UNCONFIRMED, Parameter, thaw

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "cases" / "in_force.yaml")
parameters = st.sampled_from(list(law().parameters.values()))
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 1, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']} on {case['day']}")
def test_the_law_says_on_a_day_what_the_table_says(case: dict[str, Any]) -> None:
    found = in_force(case["name"], case["day"])
    assert thaw(found.value) == case["value"]
    assert case["basis"] in found.basis


@given(parameter=parameters, ahead=st.integers(min_value=0, max_value=400))
def test_a_value_runs_from_its_first_day_until_the_next_one(parameter: Parameter, ahead: int) -> None:
    """Right-continuous: the first day already has the new value; constant until the day before the next."""
    for value, following in zip(parameter.values, [*parameter.values[1:], None], strict=True):
        assert in_force(parameter.name, value.since) is value
        later = value.since + timedelta(days=ahead)
        if following is None or later < following.since:
            assert in_force(parameter.name, later) is value
        else:
            assert in_force(parameter.name, following.since - timedelta(days=1)) is value


@given(parameter=parameters, day=days)
def test_a_day_has_the_latest_value_not_after_it_or_an_error(parameter: Parameter, day: date) -> None:
    begun = [value for value in parameter.values if value.since <= day]
    if begun:
        assert in_force(parameter.name, day) is max(begun, key=lambda value: value.since)
    else:
        with pytest.raises(BeforeTheLaw):
            in_force(parameter.name, day)


def test_a_day_before_the_law_names_the_first_day_and_its_article() -> None:
    with pytest.raises(BeforeTheLaw) as caught:
        in_force("third_party_limit", date(2010, 1, 1))
    assert "2019-05-15" in str(caught.value)
    assert "第三十二条" in str(caught.value)


@pytest.mark.parametrize("wrong", ["reply_limits", "replylimit", "答复期限"])
def test_an_unknown_name_is_answered_with_those_near_it(wrong: str) -> None:
    with pytest.raises(UnknownParameter) as caught:
        in_force(wrong, date(2024, 1, 1))
    assert "reply_limit" in caught.value.near or "reply_extension_limit" in caught.value.near


def test_a_value_is_read_as_what_it_is() -> None:
    limit = in_force("reply_limit", date(2024, 1, 1))
    assert limit.integer == 20
    with pytest.raises(WrongKind, match="working_days"):
        _ = limit.flag
    assert in_force("first_day_counted", date(2024, 1, 1)).flag is False
    with pytest.raises(WrongKind):
        _ = in_force("first_day_counted", date(2024, 1, 1)).integer
    assert in_force("fee_rules_first_day", date(2024, 1, 1)).day == date(2021, 1, 1)


def test_what_the_law_gives_cannot_be_changed() -> None:
    table = in_force("remedy_by_result", date(2024, 1, 1)).table
    with pytest.raises(TypeError):
        table["choice"] = ()  # type: ignore[index]


def test_a_statute_is_named_once_where_it_follows_itself() -> None:
    assert in_force("reconsideration_simple_limit", date(2024, 1, 1)).basis == (
        "《中华人民共和国行政复议法》(2023年修订)第六十二条第二款"
    )
    partly = in_force("decision_p", date(2024, 1, 1)).basis
    assert partly.count("政府信息公开条例") == 1
    assert partly.endswith("第三十七条、第三十六条第(二)项、第三十六条第(三)项")


def test_a_number_nobody_has_checked_says_so_once() -> None:
    assert in_force("decision_x5", date(2024, 1, 1)).basis.count(UNCONFIRMED) == 1
