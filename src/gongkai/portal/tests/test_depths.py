"""How many clicks lie between the first page and what somebody came for."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client

from gongkai.catalogue.tests import factories as library
from gongkai.gazette.tests.factories import a_matrix_issue
from gongkai.organisations import selectors
from gongkai.organisations.tests.factories import hongkou
from gongkai.portal import documents
from gongkai.search.engine import Engine

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')


def links(client: Client, address: str) -> set[str]:
    """Where a page leads to, without the place on it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = (urljoin(address, unescape(link)) for link in LINK.findall(answer.content.decode()))
    return {link.partition("#")[0] for link in found if not urlsplit(link).netloc}


def test_what_everybody_needs_is_one_click_from_home(client: Client) -> None:
    hongkou()
    issue = a_matrix_issue()
    whole = links(client, "/")
    found = {urlsplit(link).path for link in whole}
    wanted = {
        *("/disclosure/guide/", "/disclosure/rules/", "/disclosure/contents/", "/disclosure/apply/"),
        *("/reports/", "/library/", "/gazette/", "/catalogues/", "/organs/", "/apply/", "/apply/status/"),
        *("/contact/", "/accessibility/", "/sitemap/", "/verify/"),
        f"/gazette/{issue.year}-{issue.number}/",
    }
    assert wanted - found == set()
    assert {"/display/?mode=elder&next=%2F", "/display/?lang=en&next=%2F"} <= whole
    assert '<a href="/contact/#errors">我为政府网站找错' in client.get("/").content.decode()


def test_every_item_of_articles_20_and_21_and_every_organ_is_two_clicks_away_even_when_empty(client: Client) -> None:
    hongkou()
    first = sorted({urlsplit(link).path for link in links(client, "/")} - {"/display/", "/language/"})
    near = {urlsplit(link).path for one in first if one.endswith("/") for link in links(client, one)}
    items = {f"/disclosure/contents/{item.id}/" for item in documents.contents().items}
    assert len(items) >= 15 + 7
    assert items - near == set()
    organs = {
        f"/organs/{organ.code}/" for organ in selectors.organs() if organ.parent and organ.parent.code == "hongkou"
    }
    assert len(organs) == 29 + 8
    assert organs - near == set()
    for address in items:
        assert client.get(address).status_code == 200


def test_every_document_is_three_clicks_from_home_by_its_title(client: Client, indexed: Callable[[], Engine]) -> None:
    made = [library.published(title=f"虹口区示例事项管理办法第{number}号文") for number in range(12)]
    indexed()
    assert 'action="/search/"' in client.get("/").content.decode()  # one: the search box of the first page
    for item in made:  # two: its row among the results
        assert f"/library/{item.slug}/" in links(client, f"/search/?q={quote(item.title)}")
        assert client.get(f"/library/{item.slug}/").status_code == 200
