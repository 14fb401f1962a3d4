"""The search page: organs, sections, items; why each hit is there; a way on when there is none."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.reports import services
from gongkai.reports.tests.factories import reading
from gongkai.search.engine import Engine
from gongkai.search.rules.ask import Ask
from gongkai.search.selectors import find

pytestmark = [pytest.mark.usefixtures("hongkou"), pytest.mark.one_database]
Indexed = Callable[[], Engine]


def shown(client: Client, **asked: str) -> BeautifulSoup:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def addresses(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select(".gk-hit h3 a")]


FIRST = {
    "财政局": "/organs/finance/",
    "环境保护局": "/organs/environment/",
    "提篮桥": "/organs/north-bund/",
    "finance bureau": "/organs/finance/",
    "房屋征收": "/disclosure/contents/21-5/",
    "政府信息公开指南": "/disclosure/guide/",
    "依申请公开": "/disclosure/apply/",
    "徵收補償": "/disclosure/contents/21-5/",
    "ＦＩＮＡＮＣＥ": "/organs/finance/",
}


def test_what_was_asked_for_comes_first(indexed: Indexed) -> None:
    indexed()
    assert {query: find(Ask(query)).results[0].entry.url for query in FIRST} == FIRST
    fees = [hit.entry.url for hit in find(Ask("信息处理费")).results[:2]]
    assert fees == ["/disclosure/rules/#basis", "/disclosure/apply/#fees"]


def test_where_nothing_has_every_word_the_page_says_what_it_shows_instead(client: Client, indexed: Indexed) -> None:
    indexed()
    page = shown(client, q="财政 月球")
    assert set(addresses(page)) == {"/organs/finance/", "/disclosure/contents/20-7/"}
    assert "没有同时含全部 2 个词的内容，下面是至少含其中 1 个词的。" in page.get_text()
    assert addresses(shown(client, q="“财政” 月球")) == []


def test_an_empty_result_says_what_there_is_without_a_word_or_a_filter(client: Client, indexed: Indexed) -> None:
    indexed()
    page = shown(client, q="“月球” 财政", kind="organ")
    assert addresses(page) == []
    assert [" ".join(way.get_text().split()) for way in page.select(".gk-freer li")] == ["去掉“月球” 有 1 条"]
    assert len(page.select("main .gk-days a")) == 4


@pytest.mark.parametrize("query", ["", "   ", "。，", "%", "'"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    answer = find(Ask(query))
    assert (answer.count, answer.results, answer.ready) == (0, (), True)


def test_each_hit_says_why_it_is_there(client: Client, indexed: Indexed) -> None:
    indexed()
    hits = shown(client, q="财政").select(".gk-hit")
    assert len(hits) == 2
    assert all(hit.select_one(".gk-why") and hit.select_one("mark") for hit in hits)


def test_results_are_narrowed_by_links_and_let_go_by_the_same_links(client: Client, indexed: Indexed) -> None:
    indexed()
    page = shown(client, q="财政")
    link = next(link for link in page.select(".gk-narrow a") if "法定主动公开内容" in link.get_text())
    narrowed = BeautifulSoup(client.get(str(link["href"])).content, "lxml")
    assert addresses(narrowed) == ["/disclosure/contents/20-7/"]
    current = narrowed.select_one(".gk-narrow [aria-current]")
    assert isinstance(current, Tag)
    assert addresses(BeautifulSoup(client.get(str(current["href"])).content, "lxml")) == addresses(page)


def test_where_nothing_is_found_another_spelling_is_looked_for_and_it_is_said(client: Client, indexed: Indexed) -> None:
    indexed()
    page = shown(client, q="北外摊")
    assert "没有找到“北外摊”，已按“北外滩”查找。" in page.get_text()
    assert addresses(page) == ["/organs/north-bund/"]
    offered = page.select_one(".gk-meant a")
    assert isinstance(offered, Tag)
    assert offered.get_text() == "北外滩"
    assert addresses(BeautifulSoup(client.get(str(offered["href"])).content, "lxml")) == ["/organs/north-bund/"]


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [("hkqzf", "虹口区政府", "/organs/hongkou/"), ("czj", "财政局", "/organs/finance/")],
)
def test_first_letters_of_sounds_find_organs(
    client: Client, indexed: Indexed, typed: str, meant: str, first: str
) -> None:
    indexed()
    page = shown(client, q=typed)
    assert f"没有找到“{typed}”，已按“{meant}”查找。" in page.get_text()
    assert addresses(page)[0] == first


@pytest.mark.parametrize("query", ["不存在的东西", "<script>alert(1)</script>", "a" * 5000])
def test_an_empty_result_says_so_and_offers_ways_on(client: Client, indexed: Indexed, query: str) -> None:
    indexed()
    page = shown(client, q=query, page="999", kind="nonsense", sort="nonsense", since="nonsense")
    assert not page.select("script")
    assert len(page.select("main .gk-days a")) == 4
    assert "日期没有认出" in page.get_text()


def test_long_results_come_in_pages(client: Client, indexed: Indexed) -> None:
    indexed()
    first = shown(client, q="虹口区")
    assert len(first.select(".gk-hit")) == 10
    second = BeautifulSoup(client.get(str(first.select(".gk-pages a")[0]["href"])).content, "lxml")
    assert set(addresses(second)).isdisjoint(addresses(first))


def test_a_page_past_what_can_be_leafed_through_says_so(client: Client, indexed: Indexed) -> None:
    indexed()
    page = shown(client, q="虹口区", page="999999")
    assert addresses(page) == []
    assert "只能翻到前 10000 条" in page.get_text()


def test_without_an_index_the_page_says_that_it_is_being_prepared(
    client: Client, settings: pytest.FixtureRequest, tmp_path: object
) -> None:
    settings.SEARCH_DIR = tmp_path  # type: ignore[attr-defined]
    page = shown(client, q="财政")
    assert "搜索索引正在准备" in page.get_text()
    assert len(page.select("main .gk-days a")) == 4


def test_a_search_costs_few_queries(
    client: Client, indexed: Indexed, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    indexed()
    shown(client, q="虹口")
    with django_assert_max_num_queries(4):
        shown(client, q="虹口")


def test_a_report_is_found_by_its_organ_and_year(demo: None, indexed: Indexed) -> None:
    indexed()
    first = {
        "虹口 2020 年报": "/reports/hongkou-2020/",
        "虹口区2020年报": "/reports/hongkou-2020/",
        "虹口区 2020年 年度报告": "/reports/hongkou-2020/",
        "2019年报": "/reports/hongkou-2019/",
        "宝山 年报": "/reports/baoshan-service-centre-2023/",
        "annual report 2018": "/reports/hongkou-2018/",
    }
    assert {query: find(Ask(query)).results[0].entry.url for query in first} == first


def test_a_report_is_found_once_it_is_published(demo: None, indexed: Indexed) -> None:
    indexed()
    services.publish_reading(reading=reading(organ="示例市示例区临江街道办事处", year=2024))
    assert find(Ask("“临江街道”")).count == 0
    indexed()
    assert [hit.entry.title for hit in find(Ask("“临江街道”")).results] == [
        "示例市示例区临江街道办事处 2024 年政府信息公开工作年度报告"
    ]
