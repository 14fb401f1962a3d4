"""Journeys of applications beside the straight way, each on the pages: its letter, its days, its cell of table three."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pdfplumber
import pytest
from playwright.sync_api import Browser

from gongkai.accounts.enums import Role
from gongkai.applications import selectors, services
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.applications.tests.test_leaving import CARD, document
from gongkai.audit import selectors as audit
from gongkai.deadlines.enums import Channel
from gongkai.files import selectors as files
from gongkai.portal.tests.sample_data import load
from tests.browser.journeys import ORGAN, Journey, fill

FRIDAY, MONDAY, DUE = date(2025, 9, 12), date(2025, 9, 15), "2025-10-17"


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


def came_in(journey: Journey, **changes: Any) -> tuple[str, str]:
    """An application of Friday that was registered on Monday, 15 September 2025; its number and code."""
    receipt = factories.submitted(at=datetime(2025, 9, 12, 4, tzinfo=UTC), **changes)
    number = receipt.application.number
    page = journey.do(Role.OFFICER, number, "register", day="2025-09-15")
    assert DUE in page.inner_text("main")
    return number, receipt.code


def recorded(journey: Journey, channel: str, arrived: date) -> str:
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/applications/new/")
    words = {
        "channel": channel, "arrived_on": arrived.isoformat(), "organ": ORGAN, "description": "2024年居家养老补贴发放标准",
        "applicant_kind": "natural_person", "applicant_name": "示例申请人甲", "identity_kind": "other",
        "identity_number": "SAMPLE-000001", "phone": "13800000000", "form": "paper", "delivery": "in_person",
    }  # fmt: skip
    fill(page, words)
    page.locator("main form.gk-form button.gk-btn").first.click()
    return page.locator(".gk-confirm").inner_text().split("申请编号")[1].split()[0]


def given_text(number: str) -> str:
    """What the applicant can read in the file that was given, as its PDF says it or not."""
    (file,) = selectors.given_files(Application.objects.get(number=number))
    with files.content(file) as stream, pdfplumber.open(io.BytesIO(stream.read())) as read:
        return "".join(page.extract_text() for page in read.pages).replace(" ", "")


def test_a_letter_signed_for_and_nothing_is_found(journey: Journey) -> None:
    number = recorded(journey, "registered_post", FRIDAY)
    page = journey.do(Role.OFFICER, number, "register", day="2025-09-12")
    assert "2025-10-16" in page.inner_text("main")  # counted from the day it was signed for
    assert "将于2025年10月16日前答复" in journey.letter(number, "receipt")
    search = "检索档案系统“养老补贴”，未见。"
    journey.do(Role.OFFICER, number, "decide", kind="non_existent", search=search)
    journey.finish(number, Role.LEGAL_REVIEWER)
    text = journey.letter(number, "non_existent")
    assert "检索档案系统" in text
    assert "第三十六条第（四）项" in text
    assert "6个月内向" in text
    journey.counts_in(number, "unable_not_held", 2025)


def test_over_the_counter_what_is_public_already(journey: Journey) -> None:
    number = recorded(journey, "in_person", MONDAY)
    page = journey.do(Role.OFFICER, number, "register")
    assert DUE in page.inner_text("main")
    journey.do(Role.OFFICER, number, "decide", kind="already_public", ways="区政府网站“养老服务”栏目")
    journey.finish(number)
    assert "第三十六条第（一）项" in journey.letter(number, "already_public")
    journey.counts_in(number, "granted", 2025)


def test_who_does_not_supplement_has_given_up(journey: Journey) -> None:
    number, code = came_in(journey)
    page = journey.do(Role.OFFICER, number, "ask_supplement", wanted="请写明是哪一年的标准", working_days="5")
    assert "2025-09-22" in page.inner_text("main")
    assert "请写明是哪一年的标准" in journey.status(number, code)
    assert "请于2025年9月22日前" in journey.letter(number, "supplement_notice")
    journey.on(date(2025, 9, 23))
    journey.do(Role.OFFICER, number, "lapse")
    assert "视为您（单位）放弃申请" in journey.letter(number, "lapsed")
    journey.counts_in(number, "other_supplement_overdue", 2025)


def test_a_third_party_does_not_agree(journey: Journey) -> None:
    number, _code = came_in(journey)
    journey.on(date(2025, 9, 18))
    page = journey.do(
        Role.OFFICER, number, "ask_third_party", party="示例公司", question="示例项目合同金额", contact="示例路2号"
    )
    assert "待送达" in page.inner_text("main")
    page = journey.do(Role.OFFICER, number, "serve", on="2025-09-18", proof="挂号信 示例0001")
    assert "2025-10-15" in page.inner_text("main")
    assert "15个工作日内书面答复" in journey.letter(number, "third_party_request")
    journey.on(date(2025, 9, 25))
    journey.do(Role.OFFICER, number, "third_party_answered", on="2025-09-25", opinion="refuse", reason="商业秘密")
    page = journey.do(Role.OFFICER, number, "end_consultation")
    assert "2025-10-24" in page.inner_text("main")
    told = "9月18日征询，不同意。"
    weighed = "公开会损害竞争地位，不公开不影响公共利益。"
    journey.do(Role.OFFICER, number, "decide", kind="third_party", reason="商业秘密", consultation=told, harm=weighed)
    journey.finish(number, Role.LEGAL_REVIEWER)
    assert weighed in journey.letter(number, "third_party")
    assert "应当自收到本答复书之日起60日内先向" in journey.letter(number, "third_party")
    journey.counts_in(number, "withheld_third_party", 2025)


def test_an_organ_that_took_part_is_silent(journey: Journey) -> None:
    number, _code = came_in(journey)
    journey.on(date(2025, 9, 18))
    journey.do(Role.OFFICER, number, "ask_co_producer", organ="finance", question="共同制作的办法")
    assert "视为同意公开" in journey.letter(number, "co_producer_request")
    page = journey.do(Role.OFFICER, number, "serve", on="2025-09-18", way="exchange", proof="签收单 示例1号")
    assert "2025-10-15" in page.inner_text("main")
    journey.on(date(2025, 10, 16))
    assert services.end_consultations(today=journey.today) == 1
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/applications/{number}/")
    assert "2025-11-07" in page.inner_text("main")
    journey.do(Role.OFFICER, number, "decide", kind="provided", ways="随本答复提供")
    journey.finish(number, Role.SECRECY_REVIEWER)
    text = journey.letter(number, "provided")
    assert "本机关予以公开，具体如下：随本答复提供" in text
    assert "6个月内向" in text
    journey.counts_in(number, "granted", 2025)


def test_an_extension_is_refused_and_then_granted(journey: Journey) -> None:
    number, code = came_in(journey)
    journey.on(date(2025, 10, 9))
    journey.do(Role.OFFICER, number, "ask_extension", working_days="20", reason="跨部门查找")
    page = journey.do(Role.DISCLOSURE_OFFICE, number, "refuse_extension", reason="请先查档案")
    assert DUE in page.inner_text("main")
    journey.on(date(2025, 10, 13))
    journey.do(Role.OFFICER, number, "ask_extension", working_days="10", reason="档案已移交")
    page = journey.do(Role.DISCLOSURE_OFFICE, number, "extend")
    assert "2025-10-31" in page.inner_text("main")
    assert "延长答复期限10个工作日，将于2025年10月31日前答复" in journey.letter(number, "extension")
    assert "10月31日" in journey.status(number, code)
    journey.do(Role.OFFICER, number, "decide", kind="already_public", ways="区政府网站")
    journey.finish(number, on=date(2025, 10, 31))
    assert "第三十六条第（一）项" in journey.letter(number, "already_public")
    journey.counts_in(number, "granted", 2025)


def test_a_fee_is_not_paid(journey: Journey) -> None:
    number, _code = came_in(journey)
    journey.on(date(2025, 9, 18))
    page = journey.do(
        Role.DISCLOSURE_OFFICE, number, "charge", scale="by_page", pages="230", how="银行转账（示例账户）"
    )
    assert "2025-10-22" in page.inner_text("main")
    assert "金额为3900元" in journey.letter(number, "fee_notice")
    journey.on(date(2025, 10, 23))
    journey.do(Role.OFFICER, number, "unpaid")
    assert "不再处理" in journey.letter(number, "unpaid")
    journey.counts_in(number, "other_fee_overdue", 2025)


def test_the_same_is_asked_again(journey: Journey) -> None:
    first, _code = came_in(journey)
    journey.do(Role.OFFICER, first, "decide", kind="already_public", ways="区政府网站")
    journey.finish(first)
    again, _code = came_in(journey)
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/applications/{again}/")
    assert "同一申请人" in page.inner_text("main")
    assert "内容相同" in page.inner_text("main")
    earlier = Application.objects.get(number=first).letter_number
    journey.do(Role.OFFICER, again, "decide", kind="repeated", earlier=earlier)
    journey.finish(again, Role.LEGAL_REVIEWER)
    assert earlier in journey.letter(again, "repeated")
    journey.counts_in(again, "not_processed_repeated", 2025)


def test_a_part_is_disclosed_and_the_rest_blacked_out(journey: Journey) -> None:
    number, _code = came_in(journey)
    pdf = {"attachments": document(f"领取人证件号码 {CARD}\n金额 3000 元")}
    given, reason = "随本答复提供发放明细", "个人信息，条例第十五条"
    journey.do(Role.OFFICER, number, "decide", kind="partial", files=pdf, given=given, reason=reason)
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/applications/{number}/check/")
    assert "居民身份号码" in page.inner_text("main")
    page.locator('main a[href$="/redact/"]').click()
    page.locator("main form button.gk-btn").last.click()
    assert "没有发现需要处理的内容" in page.inner_text("main")
    journey.finish(number, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER)
    text = journey.letter(number, "partial")
    assert "随附文件中不予公开的内容已作遮盖：第1页1处，个人隐私" in text
    assert "60日内先向" in text
    given = given_text(number)
    assert "3000" in given
    assert CARD not in given
    journey.counts_in(number, "partially_granted", 2025)


def test_a_reconsideration_corrects_the_reply(journey: Journey) -> None:
    """From the case to its dispute, its term, its result in table four, and back to a case with a limit of its own."""
    number, code = came_in(journey)
    journey.do(Role.OFFICER, number, "decide", kind="internal_affairs", reason="属于内部工作流程")
    journey.finish(number, Role.LEGAL_REVIEWER, on=date(2025, 9, 29))
    first = journey.letter(number, "internal_affairs")
    assert "第十六条第一款" in first
    assert "60日内先向" in first
    journey.on(date(2025, 10, 20))
    opened = journey.send(
        Role.LEGAL_REVIEWER, f"disputes/of/{number}/open/",
        kind="administrative_reconsideration", authority="示例复议机关", filed_on="2025-10-17", cause="withheld",
    )  # fmt: skip
    dispute = opened.url.split("/workbench/")[1]
    page = journey.send(
        Role.LEGAL_REVIEWER, f"{dispute}do/accept/",
        accepted_on="2025-10-20", copy_on="2025-10-20", number="示例复〔2025〕1号", procedure="ordinary",
    )  # fmt: skip
    assert "2025-11-03" in page.inner_text("main")  # ten working days after the copy came
    journey.on(date(2025, 11, 28))
    journey.send(Role.LEGAL_REVIEWER, f"{dispute}do/answer/", on="2025-10-28")
    page = journey.send(
        Role.LEGAL_REVIEWER, f"{dispute}do/conclude/",
        result="corrected", result_on="2025-11-27", told_on="2025-11-28", reply_within="10", lesson="未区分可以公开的部分。",
    )  # fmt: skip
    assert "结果纠正" in page.inner_text("main")
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/drafts/{ORGAN}/2025/four/administrative_reconsideration/corrected/")
    assert "示例复〔2025〕1号" in page.inner_text("main")
    journey.send(Role.DISCLOSURE_OFFICE, f"{dispute}do/redo/")
    page = journey.at_the_desk(Role.OFFICER)
    page.goto(f"{journey.url}/workbench/applications/{number}/")
    assert "2025-12-12" in page.inner_text("main")  # ten working days after 28 November
    journey.do(Role.OFFICER, number, "decide", kind="provided", ways="随本答复提供")
    journey.finish(number, Role.SECRECY_REVIEWER, on=date(2025, 12, 8))
    assert "提供信息" in journey.status(number, code)
    assert "本机关予以公开" in journey.letter(number, "provided")
    assert Application.objects.get(number=number).letters.get(kind="provided").version == 2
    journey.counts_in(number, "withheld_internal_affairs", 2025)  # what was reported stays


def test_what_was_given_to_one_is_published_for_all(journey: Journey) -> None:
    number, code = came_in(journey)
    journey.do(Role.OFFICER, number, "decide", kind="provided", ways="随本答复提供")
    journey.finish(number, Role.SECRECY_REVIEWER, on=date(2025, 9, 29))
    assert "本机关予以公开，具体如下：随本答复提供" in journey.letter(number, "provided")
    words = {
        "title": "2024年居家养老补贴发放标准",
        "summary": "按等级分三档发放的月度标准。",
        "reason": "多人申请同一信息。",
    }
    proposed = journey.send(Role.OFFICER, f"promotions/of/{number}/", **words)
    promotion = proposed.url.split("/workbench/")[1]
    reader = journey.browser.new_context(java_script_enabled=False, locale="zh-CN")
    journey.contexts.append(reader)
    page = reader.new_page()
    page.goto(f"{journey.url}/disclosure/promoted/")
    assert words["title"] not in page.inner_text("main")
    journey.send(Role.SECRECY_REVIEWER, f"{promotion}do/accept/", opinion="可以公开。")
    page.goto(f"{journey.url}/disclosure/promoted/")
    shown = page.inner_text("main")
    assert words["title"] in shown
    assert words["summary"] in shown
    assert number not in shown
    assert "示例申请人" not in shown
    assert words["reason"] not in shown
    assert "提供信息" in journey.status(number, code)
    journey.counts_in(number, "granted", 2025)


def test_a_letter_of_a_channel_without_a_day_counts_from_the_confirmation(journey: Journey) -> None:
    receipt = factories.submitted(channel=Channel.FAX, at=datetime(2025, 9, 12, 4, tzinfo=UTC))
    page = journey.do(Role.OFFICER, receipt.application.number, "register", day="2025-09-15")
    assert DUE in page.inner_text("main")
