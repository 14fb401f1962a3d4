"""An officer asks the language model for a draft, looks at it, and takes it into the form: readable by everybody."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import PASSWORD, a_duty, a_person
from gongkai.applications.tests import factories
from gongkai.assistant.tests.model_service import DRAFT, GOOD, running, saying
from tests.browser.looking import faults
from tests.browser.test_every_page import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MIXED = {
    **GOOD,
    "outcome": "P",
    "kind": "partial",
    "fields": {"given": DRAFT, "reason": "依据《中华人民共和国示例法》第九十九条，其余不予公开。"},
    "basis": ["disclosure_regulation 37", "《中华人民共和国示例法》第九十九条"],
}


@pytest.mark.parametrize("size", SIZES)
def test_a_draft_is_asked_for_looked_at_and_taken_over(page: Page, live_server: Any, settings: Any, size: str) -> None:
    factories.organs()
    person = a_person()
    a_duty(person, Role.OFFICER, factories.ORGAN)
    case = factories.registered(factories.holding(person, Role.OFFICER))
    page.set_viewport_size(SIZES[size])
    page.goto(f"{live_server}/workbench/applications/{case.number}/")
    page.fill("[name=login]", person.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form .gk-btn")
    with running() as service:
        service.replies = [saying(MIXED)]
        settings.ASSISTANT = service.model()
        page.goto(f"{live_server}/workbench/applications/{case.number}/")
        assert faults(page) == []
        page.get_by_role("button", name="起草建议").click()
        expect(page.locator("h1")).to_have_text("起草建议")
        expect(page.locator(".gk-chip--late")).to_have_count(2)
        page.get_by_text("查看全文").click()
        assert faults(page) == []
        page.get_by_role("link", name="照此起草").click()
        expect(page.locator("[name=given]")).to_have_value(DRAFT)
        expect(page.locator("[name=reason]")).to_have_value("")
        assert faults(page) == []
