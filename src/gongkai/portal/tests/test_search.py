"""The search box: organs, sections, items; why each hit is there; a way on when there is none."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.portal.search.finding import HitKind, find, terms_of
from gongkai.reports import services
from gongkai.reports.tests.factories import reading

pytestmark = pytest.mark.usefixtures("hongkou")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("财政局", "/organs/finance/"),
        ("环境保护局", "/organs/environment/"),
        ("提篮桥", "/organs/north-bund/"),
        ("finance bureau", "/organs/finance/"),
        ("房屋征收", "/disclosure/contents/21-5/"),
        ("政府信息公开指南", "/disclosure/guide/"),
        ("依申请公开", "/disclosure/apply/"),
        ("信息处理费", "/disclosure/apply/#fees"),
    ],
)
def test_what_was_asked_for_comes_first(query: str, first: str) -> None:
    assert find(query)[0].url == first


def test_every_word_has_to_be_found() -> None:
    assert find("财政 月球") == []


@pytest.mark.parametrize("query", ["", "   ", "。，", "%", "'"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert find(query) == []


def test_words_are_split_and_counted_once() -> None:
    assert terms_of("财政，财政 ABC") == ["财政", "abc"]


def test_each_hit_says_why_it_is_there(client: Client) -> None:
    page = BeautifulSoup(client.get("/search/", {"q": "财政"}).content, "lxml")
    hits = page.select(".gk-hit")
    assert hits
    assert all(hit.select_one(".gk-why") for hit in hits)
    assert hits[0].select_one("mark")


def test_results_are_narrowed_by_kind(client: Client) -> None:
    page = BeautifulSoup(client.get("/search/", {"q": "财政", "kind": HitKind.ITEM.value}).content, "lxml")
    assert [link["href"] for link in page.select(".gk-hit a")] == ["/disclosure/contents/20-7/"]


@pytest.mark.parametrize("query", ["不存在的东西", "<script>alert(1)</script>", "a" * 5000])
def test_an_empty_result_says_so_and_offers_ways_on(client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query, "page": "999", "kind": "nonsense"})
    page = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 200
    assert not page.select("script")
    assert len(page.select("main .gk-days a")) == 4


def test_long_results_come_in_pages(client: Client) -> None:
    first = BeautifulSoup(client.get("/search/", {"q": "虹口区"}).content, "lxml")
    assert len(first.select(".gk-hit")) == 10
    second = client.get(str(first.select(".gk-pages a")[0]["href"]))
    assert second.status_code == 200


def test_a_search_costs_two_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(4):
        client.get("/search/", {"q": "虹口"})


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("虹口 2020 年报", "/reports/hongkou-2020/"),
        ("虹口区2020年报", "/reports/hongkou-2020/"),
        ("虹口区 2020年 年度报告", "/reports/hongkou-2020/"),
        ("2019年报", "/reports/hongkou-2019/"),
        ("宝山 年报", "/reports/baoshan-service-centre-2023/"),
        ("annual report 2018", "/reports/hongkou-2018/"),
    ],
)
def test_a_report_is_found_by_its_organ_and_year(query: str, first: str) -> None:
    assert find(query)[0].url == first


@pytest.mark.usefixtures("demo")
def test_an_old_report_is_found_on_a_long_shelf() -> None:
    for n in range(210):
        services.publish_reading(reading=reading(organ=f"示例市示例区第{n:03}街道办事处", year=2024))
    assert find("虹口 年报")[0].url.startswith("/reports/hongkou-")
    assert find("2017 年报")[0].url == "/reports/hongkou-2017/"
