"""The pages of people: what an administrator sees and does, and what stays closed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence, Duty, User
from gongkai.accounts.tests.factories import PASSWORD, a_duty, a_person, an_officer, an_organ
from gongkai.notifications.models import Message

from .signing_in import a_factor, sign_in

pytestmark = pytest.mark.django_db
PEOPLE = "/workbench/people/"


@pytest.fixture
def admin() -> User:
    an_organ("office", below="district")
    an_organ("street", below="district")
    return an_officer(Role.ADMINISTRATOR, "office")


@pytest.fixture
def desk(client: Client, admin: User) -> Client:
    """The administrator's browser."""
    sign_in(client, admin)
    return client


def told(response: Any) -> str:
    """What the page says."""
    return str(response.content.decode())


def today() -> str:
    return timezone.localdate().isoformat()


def test_a_person_is_added_given_a_duty_and_works(desk: Client) -> None:
    page = told(
        desk.post(f"{PEOPLE}add/", {"name": "示例新人", "username": "New.Person", "email": "", "organ": "office"})
    )
    password = re.search(r'id="first-password">([a-z0-9-]{19})<', page)
    assert password is not None
    person = User.objects.get(username="new.person")
    given = desk.post(f"{PEOPLE}{person.pk}/duties/add/", {"role": "officer", "organ": "office", "valid_from": today()})
    assert given["Location"] == f"{PEOPLE}{person.pk}/"
    assert "承办人" in told(desk.get(given["Location"]))
    own = Client()
    assert sign_in(own, person, password[1]).status_code == 302
    assert own.get("/workbench/")["Location"] == "/workbench/password/"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"username": "ab"}, "不合规则"),
        ({"username": "taken.name"}, "已有人使用"),
        ({"username": "TAKEN.NAME"}, "已有人使用"),
        ({"name": "\u200b\u200b"}, "请填写姓名"),
        ({"name": "x" * 61}, "60"),
        ({"email": "no-address"}, "有效的"),
        ({"organ": "street"}, "street"),
        ({"organ": ""}, "必填"),
        ({"email": "a@b.cn\r\nBcc: c@d.cn"}, "有效的"),
    ],
)
def test_a_person_who_cannot_be_added_is_told_why(desk: Client, values: dict[str, str], says: str) -> None:
    a_person("taken.name")
    count = User.objects.count()
    good = {"name": "示例新人", "username": "new.person", "email": "", "organ": "office"}
    assert says in told(desk.post(f"{PEOPLE}add/", {**good, **values}))
    assert User.objects.count() == count


def test_fields_nobody_asked_for_change_nothing(desk: Client) -> None:
    more = {
        "is_active": "",
        "must_change_password": "",
        "role": "administrator",
        "id": "1",
        "password": "chosen-by-me-77",
    }
    desk.post(f"{PEOPLE}add/", {"name": "示例", "username": "new.person", "email": "", "organ": "office", **more})
    person = User.objects.get(username="new.person")
    assert (person.is_active, person.must_change_password) == (True, True)
    assert not person.check_password("chosen-by-me-77")
    assert not Duty.objects.filter(user=person).exists()
    own = Client()
    own.force_login(a_person())
    sent = {"email": "me@example.cn", "language": "en", "username": "root", "name": "x", "is_active": "", "organ": "1"}
    own.post("/workbench/profile/", sent)
    changed = User.objects.get(email="me@example.cn")
    assert (changed.language, changed.is_active, changed.organ_id) == ("en", True, None)
    assert changed.username != "root"
    assert changed.name == "示例人员"


def test_the_list_shows_ones_own_people_and_finds_them_by_name(desk: Client) -> None:
    mine = a_person("mine.person", organ=an_organ("office"))
    other = an_officer(organ="street")
    page = told(desk.get(PEOPLE))
    assert mine.username in page
    assert other.username not in page
    assert mine.username in told(desk.get(PEOPLE, {"q": "mine"}))
    assert mine.username not in told(desk.get(PEOPLE, {"q": "nobody"}))
    assert desk.get(PEOPLE, {"q": "x" * 9999, "page": "zz"}).status_code == 200


def test_the_list_costs_the_same_with_one_person_and_with_thirty(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for more in (1, 29):
        for _one in range(more):
            an_officer(organ="office")
        with django_assert_max_num_queries(16) as found:
            desk.get(PEOPLE)
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert "page=2" in told(desk.get(PEOPLE))


POSTS = ["suspend", "resume", "unlock", "reset-factor", "new-password"]


@pytest.mark.parametrize("address", ["", "duties/add/", "absences/add/", "leave/", *(f"{act}/" for act in POSTS)])
@pytest.mark.parametrize("whose", ["of another organ", "nobody", "beyond any number"])
def test_people_of_others_are_not_there(desk: Client, address: str, whose: str) -> None:
    pk = {"of another organ": an_officer(organ="street").pk, "nobody": 987654, "beyond any number": 10**30}[whose]
    found = f"{PEOPLE}{pk}/{address}"
    method = desk.post if address.rstrip("/") in POSTS else desk.get
    assert method(found).status_code == 404


def test_a_duty_or_absence_is_not_reached_by_way_of_another_person(desk: Client) -> None:
    mine, other = a_person(organ=an_organ("office")), an_officer(organ="street")
    duty = Duty.objects.get(user=other)
    day = timezone.localdate()
    absence = Absence.objects.create(user=other, deputy=mine, first_day=day, last_day=day)
    assert desk.get(f"{PEOPLE}{mine.pk}/duties/{duty.pk}/end/").status_code == 404
    assert desk.post(f"{PEOPLE}{mine.pk}/duties/{duty.pk}/end/", {"last_day": today()}).status_code == 404
    assert desk.post(f"{PEOPLE}{mine.pk}/absences/{absence.pk}/end/").status_code == 404
    duty.refresh_from_db()
    assert duty.valid_until is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"organ": "district"}, "district"),
        ({"organ": "office", "subtree": "on", "role": "king"}, "king"),
        ({"valid_from": "yesterday"}, "日期"),
        ({"valid_until": "2020-01-01"}, "截止日期早于起始日期"),
        ({"valid_from": "9999-99-99"}, "日期"),
    ],
)
def test_a_duty_that_cannot_be_given_is_told_why(desk: Client, values: dict[str, str], says: str) -> None:
    person = a_person(organ=an_organ("office"))
    good = {"role": "officer", "organ": "office", "valid_from": today()}
    assert says in told(desk.post(f"{PEOPLE}{person.pk}/duties/add/", {**good, **values}))
    assert not Duty.objects.filter(user=person).exists()


def test_a_duty_ends_with_a_day(desk: Client) -> None:
    person = an_officer(organ="office")
    duty = Duty.objects.get(user=person)
    address = f"{PEOPLE}{person.pk}/duties/{duty.pk}/end/"
    long_ago = (timezone.localdate() - timedelta(days=9)).isoformat()
    assert "不能把职责结束在过去" in told(desk.post(address, {"last_day": long_ago}))
    yesterday = timezone.localdate() - timedelta(days=1)
    assert desk.post(address, {"last_day": yesterday.isoformat()}).status_code == 302
    duty.refresh_from_db()
    assert duty.valid_until == yesterday
    assert desk.get(address).status_code == 404
    assert "已结束的职责" in told(desk.get(f"{PEOPLE}{person.pk}/"))


def test_one_is_suspended_and_taken_back(desk: Client) -> None:
    person, own = an_officer(organ="office"), Client()
    sign_in(own, person)
    desk.post(f"{PEOPLE}{person.pk}/suspend/")
    assert own.get("/workbench/").status_code == 302
    assert sign_in(own, person).status_code == 200
    desk.post(f"{PEOPLE}{person.pk}/resume/")
    assert sign_in(own, person).status_code == 302


def test_a_lock_is_shown_and_lifted(desk: Client) -> None:
    person, own = an_officer(organ="office"), Client(REMOTE_ADDR="192.0.2.9")
    for _failure in range(5):
        sign_in(own, person, "wrong")
    page = told(desk.get(f"{PEOPLE}{person.pk}/"))
    assert "登录锁定" in page
    desk.post(f"{PEOPLE}{person.pk}/unlock/")
    assert sign_in(own, person).status_code == 302
    assert "没有锁定" in told(desk.post(f"{PEOPLE}{person.pk}/unlock/", follow=True))


def test_a_lost_second_factor_is_taken_away(desk: Client) -> None:
    person, own = an_officer(organ="office"), Client()
    a_factor(person)
    assert "重置第二验证因素" in told(desk.get(f"{PEOPLE}{person.pk}/"))
    desk.post(f"{PEOPLE}{person.pk}/reset-factor/")
    assert not accounts.has_factor(person.pk)
    assert "管理员重置了第二验证因素" in Message.objects.get(user_id=person.pk).body
    assert sign_in(own, person)["Location"] == "/workbench/"


def test_what_matters_asks_for_the_password_again_when_it_was_given_long_ago(client: Client, admin: User) -> None:
    person = an_officer(organ="office")
    a_factor(person)
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False) as clock:
        sign_in(client, admin)
        clock.shift(timedelta(minutes=6))
        address = f"{PEOPLE}{person.pk}/reset-factor/"
        asked = client.post(address)
        assert asked["Location"].startswith("/workbench/again/?next=")
        assert accounts.has_factor(person.pk)
        assert "请再次输入密码" in told(client.get(asked["Location"]))
        assert "密码不正确" in told(client.post(asked["Location"], {"password": "wrong", "next": address}))
        done = client.post(asked["Location"], {"password": PASSWORD, "next": address})
        assert done["Location"] == f"{PEOPLE}{person.pk}/"
        assert not accounts.has_factor(person.pk)


def test_a_new_first_password_is_shown_once_and_ends_the_sessions(desk: Client) -> None:
    person, own = an_officer(organ="office"), Client()
    sign_in(own, person)
    page = told(desk.post(f"{PEOPLE}{person.pk}/new-password/"))
    password = re.search(r'id="first-password">([a-z0-9-]{19})<', page)
    assert password is not None
    assert own.get("/workbench/").status_code == 302
    assert sign_in(own, person).status_code == 200
    assert sign_in(own, person, password[1]).status_code == 302


def test_one_leaves_and_another_takes_over(desk: Client) -> None:
    person, successor = an_officer(organ="office"), an_officer(organ="office")
    address = f"{PEOPLE}{person.pk}/leave/"
    assert successor.username in told(desk.get(address))
    assert "必填" in told(desk.post(address, {"successor": successor.pk}))
    assert desk.post(address, {"successor": successor.pk, "confirmed": "on"})["Location"] == PEOPLE
    assert "离岗" in told(desk.get(f"{PEOPLE}{person.pk}/"))


def test_an_absence_is_entered_and_ended_by_the_administrator(desk: Client) -> None:
    person, deputy = an_officer(organ="office"), an_officer(organ="office")
    days = {"first_day": today(), "last_day": today()}
    desk.post(f"{PEOPLE}{person.pk}/absences/add/", {"deputy": deputy.pk, **days})
    absence = Absence.objects.get()
    assert deputy.name in told(desk.get(f"{PEOPLE}{person.pk}/"))
    desk.post(f"{PEOPLE}{person.pk}/absences/{absence.pk}/end/")
    assert not Absence.objects.exists()


def test_one_enters_ones_own_absence_and_ends_it(client: Client, admin: User) -> None:
    person, deputy, stranger = an_officer(organ="office"), an_officer(organ="office"), an_officer(organ="street")
    sign_in(client, person)
    days = {"first_day": today(), "last_day": today()}
    refused = client.post("/workbench/profile/absences/add/", {"deputy": stranger.pk, **days})
    assert refused.status_code == 200
    client.post("/workbench/profile/absences/add/", {"deputy": deputy.pk, **days})
    absence = Absence.objects.get()
    assert absence.deputy == deputy
    other = Client()
    sign_in(other, deputy)
    assert "代理他人" in told(other.get("/workbench/profile/"))
    assert other.post(f"/workbench/profile/absences/{absence.pk}/end/").status_code == 404
    client.post(f"/workbench/profile/absences/{absence.pk}/end/")
    assert not Absence.objects.exists()


def test_ones_own_page_changes_address_and_language(client: Client) -> None:
    person = an_officer(Role.LEGAL_REVIEWER, "office")
    sign_in(client, person)
    page = told(client.get("/workbench/profile/"))
    assert "法制审核员" in page
    assert "notices" not in page
    done = client.post("/workbench/profile/", {"email": "me@example.cn", "language": "en"})
    assert done.cookies["django_language"].value == "en"
    person.refresh_from_db()
    assert (person.email, person.language) == ("me@example.cn", "en")
    assert client.post("/workbench/profile/", {"email": "x", "language": "fr"}).status_code == 200


def test_who_is_no_administrator_is_told_which_duty_is_needed_and_who_gives_it(client: Client, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(name="示例管理员甲")
    sign_in(client, an_officer(organ="office"))
    response = client.get(PEOPLE)
    assert response.status_code == 403
    assert "系统管理员" in told(response)
    assert "示例管理员甲" in told(response)


def test_an_administrator_sees_no_buttons_for_himself(desk: Client, admin: User) -> None:
    page = told(desk.get(f"{PEOPLE}{admin.pk}/"))
    assert "由另一位系统管理员办理" in page
    assert "停用</button>" not in page
    a_duty(admin, Role.OFFICER, "office")
    assert "不能办理本人" in told(desk.post(f"{PEOPLE}{admin.pk}/suspend/", follow=True))
