"""On English pages the frame is English, and what is Chinese says so."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import gettext, override

from gongkai.portal.reports.labels import LABELS
from gongkai.reports.enums import Block, Group, Item, Measure, Row
from gongkai.reports.rules.quantities import LABELS as CLAIMS

from .test_crawl import walk

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.one_database]
SPOKEN = ("aria-label", "alt", "placeholder", "title")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_chinese_word_on_an_english_page_is_marked_as_chinese(client: Client) -> None:
    client.cookies.load({"django_language": "en"})
    unmarked = []
    for address, page in walk(client).items():
        soup = BeautifulSoup(page.html, "lxml")
        assert soup.html is not None
        assert soup.html["lang"] == "en"
        for part in soup.select("[lang='zh-CN'], .gk-seal, script"):
            part.decompose()
        spoken = (str(tag[name]) for tag in soup.select("body *") for name in SPOKEN if tag.get(name))
        text = " ".join([soup.body.get_text(" ", strip=True) if soup.body else "", *spoken])
        if found := CHINESE.search(text):
            unmarked.append((address, text[max(found.start() - 30, 0) : found.end() + 30]))
    assert unmarked == [], "\n".join(map(str, unmarked))


@pytest.mark.parametrize(
    "address",
    [
        "/reports/compare/?r=hongkou-2019&r=hongkou-2020",
        "/reports/compare/?r=shanghai-2023&r=baoshan-service-centre-2023",
        "/reports/compare/?r=shanghai-2023&r=hongkou-2023&find=1",
        "/reports/?year=1990",
        "/search/?q=finance",
        "/search/?q=annual+report",
        "/search/?q=nothing+at+all",
    ],
)
def test_pages_made_by_a_question_are_marked_too(client: Client, indexed: Callable[[], object], address: str) -> None:
    if address.startswith("/search/"):
        indexed()
    client.cookies.load({"django_language": "en"})
    soup = BeautifulSoup(client.get(address).content, "lxml")
    for part in soup.select("[lang='zh-CN'], .gk-seal, script"):
        part.decompose()
    assert soup.body is not None
    assert not CHINESE.search(soup.body.get_text()), CHINESE.search(soup.body.get_text(" ", strip=True))


def test_every_label_of_a_report_can_be_translated() -> None:
    labels = [word.label for kind in (Row, Group, Block, Item, Measure) for word in kind] + list(CLAIMS.values())
    labels.remove(Row.PARTIALLY_GRANTED.label)  # shown with the label of its group
    assert [label for label in labels if label not in LABELS] == []
    with override("en"):
        assert [label for label in (*labels, *LABELS) if CHINESE.search(gettext(label))] == []


def test_the_language_is_chosen_by_the_switch_and_kept(client: Client) -> None:
    client.get("/display/?lang=en&next=/")
    assert "Skip to content" in client.get("/").content.decode()
    client.get("/display/?lang=zh-hans&next=/")
    assert "跳到正文" in client.get("/").content.decode()


def test_the_guide_has_an_english_summary_marked_as_english(client: Client) -> None:
    page = BeautifulSoup(client.get("/disclosure/guide/english/").content, "lxml")
    body = page.select_one(".gk-body")
    assert body is not None
    assert body["lang"] == "en"
    assert not CHINESE.search(body.get_text())
