"""What the library gives to programs is what its pages show."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue.models import IndexCounter, Item
from gongkai.catalogue.rules import tabular
from gongkai.catalogue.services import receive
from gongkai.catalogue.tests.factories import TODAY, a_row, published, received
from gongkai.portal.library import indexes
from gongkai.ui import tables

pytestmark = [pytest.mark.usefixtures("hongkou"), pytest.mark.one_database]


def csv_of(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def mixed(count: int) -> None:
    """Items of several kinds, days and states."""
    kinds = ("normative_document", "plan", "announcement", "personnel", "statistics")
    received(
        *(
            a_row(
                kind=kinds[n % 5],
                issuing_organ=("finance", "health")[n % 2],
                signed_on="2022-12-01",
                effective_on="2026-01-01",
                facts={"period": "2025年"} if n % 5 == 4 else {},
                published_on=f"202{3 + n % 3}-0{1 + n % 9}-1{n % 9}",
                summary="" if n % 7 == 0 else f"=第{n}条的概述，含“引号”、逗号,和换行。",
                state="withdrawn" if n % 11 == 0 else "published",
                reason="有误。" if n % 11 == 0 else "",
            )
            for n in range(count)
        )
    )


def test_page_json_feed_csv_and_api_agree_on_every_item(client: Client) -> None:
    mixed(50)
    lines = {line["index_number"]: line for line in csv_of(client, reverse("library:export-csv"))}
    feed = BeautifulSoup(client.get(reverse("feeds:all", args=["atom"])).content, "xml")
    entries = {entry.id.get_text(): entry for entry in feed.select("entry")}  # type: ignore[union-attr]
    assert len(lines) == len(entries) == 50
    for item in Item.objects.all():
        twin = client.get(reverse("library:json", args=[item.slug])).json()
        page = BeautifulSoup(client.get(reverse("library:item", args=[item.slug])).content, "lxml")
        line, entry = lines[twin["index_number"]], entries[twin["index_number"]]
        facts = {row.dt.get_text(): row.dd.get_text() for row in page.select(".gk-dhead .gk-facts div")}  # type: ignore[union-attr]
        title = page.select_one("h1").get_text()  # type: ignore[union-attr]
        assert title == twin["title"] == line["title"] == entry.title.get_text()  # type: ignore[union-attr]
        assert facts["发文字号"] == twin["document_number"] == line["document_number"]
        assert facts["主题分类"] == twin["theme_label"] == line["theme_label"]
        assert facts["发文机关"] == twin["organ_name"] == line["organ_name"]
        times = [str(time["datetime"]) for time in page.select(".gk-dhead time")]
        assert [twin["signed_on"], twin["published_on"], twin["effective_on"]] == times[:3]
        assert [line["signed_on"], line["published_on"], line["effective_on"]] == times[:3]
        assert entry.published.get_text()[:10] == twin["published_on"]  # type: ignore[union-attr]
        badge = page.select_one(".gk-dhead .gk-badge")
        assert (badge.get_text() if badge else "不适用") == twin["validity_label"] == line["validity_label"]
        assert [one["term"] for one in entry.select("category")] == [
            twin["kind_label"],
            twin["theme_label"],
            twin["validity_label"],
        ]
        assert line["summary"].removeprefix("'") == twin["summary"]


def test_everything_public_is_exported_and_comes_in_again_as_the_same(client: Client) -> None:
    mixed(12)
    received(a_row(state="drafting", published_on=None), a_row(state="removed", reason="误发。"))
    first = json.loads(client.get(reverse("library:export-json")).getvalue())
    assert len(first) == 12
    found = receive(first, actor=SYSTEM, today=TODAY)
    assert (found.same, found.faults) == (12, [])
    Item.objects.all().delete()
    IndexCounter.objects.all().delete()
    receive(first, actor=SYSTEM, today=TODAY)
    assert json.loads(client.get(reverse("library:export-json")).getvalue()) == first
    table = io.BytesIO(client.get(reverse("library:export-csv")).getvalue()).getvalue()
    again = receive(tabular.items(tables.rows(table)), actor=SYSTEM, today=TODAY)
    assert (again.same, again.faults) == (12, [])
    some = json.loads(client.get(f"{reverse('library:export-json')}?kind=plan&organ=finance").getvalue())
    assert {(one["kind"], one["issuing_organ"]) for one in some} == {("plan", "finance")}


def test_feeds_are_of_one_organ_theme_or_kind_and_answer_what_has_not_changed(client: Client) -> None:
    mixed(12)
    for by, value, name in (
        ("organ", "finance", "区财政局"),
        ("kind", "plan", "规划计划"),
        ("theme", "civil_affairs", "民政"),
    ):
        response = client.get(reverse("feeds:some", args=[by, value, "rss"]))
        feed = BeautifulSoup(response.content, "xml")
        assert name in feed.select_one("channel > title").get_text()  # type: ignore[union-attr]
        assert len(feed.select("item")) == Item.objects.filter(**{{"organ": "organ__code"}.get(by, by): value}).count()
        assert client.get(response.request["PATH_INFO"], headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.get("/feeds/organ/nowhere.rss").status_code == 404
    assert client.get("/feeds/colour/red.rss").status_code == 404


def test_the_index_is_asked_and_taken_away_in_one_click(client: Client) -> None:
    mixed(12)
    item = published(title="独一无二的办法", summary="=1+1", organ="health")
    page = BeautifulSoup(client.get(f"{reverse('portal:index')}?q=独一无二").content, "lxml")
    assert [cell.get_text() for cell in page.select("tbody th, tbody td")] == [
        item.index_number,
        "独一无二的办法",
        "=1+1",
        "民政、扶贫、救灾",
        "2023-05-04",
    ]
    link = page.select_one("a[href*='index.csv']")
    assert link is not None
    assert [line["名称"] for line in csv_of(client, str(link["href"]))] == ["独一无二的办法"]
    assert len(csv_of(client, reverse("portal:index-csv"))) == 13
    book = load_workbook(io.BytesIO(client.get(f"{reverse('portal:index-xlsx')}?organ=health").content))
    assert book.active is not None
    assert book.active.max_row == 1 + Item.objects.filter(organ__code="health").count()


def test_a_workbook_that_cannot_hold_the_whole_index_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        published()
    monkeypatch.setattr(indexes, "MOST", 2)
    book = load_workbook(io.BytesIO(client.get(reverse("portal:index-xlsx")).content))
    assert book.active is not None
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[-1][1] == "以上是前 2 条，共 3 条。全部条目请下载 CSV。"


def test_what_changed_its_class_is_told_by_its_title_alone(client: Client) -> None:
    item = published(title="示例目录")
    item.changes.create(
        kind="reclassified", on=date(2026, 1, 5), text="公开属性由“主动公开”调整为“不予公开”：情势变化。"
    )
    Item.objects.filter(pk=item.pk).update(state="filed", public=False, disclosure_class="withheld")
    page = BeautifulSoup(client.get(reverse("portal:class-changes")).content, "lxml")
    row = page.select_one(".gk-list")
    assert row is not None
    assert "示例目录" in row.get_text()
    assert "情势变化" in row.get_text()
    assert row.select("a") == []


def test_search_engines_read_an_item_and_the_whole_as_linked_data(client: Client) -> None:
    old = published(
        document_number="虹府规〔2022〕1号",
        signed_on="2022-01-04",
        published_on="2022-01-05",
        effective_on="2022-02-01",
    )
    published(relations=[{"kind": "repeals", "target": "虹府规〔2022〕1号"}])
    found = json.loads(client.get(reverse("library:linked", args=[old.slug])).content)
    assert (found["@type"], found["legislationLegalForce"]) == ("Legislation", "https://schema.org/NotInForce")
    assert found["legislationIdentifier"] == "虹府规〔2022〕1号"
    plain = published(kind="announcement", document_number="")
    assert json.loads(client.get(reverse("library:linked", args=[plain.slug])).content)["@type"] == "DigitalDocument"
    aid = published(kind="social_aid", document_number="")
    served = json.loads(client.get(reverse("library:linked", args=[aid.slug])).content)
    assert (served["@type"], served["serviceType"], served["serviceOperator"]) == (
        "GovernmentService",
        "社会救助",
        served["publisher"],
    )
    whole = json.loads(client.get(reverse("library:dcat")).content)
    assert {one["dcat:downloadURL"] for one in whole["dcat:dataset"][0]["dcat:distribution"]} == {
        f"http://testserver{path}"
        for path in ("/library/export.json", "/library/export.csv", "/feeds/all.atom", "/feeds/all.rss")
    }
