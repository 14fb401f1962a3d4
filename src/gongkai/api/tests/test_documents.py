"""The document library for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.tests.factories import an_organ
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import a_row, published, received

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ROOT = "/api/v1/documents"


def test_a_program_reads_the_page_of_items_it_asks_for(client: Client) -> None:
    for organ in ("civil-affairs", "health"):
        an_organ(organ)
    received(
        *(a_row(kind="plan") for _ in range(3)),
        a_row(issuing_organ="health"),
        a_row(state="drafting", published_on=None),
    )
    found = client.get(f"{ROOT}?organ=civil-affairs&kind=plan&page_size=2&page=2").json()
    assert (found["count"], found["page"], len(found["results"])) == (3, 2, 1)
    everything = client.get(ROOT).json()
    assert everything["count"] == 4
    item = Item.objects.get(organ__code="health")
    assert next(one for one in everything["results"] if one["slug"] == item.slug)["url"] == (
        f"http://testserver{reverse('library:item', args=[item.slug])}"
    )


def test_one_item_is_read_whole_and_the_same_as_its_twin(client: Client) -> None:
    item = published(relations=[{"kind": "implements", "target": "示例条例"}])
    found = client.get(f"{ROOT}/{item.slug}").json()
    twin = client.get(reverse("library:json", args=[item.slug])).json()
    different = {name for name in found if found[name] != twin[name]} - {"changed_at"}
    assert different == set()
    assert client.get(f"{ROOT}/nothing-2020-00001").status_code == 404


def test_a_copy_is_kept_up_to_date_by_moment_and_mark(client: Client) -> None:
    first, second = published(), published()
    moment = first.changed_at + timedelta(microseconds=1)
    assert [one["slug"] for one in client.get(ROOT, {"since": moment.isoformat()}).json()["results"]] == [second.slug]
    answer = client.get(ROOT)
    assert client.get(ROOT, headers={"if-none-match": answer["ETag"]}).status_code == 304
    Item.objects.filter(pk=first.pk).update(changed_at=second.changed_at + timedelta(seconds=1))
    again = client.get(ROOT, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 200
    changed = client.get(ROOT, {"since": second.changed_at.isoformat()}).json()["results"]
    assert [one["slug"] for one in changed] == [first.slug]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"},
        {"page_size": "101"},
        {"year": "10"},
        {"since": "yesterday"},
        {"kind": "' OR 1=1"},
    ],
)
def test_what_cannot_be_asked_is_told(client: Client, asked: dict[str, str]) -> None:
    assert client.get(ROOT, asked).status_code == 422
