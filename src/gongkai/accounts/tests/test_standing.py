"""What a person may do: duties over the tree of organs, by day, with deputies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.accounts import selectors
from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence
from gongkai.accounts.rules import NOBODY, Held, Standing, clean_line, expand, is_username
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import VISITOR, Actor

from .factories import a_duty, a_person, an_officer, an_organ

DAY = date(2026, 3, 2)
TREE = {"city": None, "district": "city", "office": "district", "street": "district", "other": "city"}


@pytest.mark.parametrize(
    ("organ", "subtree", "codes"),
    [
        ("office", False, {"office"}),
        ("office", True, {"office"}),
        ("district", False, {"district"}),
        ("district", True, {"district", "office", "street"}),
        ("city", True, {"city", "district", "office", "street", "other"}),
        ("unknown", True, {"unknown"}),
    ],
)
def test_a_duty_reaches_as_far_as_it_says(organ: str, subtree: bool, codes: set[str]) -> None:
    found = expand(Role.OFFICER, organ, subtree=subtree, parents=TREE)
    assert found == {(Role.OFFICER, code) for code in codes}


def test_a_circle_of_organs_is_walked_once() -> None:
    found = expand(Role.OFFICER, "a", subtree=True, parents={"a": "b", "b": "a"})
    assert {code for _role, code in found} == {"a", "b"}


def test_a_standing_answers_who_may_what_where() -> None:
    standing = Standing(
        7,
        "示例承办人甲",
        frozenset({Held(Role.OFFICER, "a"), Held(Role.AUDITOR, "a"), Held(Role.OFFICER, "b", acting_for=9)}),
    )
    assert standing.roles_in("a") == {Role.OFFICER, Role.AUDITOR}
    assert standing.roles_in("c") == frozenset()
    assert standing.organs_where(Role.OFFICER) == {"a", "b"}
    assert standing.organs_where(Role.AUDITOR, Role.OBSERVER) == {"a"}
    assert standing.organs == {"a", "b"}
    assert standing.roles == {Role.OFFICER, Role.AUDITOR}
    assert standing.holds(Role.OFFICER, "b")
    assert not standing.holds(Role.AUDITOR, "b")


def test_the_record_names_the_absent_person_only_where_the_deputy_has_no_right_of_his_own() -> None:
    own, deputy = Held(Role.OFFICER, "a"), Held(Role.OFFICER, "a", acting_for=9)
    both = Standing(7, "甲", frozenset({own, deputy, Held(Role.OFFICER, "b", acting_for=9)}))
    assert both.actor == Actor(ActorKind.USER, "7")
    assert both.actor_as({Role.OFFICER}, "a") == Actor(ActorKind.USER, "7")
    assert both.actor_as({Role.OFFICER}, "b") == Actor(ActorKind.USER, "7", acting_for="9")
    assert both.actor_as({Role.AUDITOR}, "b") == Actor(ActorKind.USER, "7")


def test_nobody_is_a_visitor() -> None:
    assert NOBODY.actor == VISITOR
    assert NOBODY.roles == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "held"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_duty_holds_from_its_first_day_to_its_last(on: date, held: bool) -> None:
    user = a_person()
    a_duty(user, Role.OFFICER, "office", valid_from=date(2026, 3, 2), valid_until=date(2026, 3, 31))
    assert selectors.standing(user, on).holds(Role.OFFICER, "office") is held


@pytest.mark.django_db
def test_a_deputy_holds_the_absent_persons_duties_for_those_days_and_hands_nothing_on() -> None:
    absent, deputy, third = an_officer(Role.LEGAL_REVIEWER, "office"), an_officer(organ="street"), a_person()
    Absence.objects.create(user=absent, deputy=deputy, first_day=DAY, last_day=DAY)
    Absence.objects.create(user=deputy, deputy=third, first_day=DAY, last_day=DAY)
    own = Held(Role.OFFICER, "street")
    assert selectors.standing(deputy, DAY).held == {own, Held(Role.LEGAL_REVIEWER, "office", absent.pk)}
    assert selectors.standing(deputy, date(2026, 3, 3)).held == {own}
    assert selectors.standing(third, DAY).held == {Held(Role.OFFICER, "street", deputy.pk)}


@pytest.mark.django_db
def test_who_is_not_active_holds_nothing_and_lends_nothing() -> None:
    left, deputy = an_officer(), a_person()
    Absence.objects.create(user=left, deputy=deputy, first_day=DAY, last_day=DAY)
    left.is_active = False
    left.save()
    assert selectors.standing(left, DAY) == NOBODY
    assert selectors.standing(deputy, DAY).held == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 30])
def test_a_standing_costs_two_queries_however_many_duties_there_are(many: int, django_assert_num_queries: Any) -> None:
    an_organ("district")
    user = a_person()
    for number in range(many):
        an_organ(f"organ-{number}", below="district")
        a_duty(user, Role.OFFICER, f"organ-{number}", subtree=True)
    with django_assert_num_queries(2):
        standing = selectors.standing(user, DAY)
    assert len(standing.organs) == many


@pytest.mark.django_db
def test_holders_are_found_at_the_organ_and_above_it_when_the_duty_reaches_down() -> None:
    an_organ("office", below="district")
    here, above = an_officer(Role.AUDITOR, "office"), an_officer(Role.AUDITOR, "district", subtree=True)
    an_officer(Role.AUDITOR, "district")
    an_officer(Role.OFFICER, "office")
    assert set(selectors.holders(Role.AUDITOR, "office", DAY)) == {here, above}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("zhang.san", True),
        ("a-1", True),
        ("x" * 60, True),
        *[(bad, False) for bad in ("ab", "A.b", ".ab", "a b", "a\nb", "abc\n", "x" * 61, "张三丰")],
    ],
)
def test_sign_in_names(text: str, good: bool) -> None:
    assert is_username(text) is good


def test_a_line_holds_no_control_characters() -> None:
    assert clean_line("  示例\r\nBcc: x\t人 \x00员 ") == "示例 Bcc: x 人 员"
