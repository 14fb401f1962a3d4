"""A screen shows the newest releases of its place, renews itself without a script, and can be held."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongkai.accounts.tests.factories import an_organ
from gongkai.catalogue.tests.factories import published
from gongkai.portal.screens.views import MOST

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_screen_shows_the_newest_of_its_organ_with_a_code_each(client: Client) -> None:
    an_organ("child", below="parent")
    for day in range(1, MOST + 2):
        published(organ="child", title=f"示例公告之{day}", published_on=f"2025-03-0{day}")
    other = published(organ="other", published_on="2025-04-01")
    withdrawn = published(organ="child", state="withdrawn", reason="有误。", published_on="2025-04-02")
    response = client.get("/screens/parent/")
    page = BeautifulSoup(response.content, "lxml")
    titles = [heading.get_text() for heading in page.select("main h2")]
    assert titles == [f"示例公告之{day}" for day in range(MOST + 1, 1, -1)]
    assert len(page.select("main svg")) == MOST
    assert (response.headers["Refresh"], response.headers["X-Robots-Tag"]) == ("60", "noindex")
    assert page.select("script, [style], form, meta[http-equiv]") == []
    hall = client.get("/screens/service_hall/").content.decode()
    assert (other.title in hall, withdrawn.title in hall) == (True, False)


def test_a_screen_can_be_held_and_an_unknown_one_is_not_there(client: Client) -> None:
    response = client.get("/screens/service_hall/?still=1")
    assert ("Refresh" in response.headers, "还没有公开的信息" in response.content.decode()) == (False, True)
    assert client.get("/screens/nowhere/").status_code == 404
    assert "/screens/" in client.get("/robots.txt").content.decode()
