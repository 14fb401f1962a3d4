"""robots.txt and the map for programs: every public page once, each one real, reports with their day."""

from datetime import datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.portal.crawlers import views
from gongkai.reports import services
from gongkai.reports.models import Report
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.tests.factories import reading, text_of

from .test_crawl import walk

SITE = "http://testserver"


def entries(client: Client, address: str) -> dict[str, str]:
    """Path and day of each entry of one file of the map."""
    response = client.get(address)
    assert response.status_code == 200
    body = response.getvalue() if response.streaming else response.content
    found = BeautifulSoup(body, "xml").select("url, sitemap")
    places = [urlsplit(entry.loc.get_text()) for entry in found if entry.loc]
    assert {f"{place.scheme}://{place.netloc}" for place in places} <= {SITE}
    days = [entry.lastmod.get_text() if entry.lastmod else "" for entry in found]
    assert len({place.path for place in places}) == len(places)
    return dict(zip([place.path for place in places], days, strict=True))


def everything(client: Client) -> dict[str, str]:
    files = entries(client, "/sitemap.xml")
    return {path: day for file in files for path, day in entries(client, file).items()}


@pytest.mark.one_database
@pytest.mark.usefixtures("demo")
def test_the_map_holds_every_page_that_links_lead_to(client: Client) -> None:
    walked = {address for address in walk(client) if "?" not in address} - {"/styleguide/"}
    assert set(everything(client)) == walked


@pytest.mark.one_database
@pytest.mark.usefixtures("demo")
def test_every_address_of_the_map_answers_and_may_be_read(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in everything(client):
        assert client.get(path).status_code == 200, path
        assert robots.can_fetch("*", f"{SITE}{path}"), path
    for closed in ("/display/?mode=elder&next=/", "/search/?q=a", "/reports/compare/?r=a&r=b", "/styleguide/"):
        assert not robots.can_fetch("*", f"{SITE}{closed}"), closed
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]


@pytest.mark.usefixtures("hongkou")
def test_a_report_carries_the_day_of_its_last_change_and_its_text(client: Client) -> None:
    services.publish_reading(reading=reading(organ="示例市示例区另一个局"))
    document = document_of("a.txt", text_of(said=9).encode())
    services.publish_document(document=document, readings=read_document(document))
    found = entries(client, "/sitemap-reports-1.xml")
    for report in Report.objects.all():
        assert datetime.fromisoformat(found[f"/reports/{report.slug}/"]) == report.updated_at.replace(microsecond=0)
        assert (f"/reports/{report.slug}/text/" in found) == (report.source_id is not None)


@pytest.mark.usefixtures("hongkou")
def test_a_long_shelf_is_split_over_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SIZE", 2)
    for n in range(5):
        services.publish_reading(reading=reading(organ=f"示例市示例区第{n}街道办事处"))
    files = [file for file in entries(client, "/sitemap.xml") if "reports" in file]
    assert files == [f"/sitemap-reports-{n}.xml" for n in (1, 2, 3)]
    found = [entries(client, file) for file in files]
    assert [len(file) for file in found] == [2, 2, 1]
    assert len({path for file in found for path in file}) == 5
    assert client.get("/sitemap-reports-4.xml").status_code == 404
    assert client.get("/sitemap-reports-0.xml").status_code == 404


@pytest.mark.usefixtures("db")
def test_the_map_of_an_empty_portal_stands(client: Client) -> None:
    assert list(entries(client, "/sitemap.xml")) == ["/sitemap-pages.xml"]
    assert "/" in entries(client, "/sitemap-pages.xml")
    assert entries(client, "/sitemap-reports-1.xml") == {}


@pytest.mark.usefixtures("demo")
def test_the_map_costs_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(4):
        for address in ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml"):
            client.get(address)
    with django_assert_max_num_queries(2):
        client.get("/sitemap-reports-1.xml").getvalue()
