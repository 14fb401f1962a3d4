"""Walk the whole portal from its home page: nothing is dead, everything is near, every page is whole."""

import gzip
import itertools
import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from gongkai.organisations import selectors

pytestmark = [pytest.mark.usefixtures("hongkou"), pytest.mark.one_database]
HTML_LIMIT = 60_000


WALKED: "dict[str, Page]" = {}


@dataclass
class Page:
    """A page as the walk found it."""

    depth: int
    html: bytes
    soup: BeautifulSoup


def walk(client: Client) -> dict[str, Page]:
    """Every page that links lead to from home, with the number of clicks; display switches stay untouched."""
    pages: dict[str, Page] = {}
    waiting = deque([("/", 0)])
    while waiting:
        address, depth = waiting.popleft()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        if not response["Content-Type"].startswith("text/html"):
            pages[address] = Page(depth, b"", BeautifulSoup("", "lxml"))
            continue
        soup = BeautifulSoup(response.content, "lxml")
        pages[address] = Page(depth, response.content, soup)
        for link in soup.select("a[href]"):
            target = urldefrag(urljoin(address, str(link["href"]))).url
            if target.startswith("/") and not target.startswith("/display/"):
                waiting.append((target, depth + 1))
    return {address: page for address, page in pages.items() if page.html}


@pytest.fixture
def pages(client: Client) -> dict[str, Page]:
    """The same for every test of this file, walked once."""
    if not WALKED:
        WALKED.update(walk(client))
    return WALKED


def test_the_walk_finds_every_kind_of_page(pages: dict[str, Page]) -> None:
    wanted = {
        "/",
        "/disclosure/",
        "/disclosure/guide/",
        "/disclosure/guide/english/",
        "/disclosure/rules/",
        "/disclosure/contents/",
        "/disclosure/apply/",
        "/organs/",
        "/search/",
        "/sitemap/",
        "/accessibility/",
        "/contact/",
        "/styleguide/",
        "/organs/finance/",
        "/organs/north-bund/",
        "/disclosure/contents/20-15/",
        "/disclosure/contents/21-7/",
    }
    assert wanted <= set(pages)


def test_what_matters_is_one_or_two_clicks_from_home(pages: dict[str, Page]) -> None:
    one = ("disclosure/guide", "disclosure/rules", "disclosure/contents", "disclosure/apply", "organs", "contact")
    clicks = {f"/{address}/": 1 for address in (*one, "accessibility", "sitemap")}
    clicks |= {f"/disclosure/contents/20-{n}/": 2 for n in range(1, 16)}
    clicks |= {f"/disclosure/contents/21-{n}/": 2 for n in range(1, 8)}
    clicks |= {f"/organs/{organ.code}/": 2 for organ in selectors.organs().filter(parent__code="hongkou")}
    doors = ("library", "gazette", "reports", "catalogues")
    clicks |= {f"/{address}/": 1 for address in doors}
    assert {address for address, most in clicks.items() if pages[address].depth > most} == set()
    assert len(clicks) == 8 + 22 + 37 + len(doors)


def test_every_link_and_anchor_leads_somewhere(pages: dict[str, Page]) -> None:
    dead = []
    for address, page in pages.items():
        for link in page.soup.select("a[href]"):
            href = str(link["href"])
            target, anchor = urldefrag(urljoin(address, href))
            if (
                href in {"", "#"}
                or href.startswith("javascript:")
                or (anchor and target in pages and not pages[target].soup.find(id=anchor))
            ):
                dead.append((address, href))
    assert dead == []


def test_every_page_is_whole(pages: dict[str, Page]) -> None:
    problems = []
    for address, page in pages.items():
        soup = page.soup
        levels = [int(heading.name[1]) for heading in soup.select("h1,h2,h3,h4")]
        jumps = [b for a, b in itertools.pairwise(levels) if b > a + 1]
        ids = [str(tag["id"]) for tag in soup.select("[id]")]
        checks = {
            "one h1": len(soup.select("h1")) == 1,
            "headings in order": not jumps,
            "skip link first": soup.select_one("body > a.gk-skip[href='#main']") is not None,
            "main": len(soup.select("main#main")) == 1,
            "landmarks": bool(soup.select("header")) and bool(soup.select("footer")),
            "title": bool(soup.title and " - 虹口公开" in soup.title.get_text()),
            "ids once": len(ids) == len(set(ids)),
            "no inline style or script": not soup.select("[style],style,script:not([src]),[onclick]"),
            "no other server": not re.search(rb'(src|href)="(https?:)?//(?!www\.shhk\.gov\.cn)', page.html),
            "size": len(gzip.compress(page.html)) < HTML_LIMIT,
        }
        problems += [(address, name) for name, good in checks.items() if not good]
    assert problems == []


def test_every_page_carries_the_meta_tags_of_the_guideline(pages: dict[str, Page]) -> None:
    site = ("SiteName", "SiteDomain", "SiteIDCode")
    column = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
    missing = []
    for address, page in pages.items():
        tags = {str(tag.get("name")): str(tag.get("content")) for tag in page.soup.select("meta[name]")}
        missing += [(address, name) for name in (*site, *column) if not tags.get(name)]
    assert missing == []


@pytest.mark.parametrize(
    "address", ["/disclosure/guide/", "/disclosure/apply/", "/disclosure/contents/20-4/", "/contact/"]
)
def test_a_content_page_carries_the_article_tags(client: Client, address: str) -> None:
    soup = BeautifulSoup(client.get(address).content, "lxml")
    tags = {str(tag.get("name")): str(tag.get("content")) for tag in soup.select("meta[name]")}
    for name in ("ArticleTitle", "ContentSource", "Keywords", "Author", "Description", "Image", "Url"):
        assert tags[name]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", tags["PubDate"])
    assert tags["Url"] == f"http://testserver{address}"
    assert tags["SiteIDCode"] == "0000000000"


@pytest.mark.parametrize("mode", ["standard", "elder"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_display_has_the_same_content(client: Client, mode: str, theme: str) -> None:
    plain = BeautifulSoup(client.get("/organs/").content, "lxml").select_one("main")
    client.cookies.load({"gongkai_mode": mode, "gongkai_theme": theme})
    response = client.get("/organs/")
    soup = BeautifulSoup(response.content, "lxml")
    root, main = soup.html, soup.select_one("main")
    assert root is not None
    assert main is not None
    assert plain is not None
    assert (root["data-mode"], root["data-theme"]) == (mode, theme)
    assert main.get_text() == plain.get_text()
    assert "Cookie" in response["Vary"]
