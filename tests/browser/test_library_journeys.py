"""The library in a browser: a citizen finds, an officer drafts, others check and release, a new document repeals an old one."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, an_organ
from gongkai.audit import selectors as audit
from gongkai.catalogue import services
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests.factories import published
from gongkai.channels import services as channels
from gongkai.channels.tests.factories import a_receiver
from gongkai.clients.tests.receiving import Receiver as Server
from gongkai.gazette.tests import factories as gazette
from gongkai.portal.tests.sample_data import load
from gongkai.search.engine import Engine
from tests.browser.journeys import ORGAN, SHANGHAI, Journey, fill
from tests.browser.listening import ACTED_ON, LANDMARKS, Heard, focused, heard
from tests.browser.looking import faults

RULE = "各单位应当主动公开下列信息。"  # a rule about disclosure: the competent department looks at it
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
    published(title="虹口区北外滩征收安置工作意见", document_number="", key="j0")  # of another organ
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
    page.locator("main a[href*='organ=housing']").first.click()
    assert page.locator("main ol > li.gk-hit").count() == before - 1
    assert {"validity=in_force", "organ=housing"} <= set(page.url.partition("?")[2].split("&"))
    page.get_by_role("link", name=made[0].title).click()
    words = page.inner_text("main")
    for part in ("现行有效", "虹房规〔2023〕1号", "示例申请表", "修改与发布记录"):
        assert part in words
    levels = page.eval_on_selector_all("main :is(h1,h2,h3)", "found => found.map(one => Number(one.tagName[1]))")
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert faults(page) == []
    page.get_by_role("link", name="示例申请表").click()
    assert "示例申请表" in page.inner_text("main h1")
    page.go_back()
    page.go_back()
    assert page.locator("main ol > li.gk-hit").count() == before - 1  # the address holds what was asked


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

    def waits(self, role: Role, item: Item) -> bool:
        """Whether it stands on the first page of who has this role."""
        page = self.journey.at_the_desk(role)
        page.goto(f"{self.journey.url}/workbench/")
        return page.get_by_role("link", name=item.title, exact=True).count() > 0

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
    desk, home = Desk(journey), f"{journey.url}/workbench/"
    item = desk.draft(
        "normative_document",
        title="虹口区示例活动公开办法",
        genre="measures",
        signed_on="2026-11-16",
        body="北外摊示例活动由街道报名，联系人证件号11010519491231002X。各单位应当主动公开下列信息。",
    )
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{home}library/{item.pk}/edit/")
    for told in ("居民身份号码", "北外摊 → 北外滩"):
        assert told in page.inner_text("main")
    fill(page, {"disclosure_class": "on_application", "class_reason": ""})
    page.locator("main form.gk-form button.gk-btn").first.click()
    assert "不主动公开的，须写明理由" in page.inner_text("main")
    assert Item.objects.get(pk=item.pk).disclosure_class == "proactive"  # refused: as it was
    fill(
        page,
        {
            "disclosure_class": "proactive",
            "body": f"第一条　示例活动由街道报名。\n第二条　{RULE}",
            "class_reason": "涉及公众参加。",
        },
    )
    page.check("main [name=tags][value=public_participation]")
    page.locator("main form.gk-form button.gk-btn").first.click()
    assert "11010519491231002X" not in page.inner_text("main")
    more = {"relations": f"解读 {item.title}", "signed_on": "2026-11-16", "genre": "other"}
    reading = desk.draft("interpretation", title="《示例活动公开办法》解读", body="办法说了什么。", **more)
    why = "涉及内部管理，公开无助于公众办事。"
    closed = desk.draft("other_document", title="示例内部事项的函", genre="letter", signed_on="2026-11-16",
                        body="内部事项。", disclosure_class="on_application", class_reason=why)  # fmt: skip
    for one in (item, reading, closed):
        desk.do(Role.OFFICER, one, "submit")
    assert desk.waits(Role.SECTION_CHIEF, item)
    assert "请写明地点。" in desk.do(Role.SECTION_CHIEF, item, "return", remark="请写明地点。")
    assert desk.state(item) == "drafting"
    page.goto(f"{home}library/{item.pk}/edit/")
    assert "请写明地点。" in page.inner_text("main")
    fill(page, {"body": f"第一条　示例活动由街道报名，地点为街道服务窗口。\n第二条　{RULE}"})
    page.locator("main form.gk-form button.gk-btn").first.click()
    desk.do(Role.OFFICER, item, "submit")
    chief = journey.at_the_desk(Role.SECTION_CHIEF)
    chief.goto(f"{home}library/{item.pk}/")
    assert "地点为街道服务窗口" in "".join(chief.locator("main ins").all_inner_texts())
    a_duty(journey.people[Role.OFFICER], Role.SECTION_CHIEF, ORGAN)
    assert "起草和审核不得为同一人" in desk.do(Role.OFFICER, item, "approve")
    for one in (item, reading, closed):
        desk.do(Role.SECTION_CHIEF, one, "approve")
    at = "2026-11-17T09:00"
    refused = desk.do(Role.DISCLOSURE_OFFICE, item, "schedule", at=at)
    for review in ("保密审查", "合法性审核", "公开规定协调性审核"):
        assert f"{review}还没有通过" in refused
    reviews = ((Role.SECRECY_REVIEWER, "secrecy"), (Role.LEGAL_REVIEWER, "legality"))
    for role, review in (*reviews, (Role.COMPETENT_DEPARTMENT, "coordination")):
        assert desk.waits(role, item)
        desk.do(role, item, f"{review}_pass", opinion="同意。")
        assert not desk.waits(role, item)
    for one in (reading, closed):
        desk.do(Role.SECRECY_REVIEWER, one, "secrecy_pass", opinion="同意。")
    assert why in desk.do(Role.DISCLOSURE_OFFICE, closed, "file")  # beside its class, to whoever looks at it
    filed = Item.objects.get(pk=closed.pk)
    assert (filed.state, filed.class_reason, filed.public, filed.published_on) == ("filed", why, False, None)
    desk.do(Role.DISCLOSURE_OFFICE, item, "schedule", at=at)
    assert desk.state(item) == "scheduled"
    journey.on(TUESDAY)
    services.release_scheduled(now=datetime(2026, 11, 17, 9, 0, 30, tzinfo=SHANGHAI))
    released = Item.objects.get(pk=item.pk)
    assert (released.state, released.course.scheduled_at, desk.state(reading)) == ("published", None, "published")
    found = f"?theme={released.theme}&tag=public_participation"
    client = Client()
    for address in (
        *(f"/library/{released.slug}/", f"/library/{found}", "/feeds/all.atom", f"/feeds/theme/{released.theme}.rss"),
        *(f"/library/export.csv{found}", "/gazette/", "/"),
    ):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert item.title in content.decode(), address
        assert closed.title not in content.decode(), address
    assert client.get(f"/library/{filed.slug}/").status_code == 404
    office = journey.at_the_desk(Role.DISCLOSURE_OFFICE)
    office.goto(f"{journey.url}/library/{released.slug}/")
    assert office.get_by_role("link", name=reading.title).count() > 0


def told_of(page: Page, url: str, words: str) -> dict[str, str]:
    """What somebody who is about to apply is told is public already: titles, with what stands below."""
    page.goto(f"{url}/apply/")
    page.select_option("main [name=organ]", ORGAN)
    page.click("main form .gk-btn")
    with page.expect_response(lambda response: "/apply/suggest/" in response.url):
        page.fill("main [name=description]", words)
    page.locator(".gk-match li").first.wait_for()
    lines = [one.split("\n", 1) for one in page.locator(".gk-match li").all_inner_texts()]
    return dict(lines)


def test_a_new_document_repeals_two_and_everybody_is_told_at_once(
    journey: Journey, page: Page, indexed: Callable[[], Engine]
) -> None:
    old = [published(title=f"示例旧办法之{n}", document_number=f"虹民规〔2020〕{n}号", key=f"old{n}") for n in (1, 2)]
    kept = published(title="示例旧办法之三", document_number="虹民规〔2020〕3号", key="old3")
    english = published(title="Sample Measures", document_number="", language="en", kind=old[0].kind,
                        translation_of=old[0].index_number, key="old-en")  # fmt: skip
    indexed()
    page.goto(f"{journey.url}/library/{kept.slug}/")
    assert page.get_by_role("link", name=re.compile("示例旧办法之[12]")).count() == 2  # 相似文件
    assert not any("已废止" in rest for rest in told_of(page, journey.url, "示例旧办法之").values())
    feeds = ("/feeds/all.atom", "/search/feed.atom?q=示例旧办法之")
    client = Client()
    before = {address: client.get(address).headers["ETag"] for address in feeds}
    published(title="关于废止两件示例办法的决定", document_number="虹民规〔2026〕1号", key="new",
              relations=[{"kind": "repeals", "target": one.document_number} for one in old])  # fmt: skip
    indexed()
    for one in old:
        page.goto(f"{journey.url}/library/{one.slug}/")
        assert "本文已废止" in page.inner_text("main")
        assert page.get_by_role("link", name="关于废止两件示例办法的决定").count() > 0
        assert client.get(f"/library/{one.slug}.json").json()["validity"] == "repealed"
    page.goto(f"{journey.url}/library/{english.slug}/")
    assert "本文已废止" in page.inner_text("main")
    page.goto(f"{journey.url}/library/{kept.slug}/")
    assert page.get_by_role("link", name=re.compile("示例旧办法之[12]")).count() == 0
    told = told_of(page, journey.url, "示例旧办法之")
    assert {title: "已废止" in rest for title, rest in told.items() if title.startswith("示例旧办法")} == {
        kept.title: False, old[0].title: True, old[1].title: True,
    }  # fmt: skip
    assert next(iter(told)) == kept.title
    page.goto(f"{journey.url}/library/?validity=in_force")
    assert "Sample Measures" not in page.inner_text("main ol")
    assert not any(one.title in page.inner_text("main ol") for one in old)
    page.goto(f"{journey.url}/search/?q=示例旧办法")
    hits = page.locator("main ol > li.gk-hit").all_inner_texts()
    assert kept.title in hits[0]
    assert all(("已废止" in hit) == any(one.title in hit for one in (*old, english)) for hit in hits)
    page.goto(f"{journey.url}/search/?q=示例旧办法&validity=in_force")
    assert [kept.title in hit for hit in page.locator("main ol > li.gk-hit").all_inner_texts()].count(True) == 1
    assert page.get_by_role("link", name=re.compile("示例旧办法之[12]")).count() == 0
    ended = {one.title for one in (*old, english)}
    found = client.get("/api/v1/search", {"q": "示例旧办法之"}).json()["results"]
    assert {one["title"] for one in found if one["validity"] == "repealed"} == ended
    counted = client.get("/api/v1/documents", {"validity": "repealed"}).json()
    assert {one["title"] for one in counted["results"]} == ended
    for address, etag in before.items():
        answer = client.get(address, headers={"if-none-match": etag})
        assert (answer.status_code, answer.content.decode().count("已废止") >= 2) == (200, True), address


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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


def signature(secret: str, stamp: str, body: str) -> str:
    """As whoever receives makes it, to compare."""
    return "sha256=" + hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()


def test_a_program_reads_everything_and_its_totals_are_the_sites(
    journey: Journey, server: Server, settings: Settings, indexed: Callable[[], Engine]
) -> None:
    _receiver, secret = a_receiver(url=server.url)
    old = published(title="示例旧办法", document_number="虹民规〔2020〕1号", key="p-old")
    channels.released(item=old.pk, on=MONDAY)
    for n in range(5):
        published(title=f"示例{n}", document_number="", kind="announcement", key=f"p{n}")
    client = Client()
    first = client.get("/api/v1/documents")
    assert first.status_code == 200
    count = first.json()["count"]
    assert count == Item.objects.filter(public=True).count()
    assert re.search(rf"共 {count} 条", client.get("/library/").content.decode())
    assert client.get("/api/v1/documents", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert "/api/v1/documents" in client.get("/api/v1/openapi.json").json()["paths"]
    channels.deliver()
    published(title="废止的决定", document_number="虹民规〔2026〕1号", key="p-new",
              relations=[{"kind": "repeals", "target": old.document_number}])  # fmt: skip
    assert client.get("/api/v1/documents", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    channels.deliver()
    told = server.got[-1]
    assert (json.loads(told["body"])["event"], json.loads(told["body"])["item"]["validity"]) == ("updated", "repealed")
    stamp, given = (told["headers"][f"X-Gongkai-{name}"] for name in ("Timestamp", "Signature"))
    assert given == signature(secret, stamp, told["body"])
    assert given != signature("another secret", stamp, told["body"])
    assert given != signature(secret, stamp, told["body"].replace("repealed", "in_force"))
    indexed()
    settings.SEARCH_PER_MINUTE = 1
    answers = [client.get("/api/v1/search", {"q": "示例"}, REMOTE_ADDR="192.0.2.25") for _time in range(4)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert {1 <= int(answer.headers["Retry-After"]) <= 60 for answer in answers if answer.status_code == 429} == {True}
