"""Signing in as people do it: by keyboard, with password and code, and without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules.sessions import SEEN
from gongkai.accounts.services import passwords
from gongkai.accounts.tests.factories import PASSWORD, an_officer, an_organ
from gongkai.audit.rules import SYSTEM
from gongkai.workbench.tests.signing_in import a_factor, code_for, recovery_codes
from tests.browser import looking

SIZES: list[ViewportSize] = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server: Any) -> str:
    return f"{live_server.url}/workbench/"


def by_keyboard(page: Page, *words: str) -> None:
    """Type into the first field and on from field to field, then press Enter."""
    page.locator("main input:not([type=hidden])").first.focus()
    for place, word in enumerate(words):
        if place:
            page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type(word)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, desk: str, user: User, password: str = PASSWORD) -> None:
    page.goto(f"{desk}profile/")
    by_keyboard(page, user.username, password)


def faults(page: Page, *, contrast: bool = True) -> list[str]:
    """What hinders people on this page, at both widths."""
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        found += [f"{page.url} {size['width']}: {fault}" for fault in looking.faults(page, contrast=contrast)]
    page.set_viewport_size(SIZES[0])
    return found


def test_password_then_code_by_keyboard(page: Page, desk: str) -> None:
    user = an_officer()
    secret = a_factor(user)
    sign_in(page, desk, user, "wrong")
    page.wait_for_selector("[role=alert]")
    assert "登录名或者密码不正确" in page.locator("main").inner_text()
    by_keyboard(page, user.username, PASSWORD)
    page.wait_for_url(f"{desk}sign-in/code/")
    by_keyboard(page, "000000")
    page.wait_for_selector("[role=alert]")
    by_keyboard(page, code_for(secret))
    page.wait_for_url(f"{desk}profile/")
    assert user.username in page.locator("main").inner_text()


def test_a_recovery_code_instead_of_the_lost_telephone(page: Page, desk: str) -> None:
    user = an_officer()
    a_factor(user)
    sign_in(page, desk, user)
    page.wait_for_url(f"{desk}sign-in/code/")
    by_keyboard(page, recovery_codes(user)[0])
    page.wait_for_url(f"{desk}profile/")


def test_an_administrator_sets_up_the_forced_second_factor(page: Page, desk: str, settings: Any) -> None:
    settings.SIGN_IN = replace(settings.SIGN_IN, second_factor_roles=frozenset({Role.ADMINISTRATOR}))
    user = an_officer(Role.ADMINISTRATOR)
    sign_in(page, desk, user)
    page.wait_for_url(f"{desk}second-factor/set-up/")
    assert page.locator("main img").evaluate("image => image.complete && image.naturalWidth > 0")
    by_keyboard(page, code_for(page.locator("#factor-secret").inner_text()))
    page.wait_for_url(f"{desk}second-factor/recovery-codes/")
    shown = page.locator("#recovery-codes code").all_inner_texts()
    assert shown == recovery_codes(user)
    page.get_by_role("link", name="进入工作台").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(desk)


def test_a_first_password_is_changed_on_the_way_in(page: Page, desk: str) -> None:
    user = an_officer()
    first = passwords.give_first_password(user_id=user.pk, by=SYSTEM)
    sign_in(page, desk, user, first)
    page.wait_for_url(f"{desk}password/")
    new = "another-long-sentence-8"
    by_keyboard(page, first, new, new)
    page.wait_for_url(desk)
    assert "密码已修改" in page.locator("main").inner_text()


def run_out(user: User) -> None:
    """Half an hour goes by."""
    for row in Session.objects.all():
        session = row.get_decoded()
        if session.get("_auth_user_id") == str(user.pk):
            session[SEEN] = (timezone.now() - timedelta(minutes=31)).timestamp()
            row.session_data = Session.objects.encode(session)
            row.save()


@pytest.mark.parametrize("script", [True, False])
def test_what_was_typed_outlives_the_session(browser: Browser, desk: str, script: bool) -> None:
    page = browser.new_context(java_script_enabled=script, locale="zh-CN").new_page()
    admin = an_officer(Role.ADMINISTRATOR, "office")
    sign_in(page, desk, admin)
    page.goto(f"{desk}people/add/")
    page.get_by_label("姓名").fill("示例新人“甲”<b>")
    page.get_by_label("登录名").fill("new.person")
    page.get_by_label("所在机关").select_option("office")
    run_out(admin)
    page.get_by_role("button", name="登记").click()
    page.wait_for_url(f"{desk}sign-in/?next=**")
    assert "您填写的内容已保存" in page.locator("main").inner_text()
    by_keyboard(page, admin.username, PASSWORD)
    page.wait_for_url(f"{desk}kept/**")
    assert "示例新人“甲”<b>" in page.locator("main").inner_text()
    page.get_by_role("button", name="继续提交").click()
    page.wait_for_url(f"{desk}people/add/")
    assert "初始密码" in page.locator("h1").inner_text()
    assert User.objects.get(username="new.person").name == "示例新人“甲”<b>"


def administration(page: Page, desk: str) -> list[str]:
    """The pages of an administrator and of one's own account, each with something on it."""
    admin, person = an_officer(Role.ADMINISTRATOR, "office"), an_officer(organ="office")
    an_officer(organ="office")
    sign_in(page, desk, admin)
    one = f"{desk}people/{person.pk}/"
    duty = person.duties.get().pk
    return [
        *(f"{desk}{path}" for path in ("profile/", "profile/absences/add/", "password/", "sessions/")),
        *(f"{desk}{path}" for path in ("second-factor/", "second-factor/set-up/", "again/", "people/", "people/add/")),
        *(one + path for path in ("", "duties/add/", f"duties/{duty}/end/", "absences/add/", "leave/")),
    ]


def second_factor(page: Page, desk: str) -> list[str]:
    """The pages of somebody who has a second factor."""
    user = an_officer()
    secret = a_factor(user)
    sign_in(page, desk, user)
    page.wait_for_url(f"{desk}sign-in/code/")
    by_keyboard(page, code_for(secret))
    page.wait_for_url(f"{desk}profile/")
    paths = ("", "give-up/", "recovery-codes/new/", "recovery-codes/", "recovery-codes/")
    return [*(f"{desk}second-factor/{path}" for path in paths), f"{desk}again/code/", f"{desk}people/"]


@pytest.mark.parametrize("pages", [administration, second_factor])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_open_to_everybody_who_may_open_it(
    page: Page, desk: str, pages: Callable[[Page, str], list[str]], language: str
) -> None:
    an_organ("office")
    found = []
    addresses = pages(page, desk)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": desk}])
    for address in addresses:
        page.goto(address)
        assert page.url == address, f"{address} led to {page.url}"
        found += faults(page, contrast=language == "zh-hans")  # the colours are the same in each language
    assert found == []


def test_the_pages_of_signing_in_with_their_errors(page: Page, desk: str) -> None:
    user = an_officer(Role.ADMINISTRATOR, "office")
    page.goto(f"{desk}sign-in/")
    found = faults(page)
    by_keyboard(page, user.username, "wrong")
    page.wait_for_selector("[role=alert]")
    found += faults(page)
    secret = a_factor(user)
    by_keyboard(page, user.username, PASSWORD)
    page.wait_for_url(f"{desk}sign-in/code/")
    by_keyboard(page, "000000")
    page.wait_for_selector("[role=alert]")
    found += faults(page)
    by_keyboard(page, code_for(secret))
    page.wait_for_url(desk)
    page.goto(f"{desk}password/")
    by_keyboard(page, "x", "short", "other")
    page.wait_for_selector("[role=alert]")
    found += faults(page)
    page.goto(f"{desk}people/add/")
    page.get_by_label("姓名").fill("示例新人")
    page.get_by_label("登录名").fill("new.person")
    page.get_by_label("所在机关").select_option("office")
    page.get_by_role("button", name="登记").click()
    page.wait_for_selector("#first-password")
    found += faults(page)
    assert found == []
