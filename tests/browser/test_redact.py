"""Boxes are drawn by mouse, by finger and by keyboard, and typed where there is no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from tests.browser.looking import faults
from tests.browser.test_every_page import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(page: Page, live_server: object) -> Iterator[Page]:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{live_server}/styleguide/")
    page.locator(".gk-redact-box").first.wait_for()
    yield page
    assert faults == []


def rows(page: Page) -> list[list[float]]:
    found: list[list[float]] = page.eval_on_selector_all(
        ".gk-redact-list li",
        "rows => rows.map(row => ['page', 'left', 'top', 'width', 'height'].map(name => Number(row.querySelector(`[name=box-${name}]`).value)))",
    )
    return found


def brought_up(page: Page) -> FloatRect:
    """Where the page picture stands, once its upper edge is in sight."""
    page.eval_on_selector(".gk-redact-sheet", "sheet => sheet.scrollIntoView({block: 'start'})")
    place = page.locator(".gk-redact-sheet").bounding_box()
    assert place is not None
    return place


def test_a_box_is_drawn_moved_and_resized_by_mouse(sheet: Page) -> None:
    place = brought_up(sheet)
    across, down = place["width"] / 100, place["height"] / 100
    x, y = place["x"], place["y"]
    sheet.mouse.move(x + 20 * across, y + 5 * down)
    sheet.mouse.down()
    sheet.mouse.move(x + 30 * across, y + 8 * down)
    sheet.mouse.move(x + 50 * across, y + 10 * down)
    sheet.mouse.up()
    assert rows(sheet)[1] == pytest.approx([1, 20, 5, 30, 5], abs=0.5)
    sheet.mouse.move(x + 30 * across, y + 7 * down)
    sheet.mouse.down()
    sheet.mouse.move(x + 40 * across, y + 9 * down)
    sheet.mouse.up()
    assert rows(sheet)[1] == pytest.approx([1, 30, 7, 30, 5], abs=0.5)
    sheet.mouse.move(x + 60 * across - 4, y + 12 * down - 4)
    sheet.mouse.down()
    sheet.mouse.move(x + 70 * across - 4, y + 15 * down - 4)
    sheet.mouse.up()
    assert rows(sheet)[1] == pytest.approx([1, 30, 7, 40, 8], abs=0.5)


def test_a_box_is_made_moved_resized_and_deleted_by_keyboard(sheet: Page) -> None:
    sheet.get_by_role("button", name="在本页加一个遮盖框").press("Enter")
    assert rows(sheet)[1] == [1, 35, 45, 30, 5]
    box = sheet.get_by_role("button", name="遮盖框 2：个人隐私")
    expect(box).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        box.press(key)
    assert rows(sheet)[1] == [1, 34, 45.5, 30.5, 5.5]
    expect(sheet.locator(".gk-redact [role=status]")).to_have_text(
        "遮盖框 2：个人隐私。左 34，上 45.5，宽 30.5，高 5.5（百分比）"
    )
    sheet.locator(".gk-redact-list select").nth(1).select_option("trade_secret")
    box = sheet.get_by_role("button", name="遮盖框 2：商业秘密")
    box.press("Delete")
    assert rows(sheet) == [[1, 12, 19, 30, 2.5]]
    expect(sheet.get_by_role("button", name="在本页加一个遮盖框")).to_be_focused()


def test_a_box_never_leaves_its_page(sheet: Page) -> None:
    box = sheet.get_by_role("button", name="遮盖框 1")
    for _ in range(60):
        box.press("ArrowLeft")
    for _ in range(200):
        box.press("Shift+ArrowRight")
    assert rows(sheet) == [[1, 0, 19, 100, 2.5]]


def test_typed_numbers_move_the_box(sheet: Page) -> None:
    sheet.locator("[name=box-left]").first.fill("50")
    assert sheet.eval_on_selector(".gk-redact-box", "box => box.style.left") == "50%"
    sheet.locator("[name=box-page]").first.fill("")
    expect(sheet.locator(".gk-redact-box")).to_have_count(0)


def test_a_box_is_drawn_by_finger(browser: Browser, live_server: object) -> None:
    page = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{live_server}/styleguide/")
    page.locator(".gk-redact-box").first.wait_for()
    place = brought_up(page)
    session = page.context.new_cdp_session(page)
    x, y = place["x"], place["y"]
    points = [(0.2, 0.3), (0.4, 0.33), (0.6, 0.36)]
    for step, (across, down) in enumerate(points):
        touch = [{"x": x + across * place["width"], "y": y + down * place["height"]}]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": touch})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert rows(page)[1] == pytest.approx([1, 20, 30, 40, 6], abs=0.6)


def test_without_script_the_rows_are_filled_in(browser: Browser, live_server: object) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(f"{live_server}/styleguide/")
    expect(page.locator(".gk-redact-list li")).to_have_count(2)
    expect(page.locator(".gk-redact-box")).to_have_count(0)
    page.get_by_label("页码").nth(1).fill("1")


@pytest.mark.parametrize("size", SIZES)
def test_the_drawing_is_accessible(sheet: Page, size: str) -> None:
    sheet.set_viewport_size(SIZES[size])
    assert faults(sheet, within=".gk-redact") == []
