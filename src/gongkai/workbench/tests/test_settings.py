"""The pages of settings: each number through time, deciding a new value, taking it back; who may."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.applications.tests import factories
from gongkai.house_rules import services
from gongkai.house_rules.models import HouseRule
from gongkai.house_rules.rules import written
from gongkai.organisations.models import Organ
from gongkai.statutes import Parameter, adopt, law

pytestmark = pytest.mark.django_db
ALL = "/workbench/administration/settings/"
TERM = f"{ALL}supplement_term/"
REASON = "示例会议纪要〔2026〕1号"


@pytest.fixture(autouse=True)
def _law_as_shipped() -> Iterator[None]:
    yield
    adopt()
    services.forget()


def signed_in(role: Role, organ: str) -> Client:
    factories.organs()
    user, found = factories.person(), Organ.objects.get(code=organ)
    Duty.objects.create(user=user, organ=found, role=role.value, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper() -> Client:
    """Who administers the district as a whole."""
    return signed_in(Role.ADMINISTRATOR, "hongkou")


def decision(value: str = "10", **changes: str) -> dict[str, str]:
    tomorrow = localdate() + timedelta(days=1)
    return {"value": value, "since": tomorrow.isoformat(), "reason": REASON, "serial": "0", **changes}


def test_a_new_value_is_decided_shown_through_time_and_taken_back(keeper: Client) -> None:
    assert TERM in keeper.get(ALL).content.decode()
    page = keeper.get(TERM).content.decode()
    assert 'value="15"' in page
    assert "尚未在法律文本中核实" in page
    tomorrow = localdate() + timedelta(days=1)
    answer = keeper.post(TERM, decision(), follow=True).content.decode()
    assert f"已设定，自 {tomorrow} 起生效" in answer
    assert "10 个工作日" in answer
    assert REASON in answer
    row = HouseRule.objects.get()
    assert (row.value, row.since, row.serial) == (10, tomorrow, 1)
    withdrawal = re.search(rf'action="({re.escape(TERM)}{row.pk}/withdraw/)"', answer)
    assert withdrawal
    assert "已撤回，不再生效" in keeper.post(withdrawal[1], follow=True).content.decode()
    again = keeper.post(withdrawal[1], follow=True).content.decode()
    assert "已经撤回" in again


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": ""}, "请填写新值"),
        ({"value": "十"}, "须是整数"),
        ({"value": "15"}, "本来就是这样"),
        ({"since": "2020-01-01"}, "已经过去的日子按当日的数计算"),
        ({"since": "明天"}, "日期写作"),
        ({"since": "9999-12-31"}, ""),
        ({"reason": " "}, "请写明依据和理由"),
        ({"serial": "5"}, "他人已对此作出新的设定"),
        ({"serial": "x"}, "他人已对此作出新的设定"),
    ],
)
def test_what_will_not_do_is_told_and_what_was_typed_stays(keeper: Client, changes: dict[str, str], why: str) -> None:
    answer = keeper.post(TERM, decision(**{"value": "12", **changes}))
    if not why:
        assert answer.status_code == 302
        return
    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert changes.get("reason", REASON).strip() in page
    assert not HouseRule.objects.exists()


def test_who_came_second_sees_the_first_decision_and_sends_the_same_form_again(keeper: Client) -> None:
    assert keeper.post(TERM, decision("8")).status_code == 302
    second = keeper.post(TERM, decision("9"))
    page = second.content.decode()
    assert "他人已对此作出新的设定" in page
    assert "8 个工作日" in page
    assert 'name="serial" value="1"' in page
    assert keeper.post(TERM, decision("9", serial="1")).status_code == 302


def test_tables_and_lists_are_written_line_by_line(keeper: Client) -> None:
    today = localdate().isoformat()
    lists = keeper.post(f"{ALL}document_genres/", decision("决定\n通知", since=today))
    assert lists.status_code == 302
    tables = keeper.post(f"{ALL}reviews_before_signing/", decision("secrecy: [G2]\nlegal: [P, D1]", since=today))
    assert tables.status_code == 302 or "最早" in tables.content.decode()
    assert HouseRule.objects.get(name="document_genres").value == ["决定", "通知"]


@pytest.mark.parametrize(
    ("role", "organ", "may"),
    [
        (Role.ADMINISTRATOR, "hongkou", True),
        (Role.COMPETENT_DEPARTMENT, "hongkou", True),
        (Role.ADMINISTRATOR, factories.ORGAN, False),
        (Role.AUDITOR, "hongkou", False),
    ],
)
def test_who_keeps_the_whole_district_decides_and_others_look(role: Role, organ: str, may: bool) -> None:
    client = signed_in(role, organ)
    page = client.get(TERM).content.decode()
    assert ('name="reason"' in page) is may
    client.post(TERM, decision())
    assert HouseRule.objects.exists() is may


def test_what_the_law_settles_has_no_page(keeper: Client) -> None:
    assert keeper.get(f"{ALL}reply_limit/").status_code == 404
    assert keeper.post(f"{ALL}reply_limit/", decision("30")).status_code == 404
    assert keeper.get(f"{ALL}nothing/").status_code == 404


def test_every_setting_has_a_page_that_offers_its_value(keeper: Client) -> None:
    for parameter in law().parameters.values():
        if parameter.settable:
            page = keeper.get(f"{ALL}{parameter.name}/")
            assert (page.status_code, page.context["form"].initial["value"]) == (
                200,
                written(parameter, now(parameter)),
            )


def now(parameter: Parameter) -> object:
    return law().timeline(parameter.name)[-1].value
