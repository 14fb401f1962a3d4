"""What an application costs: the two scales, step by step, as the rules give their examples."""

from datetime import date

import pytest

from gongkai.applications.rules import fees
from gongkai.statutes import BeforeTheLaw

DAY = date(2025, 9, 15)


@pytest.mark.parametrize(
    ("place", "yuan"),
    [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (50, 300), (51, 400), (60, 400), (61, 500),
     (101, 900)],
)  # fmt: skip
def test_the_fee_of_the_nth_application_of_a_month(place: int, yuan: int) -> None:
    assert fees.by_item(place, DAY).yuan == yuan


def test_forty_five_applications_of_a_month_cost_5500_yuan() -> None:
    assert fees.month_by_item(45, DAY) == 20 * 100 + 10 * 200 + 5 * 300 == 5500


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (230, 3900)],
)
def test_the_fee_by_pages_rises_only_for_the_pages_of_each_step(pages: int, yuan: int) -> None:
    assert fees.by_page(pages, DAY).yuan == yuan


def test_before_the_rules_ran_nothing_is_charged() -> None:
    with pytest.raises(BeforeTheLaw):
        fees.by_item(11, date(2020, 12, 31))


@pytest.mark.parametrize("call", [lambda: fees.by_item(0, DAY), lambda: fees.by_page(-1, DAY)])
def test_what_cannot_be_counted_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match="not"):
        call()  # type: ignore[operator]
