"""A reader cites an issue, reads an article, takes the sealed file home, and is told that it is genuine."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.rules import SYSTEM
from gongkai.gazette.tests.factories import an_issue, articles
from gongkai.organisations.tests.factories import hongkou
from gongkai.seals import services as sealing
from gongkai.seals.enums import SignerKind
from gongkai.workbench.tests.signing_in import sign_in
from tests.browser import looking


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """A published and sealed issue."""
    from gongkai.gazette import services

    hongkou()
    sealing.found_authority(name="示例签发机构", by=SYSTEM)
    sealing.make_key(organ_code="district-office", signer=SignerKind.FILE, by=SYSTEM)
    services.seal(pk=an_issue().pk, by=SYSTEM)
    return str(live_server.url)


def test_from_a_citation_to_a_file_that_is_told_to_be_genuine(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(site + "/search/")
    page.locator("input[name=q]").last.fill("2025年第2期")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gazette/2025-2/")
    assert looking.faults(page) == []
    page.locator("main ol a").first.click()
    page.wait_for_url("**/gazette/articles/*/")
    expect(page.get_by_text("2025年第2期第1号")).to_be_visible()
    assert looking.faults(page) == []
    page.get_by_role("link", name="2025年第2期", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="盖章的 PDF").click()
    kept = tmp_path / "2025-2.pdf"
    waiting.value.save_as(kept)
    page.goto(site + "/verify/")
    page.locator("input[type=file]").set_input_files(kept)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("真实")
    page.goto(site + "/gazette/")
    assert looking.faults(page) == []


def test_an_officer_arranges_an_issue_and_writes_in_its_ledger(
    page: Page, live_server: Any, transactional_db: None
) -> None:
    hongkou()
    waiting = articles(2)
    client = Client()
    sign_in(client, an_officer(Role.OFFICER, "district-office"))
    page.context.add_cookies(
        [{"name": name, "value": found.value, "url": str(live_server.url)} for name, found in client.cookies.items()]
    )
    page.goto(f"{live_server.url}/workbench/gazette/")
    page.locator("#id_year").fill("2026")
    page.locator("#id_number").fill("3")
    page.get_by_role("button", name="建立").click()
    page.wait_for_url("**/workbench/gazette/*/")
    page.locator(f"input[name=place-{waiting[1]}]").fill("1")
    page.get_by_role("button", name="保存目录").click()
    expect(page.get_by_role("status")).to_contain_text("已保存这一期的目录")
    expect(page.locator("tbody tr").first.locator("input")).to_have_value("1")
    assert looking.faults(page) == []
    page.get_by_role("link", name="发放台账").first.click()
    page.locator("#id_count").fill("2500")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("印入 2500 册 = 发往发放点 0 册 + 库存 2500 册")
    assert looking.faults(page) == []
