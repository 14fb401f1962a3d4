"""The pages of the inbox, of preferences, and of the delivery log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import an_officer
from gongkai.notifications import selectors, services
from gongkai.notifications.enums import Channel, State
from gongkai.notifications.models import Message, Outgoing
from gongkai.notifications.rules import Recipient

from .signing_in import sign_in

pytestmark = pytest.mark.django_db
INBOX = "/workbench/inbox/"
WORDS = {"number": "〔2026〕17号", "organ": "示例机关", "due_on": "2026-12-22"}


def tell(person: User, count: int = 1, *, url: str = "") -> None:
    to = Recipient(user_id=person.pk, mail="officer@example.com")
    for number in range(count):
        services.notify(event="applications.assigned", key=f"application:{number}", to=to, context=WORDS, url=url)


def told(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def officer() -> User:
    return an_officer(Role.OFFICER, "office")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    sign_in(client, officer)
    return client


def test_messages_are_shown_followed_and_called_read(desk: Client, officer: User) -> None:
    tell(officer, 2, url="/workbench/applications/17/")
    page = told(desk.get(INBOX))
    assert "未读 2 条" in page
    assert page.count("申请 〔2026〕17号 由示例机关办理，答复期限至 2026-12-22。") == 2
    assert 'href="/workbench/applications/17/"' in page
    first = Message.objects.filter(user=officer).first()
    assert first is not None
    page = told(desk.post(f"{INBOX}read/", {"message": first.pk}, follow=True))
    assert "已把 1 条站内信标为已读。" in page
    assert "未读 1 条" in page
    assert told(desk.get(f"{INBOX}?unread=1")).count("由示例机关办理") == 1
    desk.post(f"{INBOX}read/")
    assert selectors.unread(officer.pk) == 0
    assert "没有站内信" in told(desk.get(f"{INBOX}?unread=1&event=nothing&page=99"))


def test_the_messages_of_others_stay_closed(desk: Client) -> None:
    other = an_officer(Role.OFFICER, "office")
    tell(other)
    assert "由示例机关办理" not in told(desk.get(INBOX))
    theirs = Message.objects.get()
    desk.post(f"{INBOX}read/", {"message": [theirs.pk, "x", "9" * 30]})
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_of_the_inbox_costs_the_same_with_any_number(desk: Client, officer: User, count: int) -> None:
    tell(officer, count)
    desk.get(INBOX)
    with CaptureQueriesContext(connection) as queries:
        told(desk.get(INBOX))
    assert len(queries) <= 20
    own = [query["sql"] for query in queries if "notifications_" in query["sql"]]
    assert len(own) == 4


def test_a_person_chooses_how_to_be_told(desk: Client, officer: User) -> None:
    page = told(desk.get(f"{INBOX}preferences/"))
    assert "有新的待办申请" in page
    assert "申请已答复" not in page
    answer = desk.post(f"{INBOX}preferences/", {"applications-assigned": ["inbox"]})
    assert answer["Location"] == f"{INBOX}preferences/"
    wants = selectors.wants(officer.pk)
    assert wants["applications.assigned", Channel.MAIL] is False
    assert wants["applications.assigned", Channel.INBOX] is True
    tell(officer)
    assert not Outgoing.objects.exists()
    assert "选择一个有效的选项" in told(desk.post(f"{INBOX}preferences/", {"applications-assigned": ["pigeon"]}))


def test_the_log_is_the_administrators_and_shows_no_address(desk: Client, officer: User) -> None:
    tell(officer)
    assert desk.get(f"{INBOX}deliveries/").status_code == 403
    notice = Outgoing.objects.get()
    assert desk.post(f"{INBOX}deliveries/{notice.pk}/").status_code == 403
    administrator = Client()
    sign_in(administrator, an_officer(Role.ADMINISTRATOR, "office"))
    page = told(administrator.get(f"{INBOX}deliveries/"))
    assert "待发送" in page
    assert "officer@example.com" not in page
    assert "〔2026〕17号" not in page
    assert "重发" not in page
    Outgoing.objects.update(state=State.FAILED.value)
    assert "重发" in told(administrator.get(f"{INBOX}deliveries/?state=failed&channel=mail"))
    assert "没有符合条件" in told(administrator.get(f"{INBOX}deliveries/?state=sent&channel=pigeon"))
    page = told(administrator.post(f"{INBOX}deliveries/{notice.pk}/", {"act": "again"}, follow=True))
    assert "已经处理。" in page
    page = told(administrator.post(f"{INBOX}deliveries/{notice.pk}/", {"act": "drop"}, follow=True))
    assert "已由别人处理" in page
    assert Outgoing.objects.get().state == State.WAITING.value
