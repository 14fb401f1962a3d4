"""On English pages the frame is English, and what is Chinese says so."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from .test_crawl import walk

pytestmark = pytest.mark.usefixtures("hongkou")
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
        text = soup.body.get_text(" ", strip=True) if soup.body else ""
        if found := CHINESE.search(text):
            unmarked.append((address, text[max(found.start() - 30, 0) : found.end() + 30]))
    assert unmarked == [], "\n".join(map(str, unmarked))


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
