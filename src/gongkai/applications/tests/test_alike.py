"""Precedents: what wants the same is found, of every organ, and tells nothing of another organ's applicant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors
from gongkai.applications.rules import likeness
from gongkai.applications.tests import factories

WANTED = "2024年四川北路街道加装电梯补贴发放明细"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (WANTED, WANTED, 1, 1),
        (WANTED, "２０２４年四川北路街道　加装电梯补贴发放明细。", 1, 1),
        (WANTED, "四川北路街道2024年度加装电梯补贴的发放明细表", 0.5, 0.95),
        (WANTED, "2023年欧阳路街道加装电梯补贴发放名单", 0.3, 0.7),
        (WANTED, "区政府常务会议纪要", 0, 0.05),
        ("", WANTED, 0, 0),
    ],
)
def test_how_alike_two_texts_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness.likeness(likeness.shingles(one), likeness.shingles(other)) <= most


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_both_ways_and_bands_only_depend_on_the_pairs(one: str, other: str) -> None:
    first, second = likeness.shingles(one), likeness.shingles(other)
    assert 0 <= likeness.likeness(first, second) == likeness.likeness(second, first) <= 1
    assert (likeness.bands(one) == likeness.bands(other)) or first != second


def test_bands_stay_what_they_were() -> None:
    assert likeness.bands("") == ()
    assert len(likeness.bands(WANTED)) == likeness.BANDS
    assert likeness.bands(WANTED)[:3] == likeness.bands(f" {WANTED}。")[:3]


def test_the_outcome_of_most_alike_cases_is_proposed() -> None:
    found = likeness.proposal([("non_existent", 0.9), ("provided", 0.4), ("non_existent", 0.3), ("partial", 1.0)])
    assert found == likeness.Proposal("non_existent", 2, 4)
    assert likeness.proposal([]) is None


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER)


def test_alike_cases_of_other_organs_tell_their_outcome_and_nothing_of_who_asked(officer: Standing) -> None:
    elsewhere = factories.holding(factories.person(), Role.OFFICER, Role.SECTION_CHIEF, organ="finance")
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF, organ="finance")
    reviewer: dict[str, Any] = {"organ": "finance", "description": WANTED}
    other = factories.decided(elsewhere, kind="already_public", **reviewer)
    del chief
    mine = factories.registered(officer, description="四川北路街道2024年加装电梯补贴发放明细表")
    factories.submitted(description="区政府常务会议纪要", identity_number="SAMPLE-OTHER")
    found = selectors.alike(officer, mine)
    assert [(one.organ, one.number, one.wanted, one.same_applicant) for one in found] == [
        (other.organ.short_name, "", "", False)
    ]
    assert selectors.alike(elsewhere, mine)[0].number == other.number


def test_precedents_of_the_same_applicant_are_marked_and_their_words_can_be_taken_over(officer: Standing) -> None:
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    before = factories.closed(officer, chief, kind="non_existent", description=WANTED)
    again = factories.registered(officer, description=WANTED, day=date(2025, 9, 15))
    (found,) = selectors.alike(officer, again)
    assert (found.number, found.same, found.same_applicant, found.kind) == (before.number, True, True, "non_existent")
    assert selectors.proposed([found]) == likeness.Proposal("non_existent", 1, 1)
    assert selectors.precedent(officer, before.number, "non_existent") == {"search": "示例检索情况"}
    assert selectors.precedent(officer, before.number, "provided") == {}
    stranger = factories.holding(factories.person(), Role.OFFICER, organ="finance")
    assert selectors.precedent(stranger, before.number, "non_existent") == {}


def test_an_organ_that_the_text_names_is_the_likely_one(officer: Standing) -> None:
    row = factories.submitted(description="上海市虹口区财政局2024年部门决算").application
    assert selectors.likely_organ(row, []) == "上海市虹口区财政局"


def test_the_search_costs_the_same_for_one_and_thirty(officer: Standing, django_assert_num_queries: Any) -> None:
    row = factories.registered(officer, description=WANTED)
    for count in (1, 30):
        for _ in range(count):
            factories.submitted(description=f"{WANTED}{count}")
        with django_assert_num_queries(5):
            assert selectors.alike(officer, row)
