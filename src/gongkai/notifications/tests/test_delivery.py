"""Sending: against a real mail server and a real HTTP server, with every way it can go wrong."""

from __future__ import annotations

import hashlib
import hmac
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.notifications import delivery, services
from gongkai.notifications.enums import Outcome, State
from gongkai.notifications.models import Message, Outgoing, Try
from gongkai.notifications.rules import MOST_TRIES, Recipient

from .conftest import PostOffice, SmsOffice

WORDS = {"number": "〔2026〕17号", "organ": "示例机关", "due_on": "2026-12-22"}


def tell(mail: str = "", phone: str = "", key: str = "application:17") -> None:
    to = Recipient(mail=mail, phone=phone)
    services.notify(event="applications.registered", key=key, to=to, context=WORDS)


def state() -> str:
    return Outgoing.objects.get().state


@pytest.mark.django_db
def test_a_letter_arrives_whole(post_office: PostOffice) -> None:
    tell("citizen@example.com")
    assert services.deliver_due()["sent"] == 1
    (letter,) = post_office.letters
    notice = Outgoing.objects.get()
    assert letter["To"] == "citizen@example.com"
    assert letter["Subject"] == "您的政府信息公开申请已登记（〔2026〕17号）"
    assert letter["Message-ID"] == f"<{notice.pk}@example.gov.cn>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "zh-hans"
    assert letter["From"].addresses[0].addr_spec == "open@example.gov.cn"
    assert letter.get_content().replace("\r\n", "\n").strip() == notice.body
    assert (notice.state, notice.tries) == (State.SENT.value, 1)
    assert list(Try.objects.values_list("outcome", "answer")) == [("sent", "250 Accepted")]
    assert services.deliver_due()["sent"] == 0
    assert len(post_office.letters) == 1


@pytest.mark.django_db
def test_a_temporary_no_is_tried_again_later_and_given_up_in_the_end(
    post_office: PostOffice, administrator: User
) -> None:
    tell("later@example.com")
    for number in range(1, MOST_TRIES + 1):
        assert services.deliver_due()["later"] == 1
        notice = Outgoing.objects.get()
        assert notice.tries == number
        if number < MOST_TRIES:
            assert notice.state == State.WAITING.value
            assert services.deliver_due()["later"] == 0
            assert notice.due_at > timezone.now() + timedelta(seconds=40)
            Outgoing.objects.update(due_at=timezone.now())
    assert state() == State.FAILED.value
    assert post_office.letters == []
    assert Message.objects.get(user=administrator).event == "notifications.failed"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["never@example.com", "full@example.com"])
def test_a_permanent_no_is_not_tried_again(post_office: PostOffice, administrator: User, address: str) -> None:
    tell(address)
    tell("citizen@example.com")
    done = services.deliver_due()
    assert (done["refused"], done["sent"]) == (1, 1)
    assert Outgoing.objects.filter(state=State.FAILED.value).count() == 1
    assert Message.objects.filter(user=administrator).count() == 1
    assert "13812341234" not in str(list(Try.objects.values_list("answer", flat=True)))


@pytest.mark.django_db
def test_a_server_that_hangs_up_after_the_words_leaves_it_to_a_person(
    post_office: PostOffice, administrator: User
) -> None:
    tell("drop@example.com")
    assert services.deliver_due()["unknown"] == 1
    assert state() == State.UNKNOWN.value
    assert len(post_office.letters) == 1
    assert services.deliver_due()["sent"] == 0
    assert len(post_office.letters) == 1
    assert "是否送达不明" in Message.objects.get(user=administrator).body


@pytest.mark.django_db
def test_a_server_that_hangs_up_before_the_words_is_tried_again(post_office: PostOffice) -> None:
    tell("hangup@example.com")
    services.deliver_due()
    notice = Outgoing.objects.get()
    assert (notice.state, notice.tries) == (State.WAITING.value, 1)
    assert post_office.letters == []


@pytest.mark.django_db
def test_a_server_out_of_reach_costs_no_try(settings: Settings) -> None:
    settings.SMTP_URL, settings.MAIL_FROM = "smtp://127.0.0.1:1", "open@example.gov.cn"
    tell("citizen@example.com")
    assert sum(services.deliver_due().values()) == 0
    notice = Outgoing.objects.get()
    assert (notice.state, notice.tries) == (State.WAITING.value, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a@example.com\r\nBcc: b@example.com", "a@example.com,b@example.com", "nowhere"])
def test_what_is_no_address_reaches_no_server(post_office: PostOffice, address: str) -> None:
    tell(address)
    assert services.deliver_due()["refused"] == 1
    assert post_office.letters == []


@pytest.mark.django_db
def test_words_cannot_make_headers(post_office: PostOffice) -> None:
    words = WORDS | {"number": "1\r\nBcc: b@example.com\r\n\r\n<script>"}
    to = Recipient(mail="citizen@example.com")
    services.notify(event="applications.registered", key="1", to=to, context=words)
    services.deliver_due()
    (letter,) = post_office.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "您的政府信息公开申请已登记（1 Bcc: b@example.com <script>）"


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_letter_once(post_office: PostOffice) -> None:
    for number in range(40):
        tell("citizen@example.com", key=f"application:{number}")

    def work() -> None:
        services.deliver_due()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ids = [letter["Message-ID"] for letter in post_office.letters]
    assert len(ids) == 40
    assert len(set(ids)) == 40
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENT.value}


KILLED = """
import django, os, signal
django.setup()
from gongkai.notifications import delivery
delivery._record = lambda *args: os.kill(os.getpid(), signal.SIGKILL)
delivery.deliver_due()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_recording_never_sends_twice(
    post_office: PostOffice, administrator: User
) -> None:
    tell("citizen@example.com")
    database = connection.settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql:///{database['NAME']}?host={database['HOST'] or database['OPTIONS'].get('host', '')}"
        f"&user={database['USER']}"
    )
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_ENV": "test",
        "DATABASE_URL": url,
        "GONGKAI_SMTP_URL": post_office.url,
        "GONGKAI_MAIL_FROM": "open@example.gov.cn",
    }
    done = subprocess.run([sys.executable, "-c", KILLED], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    assert len(post_office.letters) == 1
    assert state() == State.SENDING.value
    assert services.look_after_lost() == 0
    Outgoing.objects.update(claimed_at=timezone.now() - delivery.LEASE - timedelta(seconds=1))
    assert services.look_after_lost() == 1
    assert services.look_after_lost() == 0
    assert services.deliver_due()["sent"] == 0
    assert state() == State.UNKNOWN.value
    assert len(post_office.letters) == 1
    assert Message.objects.filter(user=administrator, event="notifications.failed").count() == 1


@pytest.mark.django_db
def test_an_sms_is_signed_and_arrives(sms_office: SmsOffice) -> None:
    tell(phone="+86 138-1234-1234")
    assert services.deliver_due()["sent"] == 1
    (message,) = sms_office.messages
    notice = Outgoing.objects.get()
    assert message == {"id": str(notice.pk), "phone": "+8613812341234", "text": notice.body}
    moment, body = sms_office.headers[0]["X-Timestamp"], sms_office.bodies[0]
    signature = hmac.new(b"a key", moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()
    assert sms_office.headers[0]["X-Signature"] == signature


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "outcome", "then"),
    [
        (400, Outcome.REFUSED, State.FAILED),
        (429, Outcome.LATER, State.WAITING),
        (503, Outcome.LATER, State.WAITING),
        (0, Outcome.UNKNOWN, State.UNKNOWN),
    ],
)
def test_what_an_sms_provider_answers(sms_office: SmsOffice, status: int, outcome: Outcome, then: State) -> None:
    sms_office.statuses = [status]
    tell(phone="13812341234")
    assert services.deliver_due()[outcome.value] == 1
    assert state() == then.value


@pytest.mark.django_db
def test_an_sms_provider_out_of_reach_is_tried_again(settings: Settings) -> None:
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_QUIET = "http://127.0.0.1:1/", "a key", "00:00-00:00"
    tell(phone="13812341234")
    services.deliver_due()
    assert state() == State.WAITING.value


@pytest.mark.django_db
def test_nothing_personal_is_logged(
    post_office: PostOffice, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_QUIET = "http://127.0.0.1:1/", "a key", "00:00-00:00"
    tell("never@example.com", "13812341234")
    services.deliver_due()
    assert "example.com" not in caplog.text
    assert "13812341234" not in caplog.text
    assert "sms cannot go out now" in caplog.text
