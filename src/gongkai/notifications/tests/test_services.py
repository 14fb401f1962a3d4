"""Telling people: once each, by the channels they want, in the transaction of what happened."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Held, Standing
from gongkai.audit.models import Entry
from gongkai.files.events import InfectedFileFound
from gongkai.kernel import bus
from gongkai.notifications import selectors, services
from gongkai.notifications.enums import Channel, State
from gongkai.notifications.models import Message, Outgoing
from gongkai.notifications.rules import HERE, MissingWord, Recipient
from gongkai.notifications.templates import UnknownEvent

WORDS = {"number": "〔2026〕17号", "organ": "示例机关", "due_on": "2026-12-22"}
CITIZEN = Recipient(mail="citizen@example.com", phone="138 1234 1234")
ADMIN = Standing(7, "示例管理员", frozenset({Held(Role.ADMINISTRATOR, "office")}))


def tell(
    to: Recipient = CITIZEN, event: str = "applications.registered", key: str = "application:17", **more: str
) -> int:
    return services.notify(event=event, key=key, to=to, context=WORDS, **more)


@pytest.mark.django_db
def test_somebody_outside_is_told_by_every_address_and_nobody_can_read_them_in_the_database() -> None:
    assert tell() == 2
    mail = Outgoing.objects.get(channel="mail")
    assert (mail.address, mail.state, mail.language) == ("citizen@example.com", State.WAITING.value, "zh-hans")
    assert mail.subject == "您的政府信息公开申请已登记（〔2026〕17号）"
    assert "示例机关办理，答复期限至 2026-12-22" in mail.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, subject, body, recipient FROM notifications_outgoing")
        stored = str(cursor.fetchall())
    assert "example.com" not in stored
    assert "1234" not in stored
    assert "17号" not in stored


@pytest.mark.django_db
def test_a_person_is_told_of_an_event_once() -> None:
    assert tell() == 2
    tell()
    tell(Recipient(mail=" Citizen@Example.com ".strip(), phone="13812341234"))
    assert Outgoing.objects.count() == 2
    tell(key="application:18")
    assert Outgoing.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_eight_tellers_at_once_tell_once(officer: User) -> None:
    failures: list[Exception] = []

    def say() -> None:
        try:
            tell(Recipient(user_id=officer.pk), "applications.assigned")
        except Exception as error:  # noqa: BLE001 - reported below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=say) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (Outgoing.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_told(officer: User) -> None:
    with transaction.atomic():
        tell(Recipient(user_id=officer.pk), "applications.assigned")
        transaction.set_rollback(True)
    assert not Outgoing.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_person_is_told_in_their_language_by_the_channels_they_want(officer: User) -> None:
    officer.language = "en"
    officer.save()
    me = Recipient(user_id=officer.pk)
    services.choose(user_id=officer.pk, wanted={("applications.assigned", Channel.MAIL): False})
    assert tell(me, "applications.assigned", url="/workbench/applications/17/") == 1
    assert not Outgoing.objects.exists()
    message = Message.objects.get()
    assert message.body == "Application 〔2026〕17号 is with 示例机关, to be answered by 2026-12-22."
    assert message.url == "/workbench/applications/17/"
    services.choose(user_id=officer.pk, wanted={("applications.assigned", Channel.MAIL): True})
    assert tell(me, "applications.assigned", key="application:18") == 2
    assert Outgoing.objects.get().address == "officer@example.gov.cn"


@pytest.mark.django_db
def test_a_person_who_left_is_told_nothing(officer: User) -> None:
    officer.is_active = False
    officer.save()
    assert tell(Recipient(user_id=officer.pk), "applications.assigned") == 0
    assert tell(Recipient(user_id=10_000), "applications.assigned") == 0


@pytest.mark.django_db
def test_a_mistake_of_the_caller_is_loud() -> None:
    with pytest.raises(UnknownEvent):
        tell(event="nothing.happened")
    with pytest.raises(MissingWord):
        services.notify(event="applications.registered", key="1", to=CITIZEN, context={})
    assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_an_sms_waits_for_the_morning_and_mail_does_not() -> None:
    with time_machine.travel(datetime(2026, 11, 24, 22, 0, tzinfo=HERE), tick=False):
        tell()
    due = dict(Outgoing.objects.values_list("channel", "due_at"))
    assert due["mail"] == datetime(2026, 11, 24, 22, 0, tzinfo=HERE)
    assert due["sms"] == datetime(2026, 11, 25, 8, 0, tzinfo=HERE)


@pytest.mark.django_db
def test_the_inbox_is_read_by_its_owner_alone(officer: User) -> None:
    for number in range(3):
        tell(Recipient(user_id=officer.pk), "applications.assigned", key=f"application:{number}")
    ids = list(Message.objects.values_list("pk", flat=True))
    assert selectors.unread(officer.pk) == 3
    assert services.mark_read(user_id=officer.pk + 1, ids=ids) == 0
    assert services.mark_read(user_id=officer.pk, ids=ids[:1]) == 1
    assert services.mark_read(user_id=officer.pk, ids=ids[:1]) == 0
    assert selectors.inbox(officer.pk, unread_only=True).count() == 2
    assert services.mark_all_read(user_id=officer.pk) == 2
    assert selectors.unread(officer.pk) == 0
    assert selectors.inbox(officer.pk, event="deadlines.overdue").count() == 0
    assert selectors.events_in_inbox(officer.pk) == ["applications.assigned"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_with_any_number_of_rows(officer: User, count: int) -> None:
    for number in range(count):
        tell(Recipient(user_id=officer.pk), "applications.assigned", key=f"application:{number}")
        tell(key=f"application:{number}")
    services.deliver_due()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert selectors.unread(officer.pk) == count
        assert len([message.body for message in selectors.inbox(officer.pk)]) == count
        assert sum(len(notice.log.all()) for notice in selectors.log(ADMIN)) >= count
        assert sum(selectors.counts(ADMIN).values()) == 3 * count
    assert len(queries) == 5


@pytest.mark.django_db
def test_without_a_server_letters_go_to_a_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SMS_QUIET = tmp_path, "00:00-00:00"
    tell()
    assert services.deliver_due()["sent"] == 2
    texts = sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "outbox").glob("*.txt"))
    assert texts[0].startswith("mail → citizen@example.com\n您的政府信息公开申请已登记（〔2026〕17号）\n\n您好：")
    assert texts[1].startswith("sms → 138 1234 1234\n")
    assert services.deliver_due()["sent"] == 0


@pytest.mark.django_db
def test_a_person_settles_what_failed_once() -> None:
    tell()
    notice = Outgoing.objects.get(channel="mail")
    assert services.send_again(notice_id=notice.pk, by=ADMIN) is False
    Outgoing.objects.update(state=State.UNKNOWN.value)
    assert services.send_again(notice_id=notice.pk, by=ADMIN) is True
    assert services.send_again(notice_id=notice.pk, by=ADMIN) is False
    other = Outgoing.objects.get(channel="sms")
    assert services.drop(notice_id=other.pk, by=ADMIN) is True
    assert selectors.counts(ADMIN)[State.DROPPED] == 1
    assert list(Entry.objects.order_by("seq").values_list("act", flat=True)) == [
        "notifications.send_again",
        "notifications.drop",
    ]


@pytest.mark.django_db
def test_notices_are_looked_after_by_the_administrators_of_their_organ() -> None:
    services.notify(event="applications.registered", key="application:1", to=CITIZEN, context=WORDS, organ="office")
    Outgoing.objects.update(state=State.UNKNOWN.value)
    notice = Outgoing.objects.get(channel="mail")
    for stranger in (
        Standing(8, "示例管理员", frozenset({Held(Role.ADMINISTRATOR, "elsewhere")})),
        Standing(9, "示例承办人", frozenset({Held(Role.OFFICER, "office")})),
    ):
        assert (selectors.log(stranger).count(), sum(selectors.counts(stranger).values())) == (0, 0)
        assert services.drop(notice_id=notice.pk, by=stranger) is False
    assert selectors.log(ADMIN).count() == 2
    assert services.drop(notice_id=notice.pk, by=ADMIN) is True


@pytest.mark.django_db
def test_administrators_hear_of_an_infected_file(administrator: User) -> None:
    bus.publish(InfectedFileFound("f", "case", "1", "hongkou", "Test.Virus"))
    message = Message.objects.get(user=administrator)
    assert "Test.Virus" in message.body
