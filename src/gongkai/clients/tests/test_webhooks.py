"""Clients are told what happened: once written with the act, sent at least once, signed, and never into our own network."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications import services as applications
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.clients import services, webhooks
from gongkai.clients.enums import News, Scope
from gongkai.clients.models import Brought, Client, Hook, Told
from gongkai.clients.rules import MOST_TRIES, Denied, news_of
from gongkai.kernel import bus
from gongkai.notifications.models import Message

from .factories import a_client, administrator
from .receiving import Receiver


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    found = Receiver(tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


@pytest.fixture
def client() -> Client:
    factories.organs()
    return a_client(Scope.WEBHOOKS)[0]


def told(client: Client, *, name: str = "registered") -> Told:
    """One message, by an act on a case that the client brought."""
    officer = factories.holding(factories.person(), Role.OFFICER)
    row = factories.submitted().application
    Brought.objects.create(client=client, application=row, key=f"k{row.pk}", content="c")
    day = date(2025, 9, 15)
    from gongkai.applications import services as applications

    applications.register(pk=row.pk, by=officer, version=0, key=f"register-{row.pk}-x", day=day, today=day)
    return Told.objects.get(client=client, number=row.number, news=name)


@pytest.mark.django_db
def test_what_stands_behind_the_address_of_a_hook_is_not_kept_for_ever(client: Client) -> None:
    services.set_hook(client=client, url="https://hook.example.gov.cn/news?token=secret")
    facts = json.loads(Entry.objects.get(act="clients.set_hook").facts)
    assert facts["url"] == "https://hook.example.gov.cn/news"


@pytest.mark.django_db(transaction=True)
def test_a_message_is_signed_and_arrives_once(client: Client, receiver: Receiver) -> None:
    _hook, secret = services.set_hook(client=client, url=receiver.url)
    row = told(client)
    assert services.deliver_told()["sent"] == 1
    assert services.deliver_told()["sent"] == 0
    (got,) = receiver.got
    headers = got["headers"]
    wanted = hmac.new(secret.encode(), f"{headers['X-Gongkai-Timestamp']}.{got['body']}".encode(), hashlib.sha256)
    assert (got["path"], headers["X-Gongkai-Signature"]) == ("/hook?a=1", f"sha256={wanted.hexdigest()}")
    body = json.loads(got["body"])
    assert (body["id"], body["event"], headers["X-Gongkai-Id"]) == (str(row.pk), "registered", str(row.pk))
    assert set(body["application"]) == {
        *("number", "organ", "state", "version", "received_on", "due_on", "supplement_by", "closed_on", "code")
    }
    assert factories.DRAFT.applicant_name not in got["body"]


@pytest.mark.django_db(transaction=True)
def test_a_message_whose_worker_died_is_sent_again_under_the_same_id(client: Client, receiver: Receiver) -> None:
    services.set_hook(client=client, url=receiver.url)
    row = told(client)
    Told.objects.update(state="sending", claimed_at=timezone.now() - timedelta(seconds=30))
    assert services.deliver_told()["sent"] == 0  # another may still be at it
    Told.objects.update(claimed_at=timezone.now() - timedelta(minutes=3))
    assert services.deliver_told()["sent"] == 1
    assert [got["headers"]["X-Gongkai-Id"] for got in receiver.got] == [str(row.pk)]


@pytest.mark.django_db(transaction=True)
def test_an_address_that_fails_is_tried_later_and_at_last_left_alone_until_resumed(
    client: Client, receiver: Receiver
) -> None:
    by = administrator()
    services.set_hook(client=client, url=receiver.url)
    receiver.answers(500)
    told(client)
    now, count = timezone.now(), 0
    for hours in range(0, 24 * 5, 6):
        with time_machine.travel(now + timedelta(hours=hours)):
            for _each in range(3):
                count += sum(services.deliver_told().values())
    row = Told.objects.get()
    assert (row.state, row.tries, len(receiver.got), row.answer) == ("given_up", MOST_TRIES, MOST_TRIES, "500 taken")
    assert Hook.objects.get().stopped_at is not None
    assert Message.objects.filter(event="clients.hook_stopped", user_id=by.user_id).exists()
    receiver.answers(200)
    told(client)
    assert sum(services.deliver_told().values()) == 0
    with pytest.raises(Denied):
        services.resume_hook(by=administrator("health"), pk=client.pk)
    assert services.resume_hook(by=by, pk=client.pk) == 2
    assert services.deliver_told()["sent"] == 2
    assert set(Entry.objects.filter(act__endswith="_hook").values_list("act", flat=True)) == {
        "clients.set_hook",
        "clients.stop_hook",
        "clients.resume_hook",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", [302, 404, 503])
def test_what_is_not_taken_waits_and_a_redirect_is_not_followed(
    client: Client, receiver: Receiver, status: int
) -> None:
    services.set_hook(client=client, url=receiver.url)
    receiver.answers(status)
    told(client)
    services.deliver_told()
    row = Told.objects.get()
    assert (row.state, row.tries, row.answer, len(receiver.got)) == ("waiting", 1, f"{status} taken", 1)
    assert row.due_at > timezone.now()


@pytest.mark.django_db
def test_who_is_told_of_a_case(client: Client) -> None:
    officer = an_officer(organ=factories.ORGAN)
    same_organ = a_client(Scope.WEBHOOKS, Scope.ACT, officer=officer)[0]
    not_acting, elsewhere = a_client(Scope.WEBHOOKS)[0], a_client(Scope.WEBHOOKS, organ="health")[0]
    no_scope, ended = a_client(Scope.READ_OWN)[0], a_client(Scope.WEBHOOKS)[0]
    for one in (client, same_organ, not_acting, elsewhere, no_scope, ended):
        services.set_hook(client=one, url="https://hook.example.gov.cn/")
    services.end(by=administrator(), pk=ended.pk)
    told(client)
    assert set(Told.objects.values_list("client__key", flat=True)) == {client.key, same_organ.key}


@pytest.mark.django_db
def test_a_message_falls_with_the_act_it_tells_of(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    services.set_hook(client=client, url="https://hook.example.gov.cn/")
    monkeypatch.setattr("gongkai.workflow.services.bus.publish", _publish_and_fail)
    with pytest.raises(RuntimeError, match="later"):
        told(client)
    assert Told.objects.count() == 0


def _publish_and_fail(event: object, publish: Callable[[object], None] = bus.publish) -> None:
    publish(event)
    if getattr(event, "act", "") == "register":
        raise RuntimeError("later")


@pytest.mark.parametrize(
    ("act", "closed", "news"),
    [
        ("register", False, News.REGISTERED),
        ("ask_supplement", False, News.SUPPLEMENT_ASKED),
        ("extend", False, News.EXTENDED),
        ("sign", False, News.DECIDED),
        ("deliver", True, News.CLOSED),
        ("withdraw", True, News.CLOSED),
        ("lapse", True, News.CLOSED),
        ("assign", False, None),
    ],
)
def test_which_acts_are_news(act: str, closed: bool, news: News | None) -> None:
    assert news_of(act, closed=closed) is news


@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example.gov.cn/",
        "ftp://hook.example.gov.cn/",
        "https://user:word@hook.example.gov.cn/",
        "https:///nowhere",
        "https://hook.example.gov.cn:99999/",
        "https://hook.example.gov.cn/#part",
        "https://hook.example.gov.cn/\r\nX: y",
        "https://" + "a" * 500,
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_will_not_do_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(Denied, match="https"):
        webhooks.checked(url, loopback=False)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - asked, not bound
            "224.0.0.1",
        ),
        *("[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]"),
        *("2130706433", "0x7f000001", "localhost"),
    ],
)
def test_no_address_leads_into_our_own_network(host: str) -> None:
    answer = webhooks.post(f"https://{host}/", b"{}", {}, loopback=False)
    assert (answer.taken, "内部网络" in answer.words or "解析不了" in answer.words) == (False, True)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in ("203.0.114.1", "10.0.0.1")]
    monkeypatch.setattr("gongkai.clients.webhooks.socket.getaddrinfo", lambda *words, **more: found)
    assert "内部网络" in webhooks.post("https://hook.example.gov.cn/", b"{}", {}, loopback=False).words


def test_in_demo_only_loopback_will_do_beside_public_addresses() -> None:
    assert webhooks.checked("http://127.0.0.1:8001/x", loopback=True).port == 8001
    with pytest.raises(Denied):
        webhooks.checked("http://192.168.1.1/", loopback=True)
    assert "内部网络" in webhooks.post("https://192.168.1.1/", b"{}", {}, loopback=True).words


@pytest.mark.django_db
def test_nothing_of_the_people_of_a_forgotten_case_stays_with_a_client() -> None:
    factories.organs()
    client, _secret = a_client(Scope.CREATE, Scope.WEBHOOKS)
    services.set_hook(client=client, url="http://127.0.0.1:9/")
    said = {"name": factories.DRAFT.applicant_name, "phone": factories.DRAFT.phone}
    receipt, _new = services.submit(client=client, draft=factories.DRAFT, key="sample-00000001", content=said)
    row = applications.withdraw(application=receipt.application, key="withdraw-sample-01", today=timezone.localdate())
    assert Brought.objects.get().content != ""
    applications.forget(pk=row.pk, today=timezone.localdate())
    told = [one.body for one in Told.objects.all()]
    assert (Brought.objects.get().content, len(told) > 0) == ("", True)
    assert [body for body in told if any(word in body for word in said.values())] == []
