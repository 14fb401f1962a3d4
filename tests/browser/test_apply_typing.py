"""What may be public already appears while somebody types, and nothing of it is lost without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gongkai.portal.tests.sample_data import load_public
from gongkai.search.engine import Engine

WANTED = "财政预算和决算的公开情况"


@pytest.fixture
def site(live_server: Any, transactional_db: None, indexed: Callable[[], Engine]) -> str:
    load_public()
    indexed()
    return str(live_server.url)


def to_what_is_wanted(page: Page, site: str) -> None:
    page.goto(site + "/apply/")
    page.select_option("main [name=organ]", "finance")
    page.click("main form .gk-btn")


def test_what_may_be_public_appears_while_somebody_types(page: Page, site: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    to_what_is_wanted(page, site)
    page.locator("main [name=description]").press_sequentially(WANTED)
    expect(page.locator(".gk-match")).to_contain_text("财政预算和决算", timeout=15_000)
    assert faults == []


def test_without_a_script_the_next_page_shows_the_same_and_back_works(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    to_what_is_wanted(page, site)
    page.click("main form .gk-btn")
    assert "请写明您需要的政府信息" in page.inner_text(".gk-errors")
    page.fill("main [name=description]", WANTED)
    page.click("main form .gk-btn")
    assert page.url.endswith("/apply/public/")
    assert "财政预算和决算" in page.inner_text("main")
    page.go_back()
    assert page.input_value("main [name=description]") == WANTED
    page.go_back()
    page.go_forward()
    assert page.input_value("main [name=description]") == WANTED
