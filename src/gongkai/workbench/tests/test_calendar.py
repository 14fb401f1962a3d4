"""The pages of the work calendar, and the public page that counts a due date."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.audit.models import Entry
from gongkai.deadlines import selectors, services
from gongkai.deadlines.models import CalendarNotice, Clock
from gongkai.deadlines.rules.notices import as_json
from gongkai.deadlines.tests.factories import OFFICER, a_clock, a_notice
from gongkai.organisations.tests import factories as directory

pytestmark = pytest.mark.django_db
CALENDAR = "/workbench/calendar/"


def a_desk(role: Role, organ: str) -> Client:
    person = a_person()
    a_duty(person, role, organ)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def keeper() -> Client:
    """The browser of the competent department."""
    directory.hongkou()
    return a_desk(Role.COMPETENT_DEPARTMENT, "district-office")


def told(response: Any) -> str:
    return str(response.content.decode())


def a_file(**words: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("2027.json", as_json(a_notice(**words)).encode())


def handed_in(client: Client, **words: Any) -> str:
    """Hand a notice in; the address of its page."""
    return str(client.post(f"{CALENDAR}notices/add/", {"file": a_file(**words)})["Location"])


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_a_notice_is_handed_in_looked_at_and_applied(keeper: Client) -> None:
    clock = a_clock(date(2026, 12, 21), organ="civil-affairs")
    address = handed_in(keeper, off=("01-01", "01-04"))
    page = told(keeper.get(address))
    assert "将变动在办期限 1 件" in page
    assert all(text in page for text in ("周一，工作日（暂定）", "周一，元旦放假", "2027-01-19", "2027-01-20", "民政"))
    assert Clock.objects.get().due_on == clock.due_on
    done = keeper.post(f"{address}apply/", {"version": version_on(page)}, follow=True)
    assert "已启用 2027 年日历" in told(done)
    assert "变动了在办期限 1 件" in told(done)
    assert Clock.objects.get().due_on == date(2027, 1, 20)
    assert Entry.objects.filter(act="deadlines.calendar_changed").count() == 1
    assert "1" in told(keeper.get(f"{CALENDAR}notices/"))


def test_what_somebody_else_changed_meanwhile_is_said_and_nothing_moves(keeper: Client) -> None:
    first, second = handed_in(keeper), handed_in(keeper, off=("01-01", "01-04"))
    version = version_on(told(keeper.get(second)))
    keeper.post(f"{first}apply/", {"version": version})
    refused = keeper.post(f"{second}apply/", {"version": version}, follow=True)
    assert "已被他人更改" in told(refused)
    assert selectors.version_of(2027) == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_is_refused(keeper: Client, version: str) -> None:
    address = handed_in(keeper)
    assert "已被他人更改" in told(keeper.post(f"{address}apply/", {"version": version}, follow=True))


def test_a_notice_can_be_dropped_and_not_applied_after(keeper: Client) -> None:
    address = handed_in(keeper)
    assert "已放弃这份通知" in told(keeper.post(f"{address}withdraw/", follow=True))
    assert "不能再处理" in told(keeper.post(f"{address}apply/", {"version": "1"}, follow=True))
    assert 'name="version"' not in told(keeper.get(address))
    assert keeper.post(f"{CALENDAR}notices/999/apply/", {"version": "1"}).status_code == 302
    assert keeper.get(f"{CALENDAR}notices/999/").status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "必填"),
        ({"file": SimpleUploadedFile("a.json", b"")}, "空"),
        ({"file": SimpleUploadedFile("a.json", b"{")}, "不是完整的 JSON"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00")}, "读不出文字"),
        ({"file": SimpleUploadedFile("a.csv", "day,kind,name\n2027-01-01,放假,元旦".encode())}, "没有写明"),
        ({"file": SimpleUploadedFile("a.json", b"x" * 300_000)}, "300,000 字节"),
        ({"year": "1900", "file": SimpleUploadedFile("a.csv", b"day,kind,name")}, "2004"),
    ],
)
def test_a_file_that_will_not_do_is_told_beside_it(keeper: Client, data: dict[str, Any], said: str) -> None:
    response = keeper.post(f"{CALENDAR}notices/add/", data)
    assert response.status_code == 200
    assert said in told(response)
    assert CalendarNotice.objects.count() == 0


def test_the_same_notice_twice_is_said_beside_the_file(keeper: Client) -> None:
    address = handed_in(keeper)
    keeper.post(f"{address}apply/", {"version": version_on(told(keeper.get(address)))})
    response = keeper.post(f"{CALENDAR}notices/add/", {"file": a_file()})
    assert "不必再导入" in told(response)


def test_an_administrator_below_the_district_reads_and_changes_nothing(keeper: Client) -> None:
    address = handed_in(keeper)
    street = a_desk(Role.ADMINISTRATOR, "civil-affairs")
    assert "导入放假通知" not in told(street.get(CALENDAR))
    for path in (f"{CALENDAR}notices/add/", f"{address}apply/", f"{address}withdraw/"):
        assert "全区共用" in told(street.post(path, {"version": "1"}, follow=True))
    assert selectors.version_of(2027) == 1
    district = a_desk(Role.ADMINISTRATOR, "hongkou")
    assert "导入放假通知" in told(district.get(CALENDAR))


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", "月"), ("?year=2027", "暂定"), ("?year=x", "月"), ("?year=1", "月"), ("?year=9999", "2036")],
)
def test_a_year_is_shown_whatever_is_asked(keeper: Client, query: str, shown: str) -> None:
    response = keeper.get(CALENDAR + query)
    assert response.status_code == 200
    assert shown in told(response)


def test_what_is_exported_can_be_imported(keeper: Client) -> None:
    services.seed(by=OFFICER)
    for form in ("csv", "json"):
        data = keeper.get(f"{CALENDAR}2027.{form}").content
        given = {"file": SimpleUploadedFile(f"a.{form}", data), "year": "2027", "paper": "示例通知"}
        response = keeper.post(f"{CALENDAR}notices/add/", given)
        assert response.status_code == 302 if form == "csv" else "不必再导入" in told(response)
    assert keeper.get(f"{CALENDAR}1999.csv").status_code == 404
    assert keeper.get(f"{CALENDAR}2027.pdf").status_code == 404


def test_a_long_list_of_moves_is_paged_and_costs_no_more_queries(
    keeper: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(60):
        a_clock(date(2026, 12, 21), organ="civil-affairs")
    address = handed_in(keeper, off=("01-01", "01-04"))
    keeper.get(address)
    with django_assert_max_num_queries(16):
        first = told(keeper.get(address))
    assert first.count("2027-01-20") == 100  # 50 lines, the day and its machine-readable twin
    assert told(keeper.get(f"{address}?page=2")).count("2027-01-20") == 20


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "算一算"),
        ("?rule=reply&received=2025-09-15", "10月17日"),
        ("?rule=reply&received=2019-05-14", "6月4日"),
        ("?rule=reply&received=2026-12-25", "期限暂定"),
        ("?rule=reply&received=", "请填写日期"),
        ("?rule=reply&received=2025-02-30", "2025-09-15 这样的日期"),
        ("?rule=king&received=2025-09-15", "错误"),
        ("?rule=reply&received=1999-01-01", "自 2008年5月1日起施行"),
        ("?rule=reply&received=2036-12-20", "工作日历的范围"),
        ("?rule=reply&received=9999-12-31", "工作日历的范围"),
        ("?rule=reply&received=" + "9" * 5000, "2025-09-15 这样的日期"),
    ],
)
def test_anybody_may_have_a_due_date_counted_out(client: Client, query: str, said: str) -> None:
    response = client.get(f"/deadline/{query}")
    assert response.status_code == 200
    assert said in told(response)


def test_the_public_page_says_every_day(client: Client) -> None:
    page = told(client.get("/deadline/?rule=reply&received=2025-09-15"))
    assert [day in page for day in ('datetime="2025-09-15"', 'datetime="2025-10-19"')] == [True, True]
    assert page.count('class="d-off"') == 15  # twelve of the period, the weekend after it, the key
    assert page.count("d-extra") == 3  # two days and the key
    assert "第三十三条第二款" in page
    assert "2008年5月1日起收到的，15 个工作日；2019年5月15日起收到的，20 个工作日。" in page
