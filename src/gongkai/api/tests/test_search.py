"""The search for programs gives what the page gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongkai.organisations.tests import factories as directory
from gongkai.search.engine import Engine

pytestmark = pytest.mark.one_database
ASKED: tuple[dict[str, Any], ...] = (
    {"q": "财政"},
    {"q": "虹口区", "page": 2},
    {"q": "公开", "kind": ["item", "section"], "sort": "newest"},
    {"q": "公开", "kind": "section", "since": "2020-01-01"},
    {"q": "北外摊"},
    {"q": "财政 月球"},
    {"kind": "organ"},
    {"q": ""},
)


@pytest.fixture
def ready(db: None, indexed: Callable[[], Engine]) -> None:
    directory.hongkou()
    indexed()


def told(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    response = client.get("/api/v1/search", asked)
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def test_page_and_interface_give_the_same_results(ready: None, client: Client) -> None:
    for asked in ASKED:
        page = BeautifulSoup(client.get("/search/", asked).content, "lxml")
        found = told(client, asked)
        assert [str(link["href"]) for link in page.select(".gk-hit h3 a")] == [hit["url"] for hit in found["results"]]
        lede = page.select_one(".gk-lede")
        assert lede is not None
        assert not found["count"] or f"共 {found['count']} 条" in lede.get_text()
        assert [link.get_text() for link in page.select(".gk-meant a")] == found["suggestions"]
        shown = {" ".join(link.get_text().split()) for link in page.select(".gk-narrow li a:not([aria-current])")}
        counts = {f"{one['label']}{one['count']} 条" for values in found["facets"].values() for one in values}
        assert shown <= counts


def test_an_answer_has_all_that_was_promised(ready: None, client: Client) -> None:
    found = told(client, {"q": "财政局", "page_size": 5})
    assert set(found) == {"count", "took_ms", "facets", "results", "suggestions", "notes"}
    hit, wider = found["results"]
    assert (wider["title"], wider["why"]) == ("财政预算和决算", ["标题含“财政”"])
    assert (found["suggestions"], len(found["notes"])) == ([], 1)
    assert hit == {
        "index_number": "",
        "title": "上海市虹口区财政局",
        "document_number": "",
        "url": "/organs/finance/",
        "highlights": ["上海市虹口区<mark>财政局</mark>", "区<mark>财政局</mark>"],
        "why": ["标题含“财政局”"],
        "kind": "organ",
        "organ": "finance",
        "date": "",
        "validity": "",
    }
    assert found["facets"] == {
        "kind": [
            {"value": "item", "label": "法定主动公开内容", "count": 1},
            {"value": "organ", "label": "机关", "count": 1},
        ],
        "organ": [{"value": "finance", "label": "区财政局", "count": 1}],
    }


@pytest.mark.parametrize(
    "wrong",
    [{"sort": "best"}, {"page": 0}, {"page_size": 101}, {"since": "8.5.2023"}, {"q": "a" * 2001}],
)
def test_what_cannot_be_asked_is_refused_with_its_field(db: None, client: Client, wrong: dict[str, Any]) -> None:
    response = client.get("/api/v1/search", wrong)
    assert response.status_code == 422
    assert set(response.json()["fields"]) == set(wrong)


@pytest.mark.parametrize("text", ["(", "a:b", "title:*", '"', "\x01", "征" * 2000, "' OR 1=1 --", "{{7*7}}"])
def test_hostile_questions_are_answered(ready: None, client: Client, text: str) -> None:
    assert told(client, {"q": text, "page": 9999})["results"] == []
