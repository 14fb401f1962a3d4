"""Every release is told by its channels: written with the release, sent at least once, taken back with a withdrawal."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.catalogue import services as catalogue
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import TODAY, new_key, published, ready, release, standing
from gongkai.channels import samples, selectors, services
from gongkai.channels.enums import Kind
from gongkai.channels.models import Receiver, Sending, Telling
from gongkai.channels.rules import declared
from gongkai.channels.rules.telling import MOST_TRIES, next_kind, wait_after
from gongkai.channels.selectors import Asked
from gongkai.channels.services import delivering
from gongkai.clients.rules import Denied
from gongkai.clients.services import Answer
from gongkai.clients.tests.factories import administrator
from gongkai.clients.tests.receiving import Receiver as Server
from gongkai.notifications.models import Message

from .factories import ORGAN, a_receiver


@pytest.mark.django_db
def test_sample_releases_are_recorded_once() -> None:
    an_organ(ORGAN)
    today = timezone.localdate()
    for n, days in enumerate((1, 300, 400)):
        item = published(organ=ORGAN, title=f"示例{n}", document_number="", kind="announcement", key=f"d{n}")
        Item.objects.filter(pk=item.pk).update(published_on=today - timedelta(days))
    Telling.objects.all().delete()
    assert [samples.load(today=today) for _each in range(2)] == [2, 0]
    assert sorted(told.on for told in Telling.objects.all()) == [today - timedelta(300), today - timedelta(1)]


OWN = {"site": "sent", "feeds": "sent", "screens": "sent"}
Posted = list[dict[str, Any]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    """What would have been sent; a receiver whose address has `bad` in it refuses, and so do items called 毒."""
    found: Posted = []

    def send(*, url: str, secret: str, event: str, key: str, body: bytes) -> Answer:
        told = json.loads(body)
        found.append({"url": url, "event": event, "key": key, **told})
        bad = "bad" in url or "毒" in told["item"]["title"]
        return Answer(not bad, "500 no" if bad else "200 taken")

    monkeypatch.setattr(delivering, "send_signed", send)
    return found


def states(item: Item, kind: str = "released") -> dict[str, str]:
    return dict(Sending.objects.filter(telling__item=item, telling__kind=kind).values_list("channel", "state"))


def withdrawn(item: Item) -> Item:
    chief = an_officer(Role.DISCLOSURE_OFFICE, ORGAN)
    item.refresh_from_db()
    return catalogue.withdraw(
        pk=item.pk, by=standing(chief), version=item.version, key=new_key(), reason="数据有误。", today=TODAY
    )


def a_release(**values: Any) -> Item:
    (item,) = ready(1, **values)
    return release(item)


@pytest.mark.parametrize(
    ("last", "live", "same", "then"),
    [
        (None, True, False, None),
        (None, False, False, None),
        (Kind.RELEASED, True, True, None),
        (Kind.RELEASED, True, False, Kind.UPDATED),
        (Kind.UPDATED, True, False, Kind.UPDATED),
        (Kind.UPDATED, False, False, Kind.TAKEN_BACK),
        (Kind.RELEASED, False, False, Kind.TAKEN_BACK),
        (Kind.TAKEN_BACK, False, False, None),
        (Kind.TAKEN_BACK, True, False, Kind.RELEASED),
    ],
)
def test_what_is_told_follows_from_what_was_told(last: Kind | None, live: bool, same: bool, then: Kind | None) -> None:
    assert next_kind(last, live=live, same=same) is then


def test_the_declared_channels_can_be_used_and_a_wrong_one_is_told() -> None:
    assert declared.faults() == []
    assert set(declared.pushed()) == {"city_library", "district_library", "archives"}
    bad = {
        "a": {"label": "甲", "way": "pigeon", "cite": "disclosure_regulation 25"},
        "B": {},
        "c": {"label": "丙", "way": "own"},
    }
    told = declared.faults(channels=bad, screens={"hall": {}})
    assert [text.split(" ")[1] for text in told] == ["a", "B", "c", "hall"]
    assert "第二十五条" in declared.channels()["archives"].cited


def test_waits_grow_until_an_entry_stands_aside() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(set(waits))


@pytest.mark.django_db
def test_a_release_is_recorded_by_every_channel_in_its_own_transaction() -> None:
    a_receiver()
    a_receiver(channel="archives")
    (item,) = ready(1)
    with transaction.atomic():
        release(item)
        transaction.set_rollback(True)
    assert (Telling.objects.count(), Sending.objects.count()) == (0, 0)
    item.refresh_from_db()
    release(item)
    assert states(item) == {**OWN, "district_library": "waiting", "archives": "waiting"}


@pytest.mark.django_db
def test_a_document_of_the_positive_list_is_told_by_the_gazette_too() -> None:
    from gongkai.gazette.rules.declared import declared as gazette

    column = next(one for one in gazette().columns if not one.organs)
    kind = min(column.kinds)
    item = a_release(kind=kind, title="虹口区示例公报文件")
    assert states(item) == {**OWN, "gazette": "sent"}


@pytest.mark.django_db
def test_what_came_in_as_published_before_is_not_told_again() -> None:
    a_receiver()
    item = published()
    withdrawn(item)
    assert Telling.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_release_arrives_signed_and_once_and_is_taken_back(server: Server) -> None:
    _receiver, secret = a_receiver(url=server.url)
    item = a_release()
    assert [services.deliver()["sent"], services.deliver()["sent"]] == [1, 0]
    (got,) = server.got
    headers, body = got["headers"], json.loads(got["body"])
    wanted = hmac.new(secret.encode(), f"{headers['X-Gongkai-Timestamp']}.{got['body']}".encode(), hashlib.sha256)
    assert headers["X-Gongkai-Signature"] == f"sha256={wanted.hexdigest()}"
    sending = Sending.objects.get(receiver__isnull=False)
    assert (body["id"], body["event"], headers["X-Gongkai-Id"]) == (str(sending.pk), "released", str(sending.pk))
    assert (body["item"]["title"], body["item"]["body"]) == (item.title, item.body)
    assert body["item"]["url"].endswith(f"/library/{item.slug}/")
    withdrawn(item)
    assert services.deliver()["sent"] == 1
    back = json.loads(server.got[1]["body"])
    assert (back["event"], back["item"]["reason"], "body" in back["item"]) == ("taken_back", "数据有误。", False)
    assert back["sequence"] > body["sequence"]


@pytest.mark.django_db(transaction=True)
def test_a_poisoned_entry_stands_aside_is_told_and_holds_nothing_up(posted: Posted) -> None:
    by = administrator(ORGAN)
    receiver, _secret = a_receiver(by=by)
    poisoned, good = a_release(title="有毒的示例"), a_release(title="好的示例")
    now = timezone.now()
    done = services.deliver()
    assert (done["sent"], done["failed"], sum(done.values())) == (1, 1, 2)
    for hours in range(1, 60, 2):
        with time_machine.travel(now + timedelta(hours=hours)):
            services.deliver()
    row = Sending.objects.get(telling__item=poisoned, receiver=receiver)
    assert (row.state, row.tries, row.answer) == ("given_up", MOST_TRIES, "500 no")
    assert states(good)["district_library"] == "sent"
    assert Message.objects.filter(event="channels.given_up", user_id=by.user_id).count() == 1
    later = a_release(title="之后的示例")
    services.deliver()
    assert states(later)["district_library"] == "sent"
    assert services.retry(by=by, pk=receiver.pk) == 1
    assert services.deliver()["failed"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_is_down_does_not_keep_the_others_waiting(posted: Posted) -> None:
    a_receiver(url="http://127.0.0.1:1/bad")
    a_receiver(channel="archives", url="http://127.0.0.1:1/good")
    for item in ready(6):
        release(item)
    done = services.deliver()
    assert (done["sent"], done["failed"]) == (6, 3)
    assert Sending.objects.filter(state="waiting").count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_entry_whose_worker_died_is_sent_again_and_nothing_later_overtakes_it(posted: Posted) -> None:
    a_receiver()
    item = a_release()
    mine = Sending.objects.filter(receiver__isnull=False)
    mine.update(state="sending", claimed_at=timezone.now() - timedelta(seconds=20))
    withdrawn(item)
    assert services.deliver()["sent"] == 0  # another may still be at it, and what follows waits for it
    mine.filter(telling__kind="released").update(claimed_at=timezone.now() - timedelta(minutes=3))
    services.deliver()
    assert [told["event"] for told in posted] == ["released", "taken_back"]


@pytest.mark.django_db(transaction=True)
def test_what_was_not_sent_yet_is_not_sent_after_what_follows_it(posted: Posted) -> None:
    by = administrator(ORGAN)
    receiver, _secret = a_receiver(by=by)
    services.pause(by=by, pk=receiver.pk)
    item = a_release()
    assert sum(services.deliver().values()) == 0
    withdrawn(item)
    services.resume(by=by, pk=receiver.pk)
    services.deliver()
    assert [told["event"] for told in posted] == ["taken_back"]
    assert states(item)["district_library"] == "replaced"
    chief = an_officer(Role.DISCLOSURE_OFFICE, ORGAN)
    item.refresh_from_db()
    catalogue.restore(
        pk=item.pk, by=standing(chief), version=item.version, key=new_key(), reason="已核对。", today=TODAY
    )
    services.deliver()
    assert [told["event"] for told in posted] == ["taken_back", "released"]


@pytest.mark.django_db
def test_a_receiver_gets_what_its_organ_and_those_below_release_and_nothing_else() -> None:
    an_organ("child", below="parent")
    a_receiver(organ="parent", url="http://127.0.0.1:1/parent")
    a_receiver(organ="other", url="http://127.0.0.1:1/other")
    item = a_release(organ="child")
    (row,) = Sending.objects.filter(telling__item=item, receiver__isnull=False)
    assert row.receiver is not None
    assert row.receiver.organ.code == "parent"


@pytest.mark.django_db
def test_only_the_administrator_of_the_organ_sets_receivers_up() -> None:
    an_organ(ORGAN)
    words = {"channel": "archives", "name": "示例档案馆", "organ": ORGAN, "url": "https://example.gov.cn/take"}
    tries: list[tuple[Callable[[], object], str]] = [
        (lambda: services.add_receiver(by=administrator("other"), **words), "不在您的管理范围"),
        (lambda: services.add_receiver(by=administrator(ORGAN), **{**words, "channel": "site"}), "不向接收单位推送"),
        (lambda: services.add_receiver(by=administrator(ORGAN), **{**words, "url": "ftp://x"}), "https://"),
        (lambda: services.pause(by=administrator("other"), pk=a_receiver()[0].pk), "不由您管理"),
    ]
    for attempt, why in tries:
        with pytest.raises(Denied, match=why):
            attempt()
    made, secret = services.add_receiver(by=administrator(ORGAN), **words)
    with pytest.raises(Denied, match="已经设置过"):
        services.add_receiver(by=administrator(ORGAN), **words)
    assert services.renew_secret(by=administrator(ORGAN), pk=made.pk)[1] != secret
    services.end_receiver(by=administrator(ORGAN), pk=made.pk)
    assert Receiver.objects.get(pk=made.pk).ended_at is not None


@pytest.mark.django_db
def test_every_figure_is_the_number_of_its_rows() -> None:
    a_receiver()
    first, second = a_release(), a_release()
    withdrawn(second)
    release(ready(1, organ="other")[0])
    what = Asked(frozenset({ORGAN}), date(2026, 1, 1), date(2026, 12, 31))
    found = selectors.counted(what)
    assert found.organs[(ORGAN, "site")] == 2
    assert found.kinds[("taken_back", "district_library")] == 1
    assert found.states[("replaced", "district_library")] == 1
    for figures, name in ((found.kinds, "kind"), (found.states, "state")):
        for (value, channel), count in figures.items():
            asked = Asked(what.organs, what.first, what.last, channel=channel, **{name: value})
            assert selectors.sendings(asked).count() == count
    assert selectors.counted(Asked(what.organs, date(2025, 1, 1), date(2025, 12, 31))).kinds == {}
    assert selectors.of_item(first.pk).count() == 4
