"""What the journeys of applications share: a day that can be moved, people at the desk, acts done on its pages."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pdfplumber
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.applications import selectors
from gongkai.applications.models import Application
from gongkai.applications.tests import factories

ORGAN = factories.ORGAN
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Journey:
    """A site, its people, and the day on which they act."""

    def __init__(self, browser: Browser, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.browser, self.url, self.monkeypatch = browser, url, monkeypatch
        self.people: dict[Role, User] = {}
        self.contexts: list[BrowserContext] = []
        self.desks: dict[Role, BrowserContext] = {}
        self.today = timezone.localdate()

    def on(self, day: date) -> None:
        """Let it be ten in the morning of a day, for everybody."""
        self.today = day
        moment = datetime.combine(day, time(10), SHANGHAI)
        self.monkeypatch.setattr(timezone, "now", lambda: moment)

    def at_the_desk(self, role: Role) -> Page:
        """The page of somebody of the organ with a role, newly signed in, in a browser without script."""
        if role not in self.people:
            self.people[role] = a_person(organ=an_organ(ORGAN))
            a_duty(self.people[role], role, ORGAN)
            self.desks[role] = self.browser.new_context(java_script_enabled=False, locale="zh-CN")
            self.desks[role].new_page()
            self.contexts.append(self.desks[role])
        client = Client()
        client.force_login(self.people[role])
        name = settings.SESSION_COOKIE_NAME
        self.desks[role].clear_cookies()
        self.desks[role].add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])
        return self.desks[role].pages[0]

    def do(
        self, role: Role, number: str, act: str, *, kind: str = "", files: dict[str, bytes] | None = None, **words: str
    ) -> Page:
        """Open the page of an act, fill in what it asks, send it; the page of the case that follows."""
        page = self.at_the_desk(role)
        where = f"{self.url}/workbench/applications/{number}/do/{act}/"
        page.goto(where + (f"?kind={kind}" if kind else ""))
        assert page.url.startswith(where), page.inner_text("main")
        fill(page, words)
        for name, content in (files or {}).items():
            page.set_input_files(
                f"main [name={name}]", {"name": "明细.pdf", "mimeType": "application/pdf", "buffer": content}
            )
        page.locator("main form.gk-form button.gk-btn").first.click()
        assert page.url.endswith(f"/workbench/applications/{number}/"), page.inner_text("main")
        return page

    def send(self, role: Role, path: str, **words: str) -> Page:
        """Open another form of the desk, fill it in, send it; the page that follows, which is not the form again."""
        page = self.at_the_desk(role)
        where = f"{self.url}/workbench/{path}"
        page.goto(where)
        assert page.url == where, page.inner_text("main")
        fill(page, words)
        page.locator("main form.gk-form button.gk-btn").first.click()
        assert page.url != where, page.inner_text("main")
        return page

    def finish(self, number: str, *reviews: Role, on: date | None = None) -> Page:
        """Review, sign, seal and send a proposed reply; the page of the closed case."""
        if on:
            self.on(on)
        for role in reviews:
            self.do(role, number, "pass_secrecy" if role is Role.SECRECY_REVIEWER else "pass_legal")
        self.do(Role.SECTION_CHIEF, number, "sign")
        self.do(Role.OFFICER, number, "seal")
        page = self.do(Role.OFFICER, number, "deliver", proof="网上送达")
        assert "已办结" in page.inner_text(".gk-meta")
        return page

    def letter(self, number: str, kind: str) -> str:
        """The text of the last paper of a kind, as its PDF says it, without breaks."""
        row = Application.objects.get(number=number)
        found = row.letters.filter(kind=kind).last()
        assert found is not None, kind
        page = self.at_the_desk(Role.OFFICER)
        response = page.request.get(f"{self.url}/workbench/applications/{number}/papers/{found.pk}.pdf")
        with pdfplumber.open(io.BytesIO(response.body())) as file:
            return "".join(one.extract_text() for one in file.pages).replace("\n", "").replace(" ", "")

    def counts_in(self, number: str, row: str, year: int, column: str = "natural_person") -> None:
        """The case is behind the figure of one cell of the year's third table, and the sums hold."""
        page = self.at_the_desk(Role.OFFICER)
        page.goto(f"{self.url}/workbench/drafts/{ORGAN}/{year}/{row}/{column}/")
        assert number in page.inner_text("main tbody")
        table = selectors.table_three(frozenset({ORGAN}), year)
        into = table["new_received"]["total"] + table["carried_in"]["total"]
        assert into == table["handled_total"]["total"] + table["carried_over"]["total"]

    def status(self, number: str, code: str) -> str:
        """What the applicant reads."""
        context = self.browser.new_context(java_script_enabled=False, locale="zh-CN")
        self.contexts.append(context)
        page = context.new_page()
        page.goto(f"{self.url}/apply/status/")
        page.fill("main [name=number]", number)
        page.fill("main [name=code]", code)
        page.locator("main form .gk-btn").first.click()
        return str(page.inner_text("main"))

    def close(self) -> None:
        """No browser stays behind."""
        for context in self.contexts:
            context.close()


def fill(page: Page, words: dict[str, Any]) -> None:
    """Fill a form in: texts and days, choices by value."""
    for name, value in words.items():
        field = page.locator(f"main [name={name}]").first
        tag = field.evaluate("element => element.tagName + ':' + (element.type || '')")
        if tag.startswith("SELECT"):
            field.select_option(value)
        elif tag == "INPUT:radio":
            page.check(f"main [name={name}][value={value}]")
        else:
            field.fill(value)
