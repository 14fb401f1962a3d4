"""The library in a browser: a citizen finds, an officer drafts, others check and release, a new document repeals an old one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_organ
from gongkai.audit import selectors as audit
from gongkai.catalogue import services
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import published
from gongkai.gazette.tests import factories as gazette
from gongkai.portal.tests.sample_data import load
from gongkai.search.engine import Engine
from tests.browser.journeys import ORGAN, SHANGHAI, Journey, fill
from tests.browser.listening import ACTED_ON, LANDMARKS, Heard, focused, heard
from tests.browser.looking import faults

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.fixture
def journey(
    browser: Browser, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Journey]:
    load("organs", "calendar")
    found = Journey(browser, str(live_server.url), monkeypatch)
    found.on(MONDAY)
    yield found
    found.close()
    assert list(audit.verify()) == []


def ask(page: Page, url: str, words: str) -> None:
    page.goto(url + "/")
    page.fill("main [name=q]", words)
    page.press("main [name=q]", "Enter")


def test_a_citizen_finds_what_is_in_force_in_spite_of_a_wrong_character(
    journey: Journey, page: Page, indexed: Callable[[], Engine]
) -> None:
    an_organ("housing")
    names = ("北外滩地块房屋征收补偿方案", "北外滩旧区改造征收办法", "北外滩房屋征收公告")
    made = [published(organ="housing", title=f"虹口区{name}", document_number=f"虹房规〔2023〕{n}号", key=f"j{n}")
            for n, name in enumerate(names, 1)]  # fmt: skip
    published(organ="housing", title="关于废止北外滩房屋征收公告的决定", document_number="虹房规〔2024〕1号",
              relations=[{"kind": "repeals", "target": "虹房规〔2023〕3号"}], key="j9")  # fmt: skip
    indexed()
    ask(page, journey.url, "北外摊 征收")
    page.get_by_role("link", name="北外滩 征收").click()
    told = page.locator("[role=status]").first.inner_text()
    assert faults(page) == []
    counted = page.get_by_role("link", name=re.compile("现行有效")).first
    before = int(re.findall(r"\d+", counted.locator("xpath=..").inner_text())[-1])
    counted.click()
    assert page.locator("main ol > li.gk-hit").count() == before < int(re.findall(r"\d+", told)[0])
    page.get_by_role("link", name=made[0].title).click()
    words = page.inner_text("main")
    for part in ("现行有效", "虹房规〔2023〕1号", "示例申请表", "修改与发布记录"):
        assert part in words
    levels = page.eval_on_selector_all("main :is(h1,h2,h3)", "found => found.map(one => Number(one.tagName[1]))")
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert faults(page) == []
    page.go_back()
    assert page.locator("main ol > li.gk-hit").count() == before  # the address holds what was asked


class Desk:
    """One item on its way, each act on its page without script."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey

    def draft(self, kind: str, **words: str) -> Item:
        page = self.journey.at_the_desk(Role.OFFICER)
        page.goto(f"{self.journey.url}/workbench/library/new/{kind}/")
        fill(page, {"organ": ORGAN, "theme": "civil_affairs", "disclosure_class": "proactive", **words})
        page.locator("main form.gk-form button.gk-btn").first.click()
        assert re.search(r"/workbench/library/\d+/$", page.url), page.inner_text("main")
        return Item.objects.latest("pk")

    def do(self, role: Role, item: Item, act: str, **words: str) -> str:
        page = self.journey.at_the_desk(role)
        page.goto(f"{self.journey.url}/workbench/library/{item.pk}/do/{act}/")
        fill(page, words)
        page.locator("main form.gk-form button.gk-btn").first.click()
        return str(page.inner_text("main"))

    def state(self, item: Item) -> str:
        return Item.objects.values_list("state", flat=True).get(pk=item.pk)


def test_somebody_who_hears_the_page_skips_searches_is_told_how_many_and_reads_by_headings(
    journey: Journey, page: Page, indexed: Callable[[], Engine]
) -> None:
    for n in range(3):
        published(title=f"虹口区养老服务补贴办法{n}", document_number=f"虹民规〔2023〕{n + 1}号", key=f"h{n}")
    indexed()
    page.goto(journey.url + "/")
    page.keyboard.press("Tab")
    assert focused(page) == Heard("link", "跳到正文")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # from the skip link on into the text, past the navigation
    assert page.evaluate("document.activeElement.closest('main') !== null")
    while focused(page).role not in {"searchbox", "textbox"}:
        page.keyboard.press("Tab")
    assert "搜索" in focused(page).name
    page.keyboard.type("养老服务补贴")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told = heard(page)
    (count,) = re.findall(r"共 (\d+) 条", page.title())  # what a reader says first of a new page
    assert sum(one.role == "heading" and one.level == 3 for one in told if one.name) >= int(count) >= 3
    assert {one.role for one in told} >= {"banner", "navigation", "main", "contentinfo", "status"}
    assert [one for one in told if one.role in ACTED_ON and not one.name] == []
    twice = Counter((one.role, one.name) for one in told if one.role in LANDMARKS)
    assert [one for one, times in twice.items() if times > 1] == []
    headings = [one.name for one in told if one.role == "heading" and one.level == 3]
    assert sum("养老服务补贴办法" in name for name in headings) == 3
    link = page.get_by_role("link", name="虹口区养老服务补贴办法0")
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told = heard(page)
    levels = [one.level for one in told if one.role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [one for one in told if one.role in ACTED_ON and not one.name] == []


def test_an_officer_drafts_others_check_and_the_clock_releases(journey: Journey) -> None:
    desk = Desk(journey)
    item = desk.draft(
        "announcement", title="关于北外摊示例活动的公告", genre="announcement", body="请致电13812345678。"
    )
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/library/{item.pk}/edit/")
    for told in ("手机号码", "北外摊 → 北外滩"):
        assert told in page.inner_text("main")
    fill(page, {"title": "关于北外滩示例活动的公告", "body": "示例活动于本月举行，请到街道服务窗口报名。"})
    page.locator("main form.gk-form button.gk-btn").first.click()
    desk.do(Role.OFFICER, item, "submit")
    assert "请写明地点。" in desk.do(Role.SECTION_CHIEF, item, "return", remark="请写明地点。")
    assert desk.state(item) == "drafting"
    desk.do(Role.OFFICER, item, "submit")
    desk.do(Role.SECTION_CHIEF, item, "approve")
    assert "保密审查还没有通过" in desk.do(Role.DISCLOSURE_OFFICE, item, "schedule", at="2026-11-17T09:00")
    desk.do(Role.SECRECY_REVIEWER, item, "secrecy_pass", opinion="同意。")
    desk.do(Role.DISCLOSURE_OFFICE, item, "schedule", at="2026-11-17T09:00")
    assert desk.state(item) == "scheduled"
    journey.on(TUESDAY)
    services.release_scheduled(now=datetime(2026, 11, 17, 9, 0, 30, tzinfo=SHANGHAI))
    released = Item.objects.get(pk=item.pk)
    assert (released.state, released.course.scheduled_at) == ("published", None)
    client = Client()
    for address in (f"/library/{released.slug}/", "/feeds/all.atom", "/library/export.csv", "/"):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert "关于北外滩示例活动的公告" in content.decode(), address


def test_a_new_document_repeals_two_and_everybody_is_told_at_once(
    journey: Journey, page: Page, indexed: Callable[[], Engine]
) -> None:
    old = [published(title=f"示例旧办法之{n}", document_number=f"虹民规〔2020〕{n}号", key=f"old{n}") for n in (1, 2)]
    indexed()
    published(title="关于废止两件示例办法的决定", document_number="虹民规〔2026〕1号", key="new",
              relations=[{"kind": "repeals", "target": one.document_number} for one in old])  # fmt: skip
    indexed()
    for one in old:
        page.goto(f"{journey.url}/library/{one.slug}/")
        assert "本文已废止" in page.inner_text("main")
        assert page.get_by_role("link", name="关于废止两件示例办法的决定").count() > 0
        assert Client().get(f"/library/{one.slug}.json").json()["validity"] == "repealed"
    page.goto(f"{journey.url}/library/?validity=in_force")
    assert "示例旧办法" not in page.inner_text("main ol")
    page.goto(f"{journey.url}/search/?q=示例旧办法&validity=in_force")
    assert page.get_by_role("link", name=re.compile("示例旧办法之")).count() == 0


def test_a_citizen_opens_an_issue_of_the_gazette_by_its_citation_and_proves_its_file(
    journey: Journey, page: Page, indexed: Callable[[], Engine]
) -> None:
    gazette.an_issue(year=2025, number=2)
    indexed()
    ask(page, journey.url, "2025年第2期")
    assert page.url.endswith("/gazette/2025-2/")
    assert faults(page) == []
    page.locator("main ol a, main ul a").first.click()
    assert "2025年第2期" in page.inner_text("main").replace(" ", "")
    ask(page, journey.url, "2025年第2期第1号")
    assert "/gazette/articles/" in page.url


def test_a_program_reads_everything_and_its_totals_are_the_sites(journey: Journey) -> None:
    for n in range(5):
        published(title=f"示例{n}", document_number="", kind="announcement", key=f"p{n}")
    client = Client()
    first = client.get("/api/v1/documents")
    assert first.status_code == 200
    body = first.json()
    assert body["count"] == Item.objects.filter(public=True).count()
    assert client.get("/api/v1/documents", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert "/api/v1/documents" in client.get("/api/v1/openapi.json").json()["paths"]
