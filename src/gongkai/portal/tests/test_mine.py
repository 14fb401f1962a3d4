"""One's own applications: a link to the address given, used once, opens them for a while; nobody learns who applied."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.enums import Role
from gongkai.applications import selectors, services
from gongkai.applications.models import Application, MailLink
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.models import Entry
from gongkai.notifications.models import Outgoing
from gongkai.portal.applications import visits

pytestmark = pytest.mark.django_db
PAGE, MAIL = "/apply/mine/", factories.DRAFT.email
NOW = datetime(2025, 9, 16, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _organs() -> Any:
    factories.organs()
    with time_machine.travel(NOW, tick=False):
        yield


def submitted(**changes: Any) -> Application:
    return factories.submitted(**changes).application


def links() -> list[str]:
    """The links that were mailed, each as a path."""
    mails = Outgoing.objects.filter(event="applications.mail_link").order_by("created_at", "pk")
    return [found[1] for mail in mails if (found := re.search(r"https?://[^/\s]+(/apply/mine/enter/\S+)", mail.body))]


def asked(client: Client, email: str = MAIL) -> Any:
    return client.post(PAGE, {"email": email})


def entered(client: Client) -> Client:
    asked(client)
    assert client.post(links()[-1])["Location"] == PAGE
    return client


def words(response: Any) -> str:
    return str(response.content.decode())


def test_a_link_opens_all_that_was_applied_for_with_the_address_and_nothing_else(client: Client) -> None:
    first, second = submitted(description="示例补贴标准"), submitted(email="Sample@Example.com", description="示例规划")
    other = submitted(email="other@example.com")
    page = words(entered(client).get(PAGE))
    assert [row in page for row in (first.number, second.number, other.number)] == [True, True, False]
    assert page.index("示例规划") < page.index("示例补贴标准")
    assert client.get(f"{PAGE}{other.number}/").status_code == 404
    one = words(client.get(f"{PAGE}{first.number}/"))
    assert ("示例补贴标准" in one, "返回我的申请" in one) == (True, True)


def test_nobody_learns_whether_an_address_is_known(client: Client) -> None:
    submitted()
    answers = [words(asked(client, email)) for email in (MAIL, "nobody@example.com")]
    assert answers[0].replace(MAIL, "") == answers[1].replace("nobody@example.com", "")
    assert [mail.address for mail in Outgoing.objects.filter(event="applications.mail_link")] == [MAIL]
    assert MailLink.objects.count() == 2


def test_a_link_is_used_once_and_for_an_hour(client: Client) -> None:
    submitted()
    asked(client)
    asked(client)
    first, second = links()
    # A program that looks through mail opens links by itself: that uses nothing up.
    assert [client.get(first).status_code for _time in range(2)] == [200, 200]
    assert [Client().post(first).status_code for _time in range(2)] == [302, 400]
    assert "链接已经失效" in words(client.get(first))
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert (client.get(second).status_code, client.post(second).status_code) == (400, 400)


@pytest.mark.parametrize("change", [lambda link: f"{link[:-3]}xx/", lambda link: "/apply/mine/enter/x:y:z/"])
def test_a_link_that_was_changed_opens_nothing(client: Client, change: Callable[[str], str]) -> None:
    submitted()
    asked(client)
    answer = client.post(change(links()[0]))
    assert (answer.status_code, visits.COOKIE in answer.cookies) == (400, False)


def test_a_visit_ends_after_half_an_hour_and_by_the_button(client: Client) -> None:
    row = submitted()
    entered(client)
    stolen = Client()
    stolen.cookies[visits.COOKIE] = client.cookies[visits.COOKIE].value
    assert row.number in words(stolen.get(PAGE))
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        assert (row.number in words(stolen.get(PAGE)), stolen.get(f"{PAGE}{row.number}/").status_code) == (False, 302)
    assert client.post(f"{PAGE}leave/")["Location"] == PAGE
    assert [row.number in words(browser.get(PAGE)) for browser in (client, stolen)] == [False, False]


def test_the_cookie_is_the_portals_own_and_opens_no_desk(client: Client) -> None:
    submitted()
    asked(client)
    cookie = client.post(links()[0]).cookies[visits.COOKIE]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (
        "/apply/", True, "Lax", 1800,
    )  # fmt: skip
    assert "sessionid" not in client.cookies
    assert client.get("/workbench/")["Location"].startswith("/workbench/sign-in/")


def test_everything_of_the_page_works_without_the_code_for_these_and_for_no_others(client: Client) -> None:
    officer = factories.holding(factories.person(), Role.OFFICER)
    mine, other = factories.registered(officer), factories.registered(officer, email="other@example.com")
    entered(client)
    letter = mine.letters.get().pk
    form = {"number": mine.number, "code": ""}
    assert client.post("/apply/status/letter/", {**form, "letter": letter, "as": "docx"})["Content-Type"].endswith(
        "document"
    )
    assert client.post("/apply/status/calendar/", form).status_code == 200
    assert "确认撤回" in words(client.post("/apply/status/withdraw/", form))
    foreign = client.post("/apply/status/", {"number": other.number, "code": ""})
    assert (foreign.status_code, "请填写查询码" in words(foreign)) == (422, True)
    assert Client().post("/apply/status/", form).status_code == 422
    assert "已办结" in words(client.post("/apply/status/withdraw/", {**form, "sure": "yes"}))
    mine.refresh_from_db()
    assert (mine.state, other.state) == ("closed", "registered")


def test_a_wrong_code_is_not_helped_by_a_visit(client: Client) -> None:
    row = submitted()
    assert entered(client).post("/apply/status/", {"number": row.number, "code": "AAAAAAAAAA"}).status_code == 422


def test_asking_again_and_again_is_stopped_whether_the_address_is_known_or_not(client: Client) -> None:
    submitted()
    for email in (MAIL, "nobody@example.com"):
        statuses = [asked(client, email).status_code for _time in range(visits.MOST_BY_MAIL + 1)]
        assert statuses == [*[200] * visits.MOST_BY_MAIL, 422]
    assert Outgoing.objects.filter(event="applications.mail_link").count() == visits.MOST_BY_MAIL


def test_each_look_is_recorded_and_the_record_holds_no_address(client: Client) -> None:
    row = submitted()
    entered(client).get(PAGE)
    client.get(f"{PAGE}{row.number}/")
    visit = MailLink.objects.get()
    found = [(entry.act, entry.actor_kind, entry.actor) for entry in Entry.objects.filter(actor__startswith="visit:")]
    who = ("applicant", f"visit:{visit.pk}")
    acts = ("applications.begin_visit", "applications.list_own", "applications.read_own")
    assert found == [(act, *who) for act in acts]
    assert audit.entries(act="applications.read_own").get().object_id == str(row.pk)
    assert [entry.seq for entry in Entry.objects.all() if MAIL in f"{entry.facts}{entry.purpose}"] == []


def test_a_forgotten_case_is_not_there_any_more(client: Client) -> None:
    row = submitted()
    entered(client)
    services.withdraw(application=row, key="withdraw-sample-00001", today=date(2025, 9, 16))
    services.forget(pk=row.pk, today=date(2036, 1, 1))
    assert row.number not in words(client.get(PAGE))
    assert client.get(f"{PAGE}{row.number}/").status_code == 404


def test_links_of_yesterday_are_forgotten_with_their_mails(client: Client) -> None:
    submitted()
    asked(client)
    assert services.drop_links(now=NOW + timedelta(hours=23)) == 0
    assert services.drop_links(now=NOW + timedelta(hours=25)) == 1
    mail = Outgoing.objects.get(event="applications.mail_link")
    assert (MailLink.objects.count(), MAIL in mail.address, "enter" in mail.body) == (0, False, False)


def test_the_list_is_paged_and_costs_the_same_queries_with_one_row_and_with_twenty(client: Client) -> None:
    row = submitted()
    entered(client).get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    fields = [field.attname for field in Application._meta.concrete_fields if field.name != "id"]
    for place in range(24):
        again = {"number": f"2025-9{place:05}", "key": f"copy-{place}"}
        Application.objects.create(**{**{name: getattr(row, name) for name in fields}, **again})
    with CaptureQueriesContext(connection) as many:
        page = words(client.get(PAGE))
    assert (page.count('href="/apply/mine/2025-'), "page=2" in page, "25 件" in page) == (20, True, True)
    assert len(one) == len(many)


def test_the_mail_speaks_the_language_of_the_page(client: Client) -> None:
    submitted()
    client.cookies["django_language"] = "en"
    asked(client)
    assert Outgoing.objects.get(event="applications.mail_link").body.startswith("Hello")


def test_no_address_finds_nobodys_applications() -> None:
    submitted(email="")
    assert list(selectors.made_with("")) == []


def test_both_ways_in_lead_there(client: Client) -> None:
    assert ['href="/apply/mine/"' in words(client.get(path)) for path in ("/apply/", "/apply/status/")] == [True, True]


def test_those_who_came_before_are_found_too() -> None:
    from importlib import import_module

    from django.apps import apps

    row = submitted()
    Application.objects.update(email_digest="")
    import_module("gongkai.applications.migrations.0016_fill_mail_digests").fill(apps, None)
    row.refresh_from_db()
    assert list(selectors.made_with(row.email_digest)) == [row]
