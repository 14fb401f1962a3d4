"""Who may manage whom and give what: the rules as tables, then the acts, then two administrators at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from gongkai.accounts import selectors
from gongkai.accounts.enums import Role
from gongkai.accounts.events import PersonLeft
from gongkai.accounts.models import Absence, Duty, OpenSession, User
from gongkai.accounts.permissions import NotYours
from gongkai.accounts.rules import Held, Standing
from gongkai.accounts.rules.delegation import Reach, may_give, may_manage, overlap, reached, uncovered
from gongkai.accounts.services import administration, sessions
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.kernel import bus

from .factories import a_duty, a_person, an_officer, an_organ

ADMIN = Standing(1, "甲", frozenset({Held(Role.ADMINISTRATOR, "office"), Held(Role.OFFICER, "street")}))
TREE = {"district": None, "office": "district", "street": "district"}


@pytest.mark.parametrize(
    ("home", "organs", "may"),
    [
        ("office", [], True),
        ("office", ["office"], True),
        ("office", ["office", "street"], False),
        ("office", ["district"], False),
        ("street", [], False),
        ("street", ["office"], False),
        ("", [], False),
    ],
)
def test_an_administrator_manages_people_whose_organ_and_duties_lie_within(
    home: str, organs: list[str], may: bool
) -> None:
    assert may_manage(ADMIN, home=home, organs=organs) is may


@pytest.mark.parametrize(
    ("user_id", "organs", "may"),
    [
        (2, ["office"], True),
        (2, ["street"], False),
        (2, ["office", "street"], False),
        (2, ["district", "office", "street"], False),
        (2, [], False),
        (1, ["office"], False),
    ],
)
def test_an_administrator_gives_nothing_past_his_organs_and_nothing_to_himself(
    user_id: int, organs: list[str], may: bool
) -> None:
    assert may_give(ADMIN, user_id=user_id, organs=organs) is may


def test_duties_reach_what_lies_below_when_they_say_so() -> None:
    assert reached([Reach("district", True)], TREE) == {"district", "office", "street"}
    assert reached([Reach("district", False), Reach("street", True)], TREE) == {"district", "street"}
    assert uncovered({"a", "b"}, {"b", "c"}) == {"a"}


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [((1, 3), (3, 5), True), ((1, 3), (4, 5), False), ((4, 5), (1, 3), False), ((1, 9), (4, 5), True)],
)
def test_two_absences_share_a_day_or_not(first: tuple[int, int], second: tuple[int, int], shared: bool) -> None:
    def span(days: tuple[int, int]) -> tuple[date, date]:
        return date(2026, 3, days[0]), date(2026, 3, days[1])

    assert overlap(span(first), span(second)) is shared


def by(user: User) -> Standing:
    return selectors.standing(user, timezone.localdate())


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def tree(db: None) -> None:
    an_organ("district")
    an_organ("office", below="district")
    an_organ("street", below="district")


@pytest.mark.usefixtures("tree")
def test_only_people_within_are_found() -> None:
    admin = an_officer(Role.ADMINISTRATOR, "office")
    within, plain = an_officer(Role.OFFICER, "office"), a_person(organ=an_organ("office"))
    elsewhere, above = an_officer(Role.OFFICER, "street"), an_officer(Role.OFFICER, "office")
    a_duty(above, Role.OFFICER, "district")
    past = an_officer(Role.OFFICER, "office")
    a_duty(past, Role.OFFICER, "district", valid_until=today() - timedelta(days=1))
    below = a_person(organ=an_organ("office"))
    a_duty(below, Role.OFFICER, "office", subtree=True)
    found = set(selectors.managed_by(by(admin), today()))
    assert found == {admin, within, plain, past, below}
    assert elsewhere not in found
    district = an_officer(Role.ADMINISTRATOR, "district", subtree=True)
    assert {elsewhere, above} <= set(selectors.managed_by(by(district), today()))
    assert set(selectors.managed_by(by(within), today())) == set()


@pytest.mark.usefixtures("tree")
def test_a_duty_over_organs_below_that_are_not_his_puts_a_person_out_of_reach() -> None:
    admin = an_officer(Role.ADMINISTRATOR, "district")
    person = a_person(organ=an_organ("district"))
    a_duty(person, Role.OFFICER, "district", subtree=True)
    assert person not in selectors.managed_by(by(admin), today())


def give(admin: User, person: User, **values: Any) -> Duty:
    asked: dict[str, Any] = {"role": Role.OFFICER, "organ": "office", "subtree": False, "valid_until": None}
    return administration.give(by=by(admin), user_id=person.pk, **{**asked, "valid_from": today(), **values})


@pytest.mark.usefixtures("tree")
def test_a_duty_is_given_with_a_record_and_holds_at_once() -> None:
    admin, person = an_officer(Role.ADMINISTRATOR, "office"), a_person(organ=an_organ("office"))
    duty = give(admin, person)
    assert by(person).holds(Role.OFFICER, "office")
    entry = Entry.objects.get(act="accounts.duty_given")
    assert (entry.actor, entry.organ, entry.object_id) == (str(admin.pk), "office", str(person.pk))
    with pytest.raises(ValidationError, match="不必重复给予"):
        give(admin, person)
    administration.end(by=by(admin), duty_id=duty.pk, last_day=today() - timedelta(days=1), today=today())
    assert by(person).held == frozenset()


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    "values",
    [
        {"organ": "street"},
        {"organ": "district"},
        {"organ": "district", "subtree": True},
        {"organ": "street", "role": Role.ADMINISTRATOR},
        {"organ": "no-such-organ"},
    ],
)
def test_no_duty_is_given_past_the_administrators_organs(values: dict[str, Any]) -> None:
    admin, person = an_officer(Role.ADMINISTRATOR, "office"), a_person(organ=an_organ("office"))
    with pytest.raises(NotYours):
        give(admin, person, **values)
    assert not Duty.objects.filter(user=person).exists()


@pytest.mark.usefixtures("tree")
def test_nobody_acts_on_himself() -> None:
    admin, other = an_officer(Role.ADMINISTRATOR, "office"), an_officer(Role.ADMINISTRATOR, "office")
    own = Duty.objects.get(user=admin)
    acts: list[Callable[[], object]] = [
        lambda: give(admin, admin, role=Role.AUDITOR),
        lambda: administration.end(by=by(admin), duty_id=own.pk, last_day=today(), today=today()),
        lambda: administration.suspend(by=by(admin), user_id=admin.pk, today=today()),
        lambda: administration.leave(by=by(admin), user_id=admin.pk, successor_id=other.pk, today=today()),
        lambda: administration.unlock(by=by(admin), user_id=admin.pk),
        lambda: administration.reset_factor(by=by(admin), user_id=admin.pk),
        lambda: administration.new_password(by=by(admin), user_id=admin.pk),
        lambda: administration.name_deputy(
            by=by(admin),
            user_id=other.pk,
            deputy_id=admin.pk,
            first_day=today(),
            last_day=today(),
            today=today(),
        ),
    ]
    for act in acts:
        with pytest.raises(NotYours, match=r"本人|不能指定自己"):
            act()
    assert by(admin).roles == {Role.ADMINISTRATOR}


@pytest.mark.usefixtures("tree")
def test_nobody_acts_on_people_of_another_organ() -> None:
    admin, stranger = an_officer(Role.ADMINISTRATOR, "office"), an_officer(Role.OFFICER, "street")
    colleague = an_officer(Role.OFFICER, "street")
    duty = Duty.objects.get(user=stranger)
    absence = Absence.objects.create(user=stranger, deputy=colleague, first_day=today(), last_day=today())
    acts: list[Callable[[], object]] = [
        lambda: give(admin, stranger),
        lambda: administration.add(by=by(admin), username="new.person", name="示例", email="", organ="street"),
        lambda: administration.end(by=by(admin), duty_id=duty.pk, last_day=today(), today=today()),
        lambda: administration.suspend(by=by(admin), user_id=stranger.pk, today=today()),
        lambda: administration.resume(by=by(admin), user_id=stranger.pk),
        lambda: administration.leave(by=by(admin), user_id=stranger.pk, successor_id=None, today=today()),
        lambda: administration.unlock(by=by(admin), user_id=stranger.pk),
        lambda: administration.reset_factor(by=by(admin), user_id=stranger.pk),
        lambda: administration.new_password(by=by(admin), user_id=stranger.pk),
        lambda: administration.end_absence(by=by(admin), absence_id=absence.pk, today=today()),
        lambda: administration.end_absence(by=by(admin), absence_id=0, today=today()),
        lambda: administration.end(by=by(admin), duty_id=0, last_day=today(), today=today()),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()


@pytest.mark.usefixtures("tree")
def test_the_last_administrator_stays() -> None:
    above = an_officer(Role.ADMINISTRATOR, "district", subtree=True)
    first = an_officer(Role.ADMINISTRATOR, "office")
    administration.suspend(by=by(above), user_id=first.pk, today=today())
    second = an_officer(Role.ADMINISTRATOR, "district", subtree=True)
    administration.leave(by=by(above), user_id=second.pk, successor_id=None, today=today())
    deputy = a_person(organ=an_organ("district"))
    Absence.objects.create(user=above, deputy=deputy, first_day=today(), last_day=today())
    duty = Duty.objects.get(user=above)
    acts: list[Callable[[], object]] = [
        lambda: administration.end(by=by(deputy), duty_id=duty.pk, last_day=today(), today=today()),
        lambda: administration.suspend(by=by(deputy), user_id=above.pk, today=today()),
        lambda: administration.leave(by=by(deputy), user_id=above.pk, successor_id=deputy.pk, today=today()),
    ]
    for act in acts:
        with pytest.raises(ValidationError, match="没有在用的系统管理员"):
            act()
    assert by(above).holds(Role.ADMINISTRATOR, "street")


@pytest.mark.usefixtures("tree")
def test_who_leaves_hands_over_and_is_out_at_once() -> None:
    admin, person, successor = (an_officer(role, "office") for role in (Role.ADMINISTRATOR, Role.OFFICER, Role.OFFICER))
    a_duty(person, Role.AUDITOR, "office", valid_from=today() + timedelta(days=9))
    Absence.objects.create(user=successor, deputy=person, first_day=today(), last_day=today())
    sessions.open_session(user_id=person.pk, session_key="k", address="", browser="", by=SYSTEM, now=timezone.now())
    heard: list[PersonLeft] = []
    bus.subscribe(PersonLeft, heard.append)
    try:
        administration.leave(by=by(admin), user_id=person.pk, successor_id=successor.pk, today=today())
    finally:
        bus.unsubscribe(PersonLeft, heard.append)
    person.refresh_from_db()
    assert heard == [PersonLeft(person.pk, successor.pk)]
    assert (person.is_active, person.left_on) == (False, today())
    assert [duty.valid_until for duty in Duty.objects.filter(user=person)] == [today() - timedelta(days=1)]
    assert not Absence.objects.exists()
    assert not OpenSession.objects.exists()
    assert Entry.objects.get(act="accounts.person_left").facts == f'{{"successor":{successor.pk}}}'
    with pytest.raises(ValidationError, match="已离岗"):
        administration.resume(by=by(admin), user_id=person.pk)


@pytest.mark.usefixtures("tree")
def test_work_is_handed_only_to_somebody_of_ones_own_who_is_here() -> None:
    admin, person = an_officer(Role.ADMINISTRATOR, "office"), an_officer(Role.OFFICER, "office")
    gone = a_person(organ=an_organ("office"), is_active=False)
    for successor, error in (
        (person, ValidationError),
        (gone, ValidationError),
        (an_officer(organ="street"), NotYours),
    ):
        with pytest.raises(error):
            administration.leave(by=by(admin), user_id=person.pk, successor_id=successor.pk, today=today())
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(0, -1, "末日早于首日"), (-5, -1, "已经过去"), (3, 3, "重叠"), (0, 9, "重叠"), (8, 9, "")],
)
def test_absences_lie_ahead_and_apart(first: int, last: int, says: str) -> None:
    admin, person, deputy = (an_officer(role, "office") for role in (Role.ADMINISTRATOR, Role.OFFICER, Role.OFFICER))

    def name(first: int, last: int) -> None:
        administration.name_deputy(
            by=by(admin),
            user_id=person.pk,
            deputy_id=deputy.pk,
            first_day=today() + timedelta(days=first),
            last_day=today() + timedelta(days=last),
            today=today(),
        )

    name(2, 4)
    if says:
        with pytest.raises(ValidationError, match=says):
            name(first, last)
    else:
        name(first, last)
    assert Absence.objects.count() == (1 if says else 2)


@pytest.mark.usefixtures("tree")
def test_a_deputy_comes_from_the_same_organ() -> None:
    admin, person = an_officer(Role.ADMINISTRATOR, "office"), an_officer(Role.OFFICER, "office")
    with pytest.raises(ValidationError, match="本机关另一位在用人员"):
        administration.name_deputy(
            by=by(admin),
            user_id=person.pk,
            deputy_id=an_officer(organ="street").pk,
            first_day=today(),
            last_day=today(),
            today=today(),
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["suspend", "end", "leave"])
def test_two_administrators_who_put_each_other_out_at_once_leave_one(act: str) -> None:
    pair = [an_officer(Role.ADMINISTRATOR, "office") for _one in range(2)]
    standings = [by(user) for user in pair]
    start = Barrier(2, timeout=20)

    def put_out(number: int) -> str:
        other = pair[1 - number]
        start.wait()
        try:
            if act == "suspend":
                administration.suspend(by=standings[number], user_id=other.pk, today=today())
            elif act == "leave":
                administration.leave(by=standings[number], user_id=other.pk, successor_id=None, today=today())
            else:
                duty = Duty.objects.get(user=other)
                yesterday = today() - timedelta(days=1)
                administration.end(by=standings[number], duty_id=duty.pk, last_day=yesterday, today=today())
        except (ValidationError, NotYours, Duty.DoesNotExist):
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(put_out, range(2)))
    assert outcomes == ["done", "refused"]
    assert selectors.organs_with_administrator(today()) == {"office"}
