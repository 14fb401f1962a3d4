"""Annual reports on paper: no table of a report is cut at the edge of the sheet."""

from typing import Any

import pytest
from playwright.sync_api import Page

from gongkai.portal.tests.sample_data import load_public

SHEET = 680  # pixels between the margins of an A4 sheet, 180 mm at 96 dots an inch
WIDER = (
    "() => [...document.querySelectorAll('main table')]"
    ".filter(t => t.scrollWidth > t.parentElement.clientWidth + 1)"
    ".map(t => t.caption?.textContent)"
)


@pytest.mark.parametrize(
    "address",
    [
        "/reports/hongkou-2020/",
        "/reports/shanghai-2023/",
        "/reports/",
        "/reports/compare/?r=hongkou-2017&r=hongkou-2018&r=hongkou-2019&r=hongkou-2020",
    ],
)
def test_tables_fit_the_sheet(page: Page, live_server: Any, transactional_db: None, address: str) -> None:
    load_public()
    page.set_viewport_size({"width": SHEET, "height": 960})
    page.goto(str(live_server.url) + address)
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET
