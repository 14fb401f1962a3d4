"""The gazette at the desk: an issue from its opening to its sealed file, the late banner, the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.rules import SYSTEM
from gongkai.gazette import printing, selectors
from gongkai.gazette.forms import placed
from gongkai.gazette.models import Issue, Point
from gongkai.gazette.tests.factories import a_matrix_issue, articles
from gongkai.seals import services as sealing
from gongkai.seals.enums import SignerKind
from gongkai.workbench.tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk() -> Callable[..., Client]:
    def signed(role: Role = Role.DISCLOSURE_OFFICE, organ: str = "district-office") -> Client:
        client = Client()
        sign_in(client, an_officer(role, organ))
        return client

    return signed


def test_an_issue_goes_from_its_opening_to_its_sealed_file(desk: Callable[..., Client]) -> None:
    sealing.found_authority(name="示例签发机构", by=SYSTEM)
    client = desk()
    sealing.make_key(organ_code="district-office", signer=SignerKind.FILE, by=SYSTEM)
    first, second = articles(2)
    opened = client.post(reverse("desk-gazette:list"), {"year": 2026, "number": 3})
    found = Issue.objects.get()
    page = reverse("desk-gazette:issue", args=[found.pk])
    assert opened["Location"] == page
    order = {"version": 0, f"place-{first}": "2", f"place-{second}": "1"}
    client.post(reverse("desk-gazette:arrange", args=[found.pk]), order)
    assert [row.pk for row in selectors.arranged(found)] == [second, first]
    client.post(reverse("desk-gazette:publish", args=[found.pk]), {"version": 1})
    found.refresh_from_db()
    assert found.published
    assert "PDF 已加盖电子印章" in client.get(page).content.decode()
    sent = Client().get(reverse("gazette:file", args=[2026, 3, "pdf"]))
    assert sent.status_code == 200
    assert sent["Content-Type"] == "application/pdf"


def test_without_a_key_the_issue_is_published_and_the_officer_is_told_what_to_do(
    desk: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_pdf", lambda issue: b"%PDF")
    client = desk()
    (pk,) = articles(1)
    client.post(reverse("desk-gazette:list"), {"year": 2026, "number": 3})
    found = Issue.objects.get()
    client.post(reverse("desk-gazette:arrange", args=[found.pk]), {"version": 0, f"place-{pk}": "1"})
    client.post(reverse("desk-gazette:publish", args=[found.pk]), {"version": 1})
    shown = client.get(reverse("desk-gazette:issue", args=[found.pk])).content.decode()
    assert Issue.objects.get().published
    assert "gongkai seals" in shown
    assert "加盖电子印章" in shown


def test_a_missed_quarter_stands_above_the_list(desk: Callable[..., Client]) -> None:
    call_command("calendar", "import", verbosity=0)
    a_matrix_issue()
    with time_machine.travel("2024-06-30 12:00:00+08:00"):
        assert "还没有出版。" not in desk().get(reverse("desk-gazette:list")).content.decode()
    with time_machine.travel("2024-07-01 09:00:00+08:00"):
        assert "2024 年第 2 期应当在 2024-06-30 以前出版" in desk().get(reverse("desk-gazette:list")).content.decode()


def test_another_organ_reads_and_changes_nothing(desk: Callable[..., Client]) -> None:
    client = desk(Role.DISCLOSURE_OFFICE, "civil-affairs")
    refused = client.post(reverse("desk-gazette:list"), {"year": 2026, "number": 3})
    assert refused.status_code == 422
    assert "请转交有此职责的人员" in refused.content.decode()
    assert not Issue.objects.exists()


def test_the_ledger_is_written_and_what_is_not_there_is_refused(desk: Callable[..., Client]) -> None:
    client, found = desk(Role.OFFICER), a_matrix_issue()
    client.post(reverse("desk-gazette:point"), {"name": "示例图书馆", "address": "示例路1号"})
    point = Point.objects.get()
    page = reverse("desk-gazette:ledger", args=[found.pk])

    def enter(key: str, **values: Any) -> Any:
        return client.post(page, {"key": key, "on": date(2024, 4, 1).isoformat(), "note": "", "point": "", **values})

    assert enter("a", kind="printed", count=2500).status_code == 302
    assert enter("b", kind="sent", count=300, point=point.pk).status_code == 302
    over = enter("c", kind="sent", count=2201, point=point.pk)
    assert over.status_code == 422
    assert "库存只剩 2200 册" in over.content.decode()
    assert "印入 2500 册 = 发往发放点 300 册 + 库存 2200 册" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"place-7": "2", "place-9": "1", "place-5": ""}, ([9, 7], "")),
        ({"place-7": "0"}, ([], "序号应当是 1 以上的整数。不编入这一期的留空。")),
        ({"place-7": "一"}, ([], "序号应当是 1 以上的整数。不编入这一期的留空。")),
        ({"place-x": "1"}, ([], "序号应当是 1 以上的整数。不编入这一期的留空。")),
        ({"place-7": "1", "place-9": "1"}, ([], "有两篇写了同一个序号。请改成不同的序号。")),
        ({"version": "3"}, ([], "")),
    ],
)
def test_articles_are_ordered_by_the_numbers_beside_them(values: dict[str, str], found: tuple[list[int], str]) -> None:
    assert placed(values) == found
