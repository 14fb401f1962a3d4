"""The loop as one journey: a citizen's form, an officer's desk, a reply, and a cell of the report that passes its checks.

By keyboard alone, and without JavaScript; every page on the way is looked at with axe.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pdfplumber
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import PASSWORD, a_duty, a_person, an_organ
from gongkai.audit import selectors as audit
from gongkai.portal.tests.sample_data import load
from tests.browser.looking import WIDER, faults

ORGAN = "civil-affairs"
WANTED = "2024年居家养老服务补贴的发放标准和人次"
NARROW: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 900}
MOST_TABS = 120


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """The directory and the calendar; no sample cases, so that the figures are this journey's own."""
    load("organs", "calendar")
    return str(live_server.url)


@pytest.fixture
def people(site: str) -> dict[str, User]:
    found = {}
    for role in (Role.OFFICER, Role.SECTION_CHIEF, Role.SECRECY_REVIEWER):
        found[role.value] = a_person(organ=an_organ(ORGAN))
        a_duty(found[role.value], role, ORGAN)
    return found


@pytest.fixture
def without_script(browser: Browser) -> Iterator[BrowserContext]:
    contexts = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=WIDE)
    yield contexts
    contexts.close()


@pytest.fixture
def eyes(browser: Browser) -> Iterator[Page]:
    """A second browser, with script, in which axe looks at the pages that the first was given."""
    context = browser.new_context(locale="zh-CN", bypass_csp=True)
    yield context.new_page()
    context.close()


def look_at(page: Page, eyes: Page) -> None:
    """No fault on the page as it stands on a telephone, and no need to scroll sideways there or on a wide screen."""
    given = page.content()
    eyes.unroute_all()
    eyes.route("**/given", lambda route: route.fulfill(body=given, content_type="text/html; charset=utf-8"))
    eyes.set_viewport_size(NARROW)
    eyes.goto(re.sub(r"(https?://[^/]+).*", r"\1/given", page.url))
    assert faults(eyes) == [], page.url
    eyes.set_viewport_size(WIDE)
    assert not eyes.evaluate(WIDER), page.url


def to(page: Page, selector: str) -> None:
    """Press Tab until the element is in focus."""
    wanted = page.locator(selector).first
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} was not reached by keyboard")


def write(page: Page, name: str, text: str) -> None:
    to(page, f"main [name={name}]")
    page.keyboard.type(text)


def press(page: Page, selector: str) -> None:
    to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def apply(page: Page, site: str, eyes: Page) -> tuple[str, str]:
    """The citizen: from the home page to the receipt; the number and the code."""
    page.goto(site + "/")
    press(page, 'nav a[href="/disclosure/apply/"]')
    press(page, 'main a[href="/apply/"]')
    look_at(page, eyes)
    to(page, "main [name=organ]")
    for _ in range(MOST_TABS):
        if page.input_value("main [name=organ]") == ORGAN:
            break
        page.keyboard.press("ArrowDown")
    press(page, "main form .gk-btn")
    look_at(page, eyes)
    press(page, "main form .gk-btn")
    assert page.title().startswith("有错误：")
    assert "请写明您需要的政府信息" in page.inner_text(".gk-errors")
    look_at(page, eyes)
    write(page, "description", WANTED)
    press(page, "main form .gk-btn")
    if page.url.endswith("/apply/public/"):
        look_at(page, eyes)
        press(page, 'main a[href="/apply/who/"]')
    look_at(page, eyes)
    to(page, "main [name=applicant_kind]")
    page.keyboard.press("Space")
    write(page, "applicant_name", "示例申请人甲")
    write(page, "identity_number", "11010519491231002x")
    write(page, "phone", "138 0000 0000")
    press(page, "main form .gk-btn")
    look_at(page, eyes)
    press(page, "main form .gk-btn")
    assert "核对" in page.title()
    assert WANTED in page.inner_text("main")
    look_at(page, eyes)
    press(page, "main [name=stage][value=submit]")
    look_at(page, eyes)
    number = re.search(r"\d{4}-\d{6}", page.inner_text(".gk-confirm"))
    assert number is not None
    return number[0], page.inner_text(".gk-code")


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(site + "/workbench/")
    write(page, "login", user.username)
    write(page, "password", PASSWORD)
    press(page, "main form .gk-btn")
    assert page.url == site + "/workbench/"


def register_and_decide(page: Page, site: str, eyes: Page, number: str) -> None:
    look_at(page, eyes)
    press(page, f'main a[href="/workbench/applications/{number}/"]')
    look_at(page, eyes)
    press(page, 'main a[href$="/do/register/"]')
    look_at(page, eyes)
    press(page, "main form .gk-btn")
    assert "次日起算 20 个工作日" in page.inner_text("main")
    to(page, "main #days summary, main summary")
    page.keyboard.press("Enter")
    assert page.locator(".gk-working li").count() >= 20
    press(page, 'main a[href$="/do/decide/"]')
    look_at(page, eyes)
    to(page, "main [name=kind]")
    page.keyboard.press("ArrowDown")
    press(page, "main form .gk-btn")
    press(page, "main form .gk-btn")
    assert "应当载明" in page.inner_text(".gk-errors")
    look_at(page, eyes)
    write(page, "ways", "随本答复提供《2024年居家养老服务补贴发放情况》一份。")
    press(page, "main form .gk-btn")
    look_at(page, eyes)


def test_from_a_citizens_form_to_a_cell_of_the_report(
    site: str, people: dict[str, User], without_script: BrowserContext, browser: Browser, eyes: Page
) -> None:
    citizen = without_script.new_page()
    number, code = apply(citizen, site, eyes)

    desk = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=WIDE)
    officer = desk.new_page()
    sign_in(officer, site, people["officer"])
    register_and_decide(officer, site, eyes, number)
    expect(officer.locator('main a[href$="/do/sign/"]')).to_have_count(0)

    beside = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=WIDE)
    reviewer = beside.new_page()
    sign_in(reviewer, site, people["secrecy_reviewer"])
    press(reviewer, f'main a[href="/workbench/applications/{number}/"]')
    press(reviewer, 'main a[href$="/do/pass_secrecy/"]')
    press(reviewer, "main form.gk-form .gk-btn")
    beside.close()

    above = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=WIDE)
    chief = above.new_page()
    sign_in(chief, site, people["section_chief"])
    press(chief, f'main a[href="/workbench/applications/{number}/"]')
    press(chief, 'main a[href$="/do/sign/"]')
    press(chief, "main form .gk-btn")
    assert "信公开〔" in chief.inner_text("main")

    officer.goto(f"{site}/workbench/applications/{number}/")
    press(officer, 'main a[href$="/do/seal/"]')
    press(officer, "main form.gk-form .gk-btn")
    press(officer, 'main a[href$="/do/deliver/"]')
    write(officer, "proof", "网上送达")
    press(officer, "main form .gk-btn")
    assert "已办结" in officer.inner_text(".gk-meta")

    check_the_letter(citizen, site, eyes, number, code)
    check_the_report(officer, site, eyes, number)
    assert list(audit.verify()) == []
    desk.close()
    above.close()


def check_the_letter(page: Page, site: str, eyes: Page, number: str, code: str) -> None:
    """The citizen looks the application up, and fetches the reply."""
    page.goto(site + "/apply/status/")
    look_at(page, eyes)
    write(page, "number", number)
    write(page, "code", code.lower())
    press(page, "main form .gk-btn")
    look_at(page, eyes)
    assert "提供信息" in page.inner_text("main")
    to(page, "main [name=as][value=pdf]")
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    with pdfplumber.open(io.BytesIO(fetched.value.path().read_bytes())) as file:
        text = "".join(found.extract_text() for found in file.pages).replace("\n", "")
    assert "示例申请人甲：" in text
    assert "第三十六条第（二）项" in text
    assert "60日内向上海市虹口区人民政府申请行政复议" in text


def check_the_report(page: Page, site: str, eyes: Page, number: str) -> None:
    """The case counts in the year's third table, the figure opens to it, and the draft passes its checks."""
    year = timezone.localdate().year
    assert year >= date(2026, 1, 1).year
    press(page, 'nav a[href="/workbench/drafts/"]')
    look_at(page, eyes)
    press(page, f'main a[href="/workbench/drafts/{ORGAN}/{year}/"]')
    look_at(page, eyes)
    assert "核对无误" in page.inner_text(".gk-meta")
    press(page, f'main a[href="/workbench/drafts/{ORGAN}/{year}/granted/natural_person/"]')
    look_at(page, eyes)
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert number in page.inner_text("main tbody")
