"""Channels at the desk: figures that open their rows, receivers that the administrator sets up."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.catalogue.tests.factories import ready, release
from gongkai.channels.models import Receiver, Sending
from gongkai.channels.tests.factories import a_receiver
from gongkai.workbench.tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ORGAN = "civil-affairs"
PERIOD = "?year=2026&quarter=4"


def signed_in(role: Role, organ: str = ORGAN) -> Client:
    client = Client()
    assert sign_in(client, an_officer(role, organ)).status_code == 302
    return client


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "lxml")


def table(data: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.content.decode("utf-8-sig"))))


def test_every_figure_opens_as_many_rows_as_it_says() -> None:
    a_receiver()
    for item in ready(3):
        release(item)
    client = signed_in(Role.OFFICER)
    page = soup(client, f"/workbench/channels/{PERIOD}")
    figures = [(int(link.get_text()), str(link["href"])) for link in page.select("td.n a")]
    assert len(figures) > 6
    for count, address in figures:
        assert len(soup(client, address).select("tbody tr")) == count
    rows = table(client.get(f"/workbench/channels/sendings.csv{PERIOD}&channel=district_library"))
    assert (len(rows), rows[1][5:8]) == (4, ["公共图书馆", "示例图书馆" + rows[1][6][5:], "待投送"])
    counts = table(client.get(f"/workbench/channels/counts.csv{PERIOD}"))
    assert next(row for row in counts if row[:1] == ["公共图书馆"])[1:7] == ["3", "0", "0", "0", "0", "3"]
    assert soup(client, "/workbench/channels/?year=2025").select("td.n a") == []
    assert "示例图书馆" in soup(client, f"/workbench/library/{item.pk}/").get_text()


def test_another_organs_releases_are_not_counted() -> None:
    release(ready(1, organ="other")[0])
    an_organ(ORGAN)
    client = signed_in(Role.OFFICER)
    assert soup(client, f"/workbench/channels/{PERIOD}").select("td.n a") == []
    assert len(table(client.get(f"/workbench/channels/sendings.csv{PERIOD}&organ=other"))) == 1


def test_the_administrator_sets_a_receiver_up_and_sees_its_secret_once() -> None:
    an_organ(ORGAN)
    client = signed_in(Role.ADMINISTRATOR)
    words = {"channel": "archives", "name": "示例档案馆", "organ": ORGAN, "url": "http://192.168.1.1/"}
    refused = client.post("/workbench/channels/receivers/new/", words)
    assert (refused.status_code, "https://" in refused.content.decode()) == (422, True)
    made = client.post("/workbench/channels/receivers/new/", {**words, "url": "https://example.gov.cn/take"})
    receiver = Receiver.objects.get()
    assert receiver.secret is not None
    assert receiver.secret in made.content.decode()
    address = f"/workbench/channels/receivers/{receiver.pk}/"
    assert receiver.secret not in client.get(address).content.decode()
    release(ready(1)[0])
    Sending.objects.filter(receiver=receiver).update(state="given_up")
    assert "已搁置" in soup(client, address).get_text()
    for act, changed in (("pause", "paused_at"), ("resume", ""), ("retry", ""), ("renew", ""), ("end", "ended_at")):
        assert client.post(f"{address}do/{act}/").status_code in {200, 302}
        receiver.refresh_from_db()
        assert not changed or getattr(receiver, changed) is not None
    assert client.post(f"{address}do/nonsense/").status_code == 404
    assert signed_in(Role.OFFICER).get(address).status_code == 403
