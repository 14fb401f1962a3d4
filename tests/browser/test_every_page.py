"""Every page of the portal, in a real browser: reachable, lawful, readable, and without a word to another host."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from gongkai.portal.tests.sample_data import load_public
from tests.browser import looking

SIZES: dict[str, ViewportSize] = {  # pixels
    "desk": {"width": 1280, "height": 900},
    "telephone": {"width": 360, "height": 780},
}
MOST_PAGES = 60  # of one walk; the kinds of page are what matters, not each organ
MOST_OF_A_KIND = 2


class Watch:
    """What a page does that no page of ours may do."""

    def __init__(self, page: Page, host: str) -> None:
        self.faults: list[str] = []
        page.on("console", lambda message: self.note("console", message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.note("script", str(error)))
        page.on(
            "request",
            lambda request: (
                self.note("request to another host", request.url)
                if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}
                and urlsplit(request.url).netloc != host
                else None
            ),
        )

    def note(self, kind: str, text: str) -> None:
        self.faults.append(f"{kind}: {text}")


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """The portal with its sample data."""
    load_public()
    return str(live_server.url)


def kind(path: str) -> tuple[int, str]:
    """Pages of one kind share their first word (at the desk the first two) and their depth."""
    words = path.strip("/").split("/")
    return len(words), "/".join(words[:2] if words[0] == "workbench" else words[:1])


def walk(page: Page, site: str, start: str = "/", within: str = "/", most: int = MOST_OF_A_KIND) -> Iterator[str]:
    """Every page below `within` that links lead to from `start`, `most` of a kind; it stands open while it is yielded."""
    waiting, seen, kinds = [start], {start}, dict[tuple[int, str], int]()
    while waiting and len(seen) <= MOST_PAGES * 10:
        path = waiting.pop(0)
        if path.count("/") > within.count("/") + 1 and kinds.get(kind(path), 0) >= most:
            continue
        response = page.goto(site + path)
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"
        if "text/html" not in response.headers.get("content-type", "") or not urlsplit(page.url).path.startswith(
            within
        ):
            continue
        kinds[kind(path)] = kinds.get(kind(path), 0) + 1
        yield path
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(link)
            if f"{parts.scheme}://{parts.netloc}" == site and parts.path not in seen and not parts.query:
                seen.add(parts.path)
                if parts.path.startswith(within) and not parts.path.endswith(
                    (".docx", ".pdf", ".xlsx", ".csv", ".json", ".md")
                ):
                    waiting.append(parts.path)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_keeps_to_itself(page: Page, site: str, size: str) -> None:
    page.set_viewport_size(SIZES[size])
    watch = Watch(page, urlsplit(site).netloc)
    faults: list[str] = []
    paths = []
    for path in walk(page, site):
        paths.append(path)
        found = looking.faults(page, contrast=size == "desk")
        faults += [f"{path}: {fault}" for fault in (*found, *watch.faults)]
        watch.faults.clear()
    assert faults == []
    assert len(paths) > 5


def test_every_page_is_there_without_javascript(page: Page, browser: Browser, site: str) -> None:
    paths = list(walk(page, site))
    plain = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    empty = []
    for path in paths:
        plain.goto(site + path)
        if plain.locator("main h1").count() != 1 or not plain.locator("main").inner_text().strip():
            empty.append(path)
    assert empty == []


def test_the_watch_sees_a_fault(page: Page, site: str) -> None:
    watch = Watch(page, urlsplit(site).netloc)
    page.goto(site + "/healthz")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.src = 'http://127.0.0.2:9/x.js';"
        "document.head.append(s); }"
    )
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in fault for fault in watch.faults)
