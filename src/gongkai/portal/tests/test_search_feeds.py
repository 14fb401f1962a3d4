"""What hangs on a search: its feed, its pace; and documents about the same on an item's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import published
from gongkai.portal.applications.sources import published as suggested
from gongkai.search.engine import Engine
from gongkai.search.rules.pace import MOST_ADDRESSES, Pace, house_of

pytestmark = [pytest.mark.usefixtures("hongkou"), pytest.mark.one_database]
Indexed = Callable[[], Engine]


def test_a_search_is_followed_by_its_feed(client: Client, indexed: Indexed) -> None:
    older = published(title="示例停车办法", key="a", published_on="2023-05-04")
    newer = published(title="示例停车细则", key="b", published_on="2024-05-04")
    published(title="示例绿化办法", key="c")
    indexed()
    page = BeautifulSoup(client.get("/search/", {"q": "示例停车", "sort": "oldest"}).content, "lxml")
    link = page.select_one("link[type='application/atom+xml']")
    assert link is not None
    response = client.get(str(link["href"]))
    feed = BeautifulSoup(response.content, "xml")
    assert [one.get_text() for one in feed.select("entry > title")] == [newer.title, older.title]
    assert client.get(str(link["href"]), headers={"if-none-match": response["ETag"]}).status_code == 304
    rss = BeautifulSoup(client.get("/search/feed.rss", {"q": "示例停车"}).content, "xml")
    assert [one.get_text() for one in rss.select("item > guid")] == [newer.index_number, older.index_number]


def test_a_feed_has_nothing_but_what_has_every_word(client: Client, indexed: Indexed) -> None:
    published(title="示例停车办法", key="a")
    indexed()
    feed = BeautifulSoup(client.get("/search/feed.atom", {"q": "停车 月球"}).content, "xml")
    assert feed.select("entry") == []
    assert client.get("/search/feed.atom").headers["Location"] == "/feeds/all.atom"


def test_without_an_index_a_feed_asks_for_patience(client: Client) -> None:
    response = client.get("/search/feed.atom", {"q": "停车"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("path", ["/search/", "/search/feed.atom", "/api/v1/search"])
def test_one_address_asks_so_often_a_minute_and_another_still_may(
    client: Client, indexed: Indexed, settings: Settings, path: str
) -> None:
    indexed()
    settings.SEARCH_PER_MINUTE = 3
    first, second = f"192.0.2.{len(path)}", f"198.51.100.{len(path)}"
    answers = [client.get(path, {"q": "财政"}, REMOTE_ADDR=first) for _time in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 2  # a minute may end between two of them
    assert {1 <= int(answer.headers["Retry-After"]) <= 60 for answer in refused} == {True}
    assert "一分钟内搜索超过 3 次" in (refused[0].json()["error"] if "api" in path else refused[0].content.decode())
    assert client.get(path, {"q": "财政"}, REMOTE_ADDR=second).status_code == 200


def test_questions_are_counted_by_house_and_minute() -> None:
    pace = Pace()
    one, same, other = "2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"
    assert [pace.wait(address, now=90.0, most=1) for address in (one, same, other)] == [0, 30, 0]
    assert pace.wait(same, now=120.0, most=1) == 0
    assert (house_of("192.0.2.7"), house_of("nobody")) == ("192.0.2.7", "")
    for number in range(MOST_ADDRESSES + 2):
        pace.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", now=121.0, most=1)
    assert pace.wait(same, now=122.0, most=1) == 0


def test_an_item_shows_others_about_the_same_but_not_what_is_not_public(client: Client, indexed: Indexed) -> None:
    item = published(title="示例停车收费管理办法", key="a")
    alike = published(title="示例停车收费管理细则", key="b")
    published(title="示例河道保洁名录", key="c")
    indexed()
    found = BeautifulSoup(client.get(f"/library/{item.slug}/").content, "lxml")
    heading = next(one for one in found.select(".gk-rail h2") if one.get_text() == "相似文件")
    assert heading.parent is not None
    assert [link.get_text() for link in heading.parent.select("a")] == [alike.title]
    alike.state, alike.public = "drafting", False  # the index does not know it yet
    alike.save()
    assert alike.title not in client.get(f"/library/{item.slug}/").content.decode()


def test_what_was_repealed_or_has_lapsed_is_offered_beside_nothing_and_told_as_such_where_it_is_found(
    client: Client, indexed: Indexed
) -> None:
    item = published(title="示例停车收费管理办法", key="a")
    over = [published(title=f"示例停车收费管理办法之{n}", key=f"b{n}") for n in range(12)]
    holds = published(title="示例停车收费管理办法（新的一件）", key="c")
    repealed, lapsed = ([one.pk for one in over[start::2]] for start in (0, 1))
    Item.objects.filter(pk__in=repealed).update(validity="repealed")
    Item.objects.filter(pk__in=lapsed).update(validity="lapsed")
    indexed()
    page = BeautifulSoup(client.get(f"/library/{item.slug}/").content, "lxml")
    heading = next(one for one in page.select(".gk-rail h2") if one.get_text() == "相似文件")
    assert heading.parent is not None
    assert [link.get_text() for link in heading.parent.select("a")] == [holds.title]
    told = [
        (one.title, one.meta.partition("　")[2]) for one in suggested("示例停车收费管理办法") if "停车" in one.title
    ]
    assert [name for name, said in told if not said] == [name for name, _said in told[:2]]
    assert Counter(said for _name, said in told) == {"": 2, "已废止": 6, "已失效": 6}
    feed = client.get("/search/feed.atom", {"q": "停车收费管理办法"}).content.decode()
    assert [feed.count(f'term="{word}"') for word in ("已废止", "已失效")] == [6, 6]
    hits = BeautifulSoup(client.get("/search/", {"q": "停车收费管理办法"}).content, "lxml").select(".gk-hit .gk-badge")
    assert [one.get_text() for one in hits][::2] == ["现行有效"] * 2 + ["已失效"] * 6 + ["已废止"] * 2


def test_what_has_only_a_part_of_a_long_word_says_which(client: Client, indexed: Indexed) -> None:
    published(title="示例生活垃圾分类方案", key="a")
    published(title="示例建筑垃圾清运方案", key="b")
    indexed()
    page = BeautifulSoup(client.get("/search/", {"q": "垃圾分类"}).content, "lxml")
    found = {hit.h3.get_text(): hit.select_one(".gk-why").get_text() for hit in page.select(".gk-hit")}  # type: ignore[union-attr]
    assert found["示例生活垃圾分类方案"] == "为什么匹配：标题含“垃圾分类”。"
    assert found["示例建筑垃圾清运方案"] == "为什么匹配：标题含“垃圾”。"
    assert "完整含所输入词语的有 1 条；其余只含其中一部分，越相关越靠前。" in page.get_text()
