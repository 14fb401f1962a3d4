"""The public pages of the annual reports."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongkai.reports import services
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.shipped import shipped
from gongkai.reports.tests.factories import reading, text_of

pytestmark = pytest.mark.usefixtures("hongkou")


@pytest.fixture
def on_shelf(hongkou: None) -> None:
    for found, note in shipped():
        services.publish_reading(reading=found, note=note)


def downloaded(client: Client, address: str) -> str:
    """A streamed file as text, without its byte-order mark."""
    return client.get(address).getvalue().decode("utf-8-sig")


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "lxml")


@pytest.mark.usefixtures("on_shelf")
def test_the_shelf_shows_each_report_with_its_findings(client: Client) -> None:
    rows = {
        row.select("th")[0].get_text(" ", strip=True): [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in soup(client, "/reports/").select(".gk-shelf tbody tr")
    }
    assert rows["上海市虹口区 全区（全市）"] == [
        "—",
        "查看 4 处错误",
        "查看 3 处错误",
        "查看 1 处错误",
        "查看 1 处错误",
    ]
    assert rows["上海市宝山区行政服务中心 本机关"][0] == "查看 核对相符"


@pytest.mark.usefixtures("on_shelf")
@pytest.mark.parametrize(
    ("query", "organs"),
    [
        ("q=宝山", 1),
        ("year=2020", 1),
        ("q=没有这个机关", 0),
        ("year=abc&page=zz", 4),
        ("page=99999999", 4),
        ("q=%00%EF%BF", 0),
    ],
)
def test_the_shelf_filters_and_survives_any_query(client: Client, query: str, organs: int) -> None:
    assert len(soup(client, f"/reports/?{query}").select(".gk-shelf tbody tr")) == organs


@pytest.mark.usefixtures("on_shelf")
def test_a_report_points_at_the_wrong_cells_and_says_why(client: Client) -> None:
    page = soup(client, "/reports/hongkou-2019/")
    marked = [str(mark.contents[0]).strip() for mark in page.select("table mark")]
    assert {"850", "34", "815", "70", "8", "1", "0", "35"} == set(marked)
    assert "疑有 1 件办理时从“商业企业”错记到“自然人”" in page.get_text()
    assert len(page.select("h1")) == 1


@pytest.mark.usefixtures("on_shelf")
def test_a_report_read_from_a_text_shows_the_finding_in_its_sentence(client: Client) -> None:
    document = document_of("a.txt", text_of(said=9).encode())
    (published,) = services.publish_document(document=document, readings=read_document(document))
    page = soup(client, f"/reports/{published.report.slug}/")
    quote = page.select_one(".gk-find blockquote")
    assert quote is not None
    assert quote.get_text() == "2023年，本机关共收到政府信息公开申请9件1。"
    text = soup(client, f"/reports/{published.report.slug}/text/").select_one(".gk-source")
    assert text is not None
    assert text.get_text().strip() == text_of(said=9)
    assert [m.get_text() for m in text.select("mark")] == ["收到政府信息公开申请9件"]


def test_markup_in_a_document_is_shown_and_never_run(client: Client) -> None:
    text = text_of(said=9).replace("本机关共", "本机关<script>alert(1)</script>共")
    document = document_of("a.txt", text.encode())
    (published,) = services.publish_document(document=document, readings=read_document(document))
    for address in (f"/reports/{published.report.slug}/", f"/reports/{published.report.slug}/text/"):
        assert b"<script>alert" not in client.get(address).content


@pytest.mark.usefixtures("on_shelf")
def test_years_of_one_organ_stand_side_by_side_with_charts_and_their_tables(client: Client) -> None:
    page = soup(client, "/reports/compare/?r=hongkou-2020&r=hongkou-2019&r=hongkou-2018&r=nothing")
    heads = [th.get_text(" ", strip=True) for th in page.select("table")[0].select("thead th")]
    assert heads == ["项目", "上海市虹口区 2018", "上海市虹口区 2019", "上海市虹口区 2020"]
    received = page.select_one("table tbody tr")
    assert received is not None
    assert received.get_text(" ", strip=True) == "收到申请 1,100 860 1,134"
    assert len(page.select("figure svg")) == len(page.select(".gk-grid--85 table")) == 3


@pytest.mark.usefixtures("on_shelf")
def test_places_and_organs_side_by_side_are_warned_about(client: Client) -> None:
    assert "不能直接相比" in soup(client, "/reports/compare/?r=shanghai-2023&r=hongkou-2023").get_text()
    assert "不能直接相比" not in soup(client, "/reports/compare/?r=hongkou-2019&r=hongkou-2020").get_text()
    assert "至少选两份" in soup(client, "/reports/compare/?r=hongkou-2019").get_text()


@pytest.mark.usefixtures("on_shelf")
def test_the_downloads_agree_with_each_other(client: Client) -> None:
    record: dict[str, Any] = json.loads(client.get("/reports/hongkou-2019/report.json").content)
    body = downloaded(client, "/reports/hongkou-2019/figures.csv")
    rows = list(csv.DictReader(io.StringIO(body)))
    three = {(r["row"], r["column"]): int(r["value"]) for r in rows if r["table"] == "three"}
    assert three == {(row, c): v for row, cells in record["tables"]["three"].items() for c, v in cells.items()}
    failing = [r for r in record["relations"] if not r["holds"] and r["relation"] == "R1"]
    assert [(r["where"], r["left"], r["right"]) for r in failing] == [
        ({"column": "natural_person"}, 884, 885),
        ({"column": "commercial_enterprise"}, 9, 8),
    ]
    everything = downloaded(client, "/reports/figures.csv")
    assert len({(r["organ"], r["year"]) for r in csv.DictReader(io.StringIO(everything))}) == 5


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(client: Client) -> None:
    services.publish_reading(reading=reading(organ="=HYPERLINK(1)&示例局"))
    body = downloaded(client, "/reports/figures.csv")
    assert {r["organ"] for r in csv.DictReader(io.StringIO(body))} == {"'=HYPERLINK(1)&示例局"}


@pytest.mark.parametrize(
    "address", ["/reports/no-such/", "/reports/no-such/text/", "/reports/no-such/figures.csv", "/reports/x/report.json"]
)
def test_an_unknown_report_is_a_clear_404(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/reports/", "/reports/compare/", "/"])
def test_lists_cost_the_same_queries_for_one_report_and_for_thirty(client: Client, address: str) -> None:
    services.publish_reading(reading=reading())
    before = _count(client, address)
    for n in range(30):
        services.publish_reading(reading=reading(organ=f"示例市示例区第{n}街道办事处", year=2015 + n % 9))
    assert _count(client, address) == before


def _count(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) > 0
    return len(queries)


def test_a_long_shelf_is_paged(client: Client) -> None:
    for n in range(45):
        services.publish_reading(reading=reading(organ=f"示例市示例区第{n:02}街道办事处"))
    first, second = (soup(client, f"/reports/?page={n}") for n in (1, 2))
    names = [{r.select("th")[0].get_text() for r in page.select(".gk-shelf tbody tr")} for page in (first, second)]
    assert [len(n) for n in names] == [40, 5]
    assert not names[0] & names[1]
    assert first.select_one(".gk-pages a[href='?page=2']") is not None


def test_any_report_of_a_long_shelf_can_be_found_to_compare_and_the_choice_is_kept(client: Client) -> None:
    for n in range(60):
        services.publish_reading(reading=reading(organ=f"示例市示例区第{n:02}街道办事处", year=2020))
    old = services.publish_reading(reading=reading(organ="示例市远山区人民政府", year=2009)).report.slug
    assert old not in _offered(client, "/reports/compare/")
    offered = _offered(client, "/reports/compare/?q=远山 2009&find=1")
    assert offered == {old: False}
    kept = _offered(client, f"/reports/compare/?q=第07&find=1&r={old}")
    assert kept[old] is True
    assert len(kept) == 2


def _offered(client: Client, address: str) -> dict[str, bool]:
    boxes = soup(client, address).select("input[name=r]")
    return {str(box["value"]): box.has_attr("checked") for box in boxes}


@pytest.mark.usefixtures("on_shelf")
def test_a_download_names_its_length_so_that_a_cut_one_is_seen(client: Client) -> None:
    response = client.get("/reports/figures.csv")
    assert int(response["Content-Length"]) == len(response.getvalue()) > 10_000


@pytest.mark.parametrize("address", ["/", "/reports/", "/no-such-page/"])
def test_caches_are_told_that_pages_depend_on_the_readers_cookies(client: Client, address: str) -> None:
    assert "Cookie" in client.get(address)["Vary"]
