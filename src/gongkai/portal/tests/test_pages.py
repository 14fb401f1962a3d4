"""The fixed sections and the organs: what each page must say, and what it costs."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.organisations import selectors
from gongkai.portal import documents

pytestmark = pytest.mark.usefixtures("hongkou")
FIVE = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]


def text_of(client: Client, address: str) -> str:
    return BeautifulSoup(client.get(address).content, "lxml").select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "duty",
    ["分类", "编排", "获取", "虹口区人民政府办公室", "飞虹路518号", "办公时间", "021-25658888", "传真", "互联网联系"],
)
def test_the_guide_holds_all_that_article_12_asks(client: Client, duty: str) -> None:
    assert duty in text_of(client, "/disclosure/guide/")


@pytest.mark.parametrize(
    "duty",
    [
        "第二十九条",
        "第三十条",
        "第三十一条",
        "第三十三条",
        "20个工作日",
        "7个工作日",
        "15个工作日",
        "60日",
        "15日",
        "第四十二条",
        "先申请行政复议",
    ],
)
def test_the_page_on_applications_holds_limits_fees_and_remedies(client: Client, duty: str) -> None:
    assert duty in text_of(client, "/disclosure/apply/")


def test_there_are_fifteen_items_and_seven_local_ones_each_with_an_organ() -> None:
    whole = documents.contents()
    assert [item.id for item in whole.items] == [f"20-{n}" for n in range(1, 16)] + [f"21-{n}" for n in range(1, 8)]
    for item in whole.items:
        assert set(selectors.by_codes(list(item.organs))) == set(item.organs)
        assert item.organs


def test_an_empty_item_says_so_with_its_day_and_its_organ(client: Client) -> None:
    text = text_of(client, "/disclosure/contents/20-9/")
    assert "暂无内容（核对于2026年11月22日）" in text
    assert "区财政局" in text


@pytest.mark.parametrize("code", ["finance", "north-bund", "hongkou"])
def test_each_organ_has_its_five_sections(client: Client, code: str) -> None:
    page = BeautifulSoup(client.get(f"/organs/{code}/").content, "lxml")
    assert [heading.get_text() for heading in page.select("main h2")] == FIVE


def test_reconsideration_of_the_district_goes_to_the_city(client: Client) -> None:
    assert "向上海市人民政府申请行政复议" in text_of(client, "/organs/hongkou/")
    assert "向虹口区人民政府申请行政复议" in text_of(client, "/organs/finance/")


def test_an_organ_of_another_district_is_shown_without_our_sections(client: Client) -> None:
    text = text_of(client, "/organs/baoshan-service-centre/")
    assert "只收录该机关公布的年度报告" in text
    assert "行政复议" not in text


@pytest.mark.parametrize("address", ["/organs/nobody/", "/disclosure/contents/20-16/", "/nothing/"])
def test_what_does_not_exist_is_answered_with_a_helpful_404(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "没有这个网页" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 4),
        ("/organs/", 5),
        ("/organs/finance/", 5),
        ("/disclosure/contents/20-11/", 2),
        ("/disclosure/apply/", 0),
        ("/sitemap/", 3),
    ],
)
def test_a_page_costs_few_queries(
    client: Client, address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        client.get(address)


@pytest.mark.parametrize("address", ["/", "/search/", "/organs/", "/disclosure/apply/"])
def test_public_pages_only_answer_reading_requests(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_every_content_file_can_be_read() -> None:
    for file in documents.FOLDER.glob("*.yaml"):
        if file.stem not in {"contents", "home"}:
            document = documents.document(file.stem)
            assert document.sections
            assert len({section.id for section in document.sections}) == len(document.sections)


@pytest.mark.django_db
def test_pages_also_stand_before_any_organ_is_known(client: Client) -> None:
    for address in ("/", "/organs/", "/sitemap/", "/disclosure/contents/20-1/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/reports/", "/search/", "/disclosure/guide/"])
def test_a_page_that_only_tells_refuses_to_be_written_to(address: str) -> None:
    response = Client(enforce_csrf_checks=True).post(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
