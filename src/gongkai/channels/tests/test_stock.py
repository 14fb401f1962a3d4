"""A receiver that came later gets what was public before: once, page by page, behind what is fresh, also after a fall."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.audit.models import Entry
from gongkai.catalogue import services as catalogue
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import TODAY, a_row, new_key, published, ready, received, release, standing
from gongkai.channels import selectors, services
from gongkai.channels.models import Sending, Stock
from gongkai.channels.services import delivering, stocking
from gongkai.clients.rules import Denied
from gongkai.clients.services import Answer
from gongkai.clients.tests.factories import administrator

from .factories import ORGAN, a_receiver

Posted = list[str]


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    """The titles that were sent, each with `+` where it was of a stock."""
    found: Posted = []

    def send(*, url: str, secret: str, event: str, key: str, body: bytes) -> Answer:
        told = json.loads(body)
        assert (event, told["event"]) in {(name, name) for name in ("released", "updated", "taken_back")}
        found.append(f"{told['event']} {told['item']['title']}{'+' if told['stock'] else ''}")
        return Answer(True, "200 taken")

    monkeypatch.setattr(delivering, "send_signed", send)
    return found


def stocked(count: int, *, organ: str = ORGAN) -> list[Item]:
    """Items that came in as published before."""
    an_organ(organ)
    rows = [a_row(issuing_organ=organ, kind="announcement", document_number="", title=f"旧{n}") for n in range(count)]
    received(*rows)
    return list(Item.objects.filter(key__in=[row["key"] for row in rows]).order_by("pk"))


def withdrawn(item: Item) -> None:
    chief = an_officer(Role.DISCLOSURE_OFFICE, ORGAN)
    item.refresh_from_db()
    catalogue.withdraw(
        pk=item.pk, by=standing(chief), version=item.version, key=new_key(), reason="有误。", today=TODAY
    )


@pytest.mark.django_db(transaction=True)
def test_the_stock_goes_once_and_what_is_fresh_goes_before_it(posted: Posted) -> None:
    an_organ("child", below=ORGAN)
    by = administrator(ORGAN)
    had = release(ready(1, title="早已发布")[0])
    old = [*stocked(2), *stocked(1, organ="child")]
    stocked(1, organ="other")
    receiver, _secret = a_receiver(by=by)
    told = release(ready(1, title="已经收到")[0])
    services.deliver()
    withdrawn(published(organ=ORGAN, title="撤回的"))
    first = services.push_stock(by=by, pk=receiver.pk)
    assert (first.total, services.push_stock(by=by, pk=receiver.pk)) == (4, first)
    assert (services.queue_stock(), services.queue_stock()) == (4, 0)
    release(ready(1, title="新的")[0])
    assert services.deliver()["sent"] == 5
    assert posted[:2] == [f"released {told.title}", "released 新的"]
    assert sorted(posted[2:]) == sorted(f"released {item.title}+" for item in (had, *old))
    found = selectors.progress(receiver)
    assert found is not None
    assert (found.sent, found.aside, found.total, found.done) == (4, 0, 4, True)
    with pytest.raises(Denied, match="没有要推送的存量"):
        services.push_stock(by=by, pk=receiver.pk)
    withdrawn(old[0])
    services.deliver()
    assert posted[-1] == f"taken_back {old[0].title}"
    acts = Entry.objects.filter(object_kind="channels.receiver", act__endswith="_stock").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["channels.push_stock", "channels.queue_stock"]


@pytest.mark.django_db(transaction=True)
def test_a_fall_between_two_pages_loses_and_doubles_nothing(posted: Posted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stocking, "PAGE", 2)
    monkeypatch.setattr(stocking, "AHEAD", 4)
    by = administrator(ORGAN)
    receiver, _secret = a_receiver(by=by)
    old = stocked(7)
    services.push_stock(by=by, pk=receiver.pk)
    whole = stocking._sendings

    def falls(stock: Stock, items: list[Item]) -> list[Sending]:
        made = whole(stock, items)
        if stock.past:
            raise KeyboardInterrupt
        return made

    with monkeypatch.context() as broken:
        broken.setattr(stocking, "_sendings", falls)
        with pytest.raises(KeyboardInterrupt):
            services.queue_stock()
    assert Sending.objects.filter(stock__isnull=False).count() == 2
    assert services.queue_stock() == 2  # no more are under way than there is room for
    rounds = []
    for _run in range(4):
        rounds.append(services.deliver()["sent"])
        services.queue_stock()
    assert (rounds, sorted(posted)) == ([4, 3, 0, 0], sorted(f"released {item.title}+" for item in old))
    assert Stock.objects.get().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_stock_tells_an_item_as_it_is_when_it_is_sent(posted: Posted, monkeypatch: pytest.MonkeyPatch) -> None:
    by = administrator(ORGAN)
    receiver, _secret = a_receiver(by=by)
    kept, gone = stocked(2)
    services.push_stock(by=by, pk=receiver.pk)
    services.queue_stock()
    monkeypatch.setattr(delivering, "STOCK_SECONDS", 0.0)
    assert sum(services.deliver().values()) == 0  # no time for stocks in this run
    monkeypatch.undo()
    monkeypatch.setattr(delivering, "send_signed", _taking(posted))
    Item.objects.filter(pk=gone.pk).update(state="removed", public=False)
    done = services.deliver()
    assert (done["sent"], done["replaced"], posted) == (1, 1, [kept.title])


def _taking(posted: Posted) -> Any:
    def send(*, body: bytes, **_rest: str) -> Answer:
        posted.append(json.loads(body)["item"]["title"])
        return Answer(True, "200 taken")

    return send


@pytest.mark.django_db
def test_pausing_and_ending_stop_the_stock_and_only_the_administrator_pushes_it() -> None:
    by = administrator(ORGAN)
    receiver, _secret = a_receiver(by=by)
    stocked(1)
    with pytest.raises(Denied, match="不由您管理"):
        services.push_stock(by=administrator("other"), pk=receiver.pk)
    services.push_stock(by=by, pk=receiver.pk)
    services.pause(by=by, pk=receiver.pk)
    assert services.queue_stock() == 0
    services.resume(by=by, pk=receiver.pk)
    services.end_receiver(by=by, pk=receiver.pk)
    assert services.queue_stock() == 0
    assert Stock.objects.get().finished_at is not None


@pytest.mark.django_db
def test_a_page_of_the_stock_takes_as_many_queries_however_long_it_is() -> None:
    by = administrator(ORGAN)
    counts = []
    for many in (2, 12):
        receiver, _secret = a_receiver(by=by)
        stocked(many)
        services.push_stock(by=by, pk=receiver.pk)
        with CaptureQueriesContext(connection) as found:
            assert services.queue_stock() >= many
        counts.append(len(found))
    assert counts[0] == counts[1]
