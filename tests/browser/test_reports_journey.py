"""From the home page to a finding and a comparison: by keyboard alone, and once without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gongkai.portal.tests.sample_data import load_public
from gongkai.reports import services
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.tests.factories import text_of
from tests.browser import looking

COMPARED = "/reports/compare/?r=hongkou-2017&r=hongkou-2018&r=hongkou-2019&r=hongkou-2020"
MOST_TABS = 120


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """The portal with its sample data, and one report read from a text with a mistake in it."""
    load_public()
    document = document_of("a.txt", text_of(said=9).encode())
    services.publish_document(document=document, readings=read_document(document))
    return str(live_server.url)


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Press Tab until the element in focus is the one wanted."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focus: dict[str, str] = page.evaluate(
            "() => ({text: document.activeElement.innerText || '', href: document.activeElement.getAttribute('href')"
            " || '', value: document.activeElement.value || '', tag: document.activeElement.tagName})"
        )
        if wanted(focus):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError("the element was not reached by keyboard")


def test_home_shelf_findings_and_comparison_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "/")
    tab_to(page, lambda f: f["text"] == "跳到正文")
    tab_to(page, lambda f: f["href"] == "/reports/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/")
    tab_to(page, lambda f: f["href"] == "/reports/hongkou-2019/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/hongkou-2019/")
    assert "错记到“自然人”" in page.locator("main").inner_text()
    tab_to(page, lambda f: f["tag"] == "SUMMARY")
    page.keyboard.press("Enter")
    assert page.locator("#held ul").first.is_visible()
    tab_to(page, lambda f: f["href"].startswith("/reports/compare/"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/compare/**")
    expect(page.locator("table").first.locator("thead th")).to_have_count(5)
    tab_to(page, lambda f: f["value"] == "hongkou-2017")
    page.keyboard.press("Space")
    tab_to(page, lambda f: f["tag"] == "BUTTON" and f["text"] == "比较所选")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "hongkou-2017" not in url)
    expect(page.locator("table").first.locator("thead th")).to_have_count(4)


def test_the_same_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(site + "/")
    page.locator("a[href='/reports/']").first.click()
    page.get_by_label("机关名称").fill("示例")
    page.get_by_role("button", name="筛选").click()
    page.locator(".gk-shelf tbody a").click()
    assert page.locator(".gk-find blockquote mark").inner_text() == "收到政府信息公开申请9件1"
    page.get_by_role("link", name="读入的原文").click()
    assert page.locator(".gk-source mark").inner_text() == "收到政府信息公开申请9件"
    page.goto(site + "/reports/compare/")
    page.locator("input[value='hongkou-2020']").check()
    page.locator("input[value='hongkou-2019']").check()
    page.get_by_role("button", name="比较所选").click()
    expect(page.locator("figure svg")).to_have_count(3)


# Every theme, mode and width, and each with each of the others.
@pytest.mark.parametrize(
    ("theme", "mode", "width"),
    [("light", "normal", 1280), ("dark", "normal", 390), ("light", "elder", 390), ("dark", "elder", 1280)],
)
def test_every_display_of_the_report_pages_is_accessible(
    context: BrowserContext, site: str, width: int, theme: str, mode: str
) -> None:
    context.add_cookies(
        [{"name": n, "value": v, "url": site} for n, v in (("gongkai_theme", theme), ("gongkai_mode", mode))]
    )
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    found = [a.get_attribute("href") or "" for a in _open(page, site, "/reports/?q=示例").locator(".gk-shelf a").all()]
    for path in ("/reports/", "/reports/hongkou-2020/", found[0], f"{found[0]}text/", COMPARED, "/reports/method/"):
        _open(page, site, path)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        faults += [f"{path}: {fault}" for fault in looking.faults(page)]
    assert faults == []


def _open(page: Page, site: str, path: str) -> Page:
    response = page.goto(site + path)
    assert response is not None
    assert response.status == 200, path
    return page
