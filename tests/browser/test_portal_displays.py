"""The portal as it is shown: light, dark and large print, wide and narrow, by keyboard, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from gongkai.portal.tests.sample_data import load_public
from gongkai.search.engine import Engine
from tests.browser import looking

PAGES = (
    "/",
    "/disclosure/",
    "/disclosure/guide/",
    "/disclosure/guide/english/",
    "/disclosure/rules/",
    "/disclosure/contents/",
    "/disclosure/contents/20-9/",
    "/disclosure/contents/20-2/",
    "/disclosure/apply/",
    "/library/",
    "/disclosure/index/",
    "/disclosure/class-changes/",
    "/organs/",
    "/organs/finance/",
    "/organs/hongkou/",
    "/search/",
    "/search/?q=虹口",
    "/search/?q=没有这个",
    "/verify/",
    "/verify/0000000000000000/",
    "/sitemap/",
    "/accessibility/",
    "/contact/",
    "/styleguide/",
    "/no-such-page/",
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture
def site(live_server: Any, transactional_db: None, indexed: Callable[[], Engine]) -> str:
    """The portal with its sample data, all of it found."""
    load_public()
    indexed()
    return str(live_server.url)


def show(context: BrowserContext, site: str, **cookies: str) -> None:
    """Choose a display as the switches do."""
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])


# Every theme, mode and width, and each with each of the others.
@pytest.mark.parametrize(
    ("display", "width"), [("light standard", 1280), ("dark standard", 390), ("light elder", 390), ("dark elder", 1280)]
)
def test_every_kind_of_page_passes_axe_in_every_display(page: Page, site: str, display: str, width: int) -> None:
    theme, mode = display.split()
    show(page.context, site, gongkai_theme=theme, gongkai_mode=mode)
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for path in PAGES:
        page.goto(site + path)
        assert page.locator("html").get_attribute("data-theme") == theme
        faults += [f"{path}: {fault}" for fault in looking.faults(page)]
    assert faults == []


def test_pages_pass_axe_in_english(page: Page, site: str) -> None:
    show(page.context, site, django_language="en")
    page.set_viewport_size({"width": 390, "height": 900})
    faults = []
    for path in PAGES:
        page.goto(site + path)
        faults += [f"{path}: {fault}" for fault in looking.faults(page, contrast=False)]
    assert faults == []


@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_pages_enlarged_four_times_do_not_scroll_sideways(page: Page, site: str, mode: str) -> None:
    show(page.context, site, gongkai_mode=mode)
    page.set_viewport_size({"width": 320, "height": 256})  # what 1280 by 1024 pixels become at 400 %
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        wide[path] = page.evaluate(SIDEWAYS)
    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_wider_text_spacing_loses_nothing(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    for path in ("/", "/disclosure/apply/", "/organs/finance/"):
        page.goto(site + path)
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }", SPACING
        )
        assert page.evaluate(SIDEWAYS) <= 0


def test_a_fixed_section_is_reached_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "gk-skip"
    for _step in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if page.evaluate("document.activeElement.getAttribute('href')") == "/disclosure/apply/":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/disclosure/apply/")
    assert page.locator("h1").inner_text() == "依申请公开"


def test_the_skip_link_leads_to_the_content(page: Page, site: str) -> None:
    page.goto(site + "/organs/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_search_and_display_work_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(site + "/")
    page.get_by_role("searchbox").fill("提篮桥")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="长者版").click()
    assert "/search/?q=" in page.url
    assert page.locator("html").get_attribute("data-mode") == "elder"
    page.get_by_role("link", name="上海市虹口区人民政府北外滩街道办事处").click()
    assert page.locator("html").get_attribute("data-mode") == "elder"
    assert "曾用名" in page.locator("main").inner_text()


@pytest.mark.parametrize(("mode", "least"), [("standard", 44), ("elder", 60)])
def test_main_actions_are_large_enough_to_hit(page: Page, site: str, mode: str, least: int) -> None:
    show(page.context, site, gongkai_mode=mode)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site + "/search/?q=虹口")
    small = page.eval_on_selector_all(
        ".gk-nav a, .gk-search button, .gk-search input, .gk-btn, .gk-pages a",
        "(all, least) => all.filter(e => e.getBoundingClientRect().height < least).map(e => e.outerHTML)",
        least,
    )
    assert small == []


def test_printing_leaves_the_frame_out(page: Page, site: str) -> None:
    page.goto(site + "/disclosure/apply/")
    page.emulate_media(media="print")
    for part in (".gk-banner", ".gk-masthead", ".gk-footer", ".gk-toc"):
        assert not page.locator(part).is_visible()
    assert page.locator("h1").is_visible()
