"""What an applicant sees with number and code, in every state, and may do there."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import ENDED, Delivery, Scale, State
from gongkai.applications.models import Application, Fee
from gongkai.applications.rules import codes
from gongkai.applications.rules.flow import flow
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.files.tests import honest
from gongkai.portal.applications import dates, milestones
from gongkai.privacy.digests import blind

pytestmark = pytest.mark.django_db
CODE = "HK7M4QXD92"


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def chief(officer: Standing) -> Standing:
    return factories.holding(factories.person("示例科室负责人"), Role.SECTION_CHIEF)


def held(row: Application) -> Application:
    """The same with a code that the test knows."""
    row.code_digest = blind(CODE)
    row.save(update_fields=["code_digest"])
    return row


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    key = f"{name}-{row.pk}-{row.version}-0000"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def post(client: Client, row: Application, path: str = "", **words: Any) -> Any:
    return client.post(f"/apply/status/{path}", {"number": row.number, "code": codes.shown(CODE), **words})


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def text(response: Any) -> str:
    main = page(response).select_one("main")
    assert main is not None
    return main.get_text(" ", strip=True)


def supplementing(officer: Standing) -> Application:
    today = timezone.localdate()
    row = factories.registered(officer, day=today, at=timezone.now())
    return held(do("ask_supplement", row, officer, today=today, wanted="请写明年份", working_days=15))


def test_every_state_has_its_words_for_the_applicant() -> None:
    assert {state.value for state in milestones.NOW} == set(flow().states) - set(ENDED)
    assert set(milestones.HAPPENED) - {"submit"} <= {rule.act for rule in flow().rules}


def test_a_reply_stands_while_a_slip_in_its_letter_is_put_right(
    client: Client, officer: Standing, chief: Standing
) -> None:
    row = held(factories.closed(officer, chief))
    row = do("correct_letter", row, officer, reason="错字", today=date(2025, 10, 9))
    told = text(post(client, row))
    assert [words in told for words in ("下载 PDF", "不服怎么办", "已经过了", "撤回这份申请", "最迟")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [entry.name for entry in dates.of(row)] == ["review", "court"]


def test_no_last_day_is_told_while_the_limit_will_run_anew(client: Client, officer: Standing) -> None:
    row = supplementing(officer)
    told = text(post(client, row))
    assert ("届时通知您" in told, "最迟" in told) == (True, False)
    assert [entry.name for entry in dates.of(row)] == ["supplement"]


def test_the_inside_of_the_organ_is_not_shown(client: Client, officer: Standing, chief: Standing) -> None:
    row = held(factories.decided(officer))
    told = text(post(client, row))
    assert "审核答复" in told
    assert "拟定答复" not in told
    assert "予以公开" not in told
    row = factories.reviewed(row)
    row = do("sign", row, chief, user_id=chief.user_id, today=date(2025, 9, 29))
    told = text(post(client, row))
    assert ("答复已经签发" in told, "下载答复书" in told, row.letter_number in told) == (True, False, False)
    reply = selectors.reply_letter(row.pk)
    early = post(client, row, "letter/", letter=str(reply.pk), **{"as": "pdf"})
    assert (early.status_code, "还没有送达" in text(early)) == (404, True)


def test_every_letter_to_the_applicant_is_there_and_none_to_another(client: Client, officer: Standing) -> None:
    row = factories.registered(officer)
    row = do(
        "ask_third_party",
        row,
        officer,
        today=date(2025, 9, 16),
        party="示例公司乙",
        contact="",
        question="拟公开合同金额",
    )
    told = text(post(client, held(row)))
    assert [word for word in ("收件回执", "征求意见告知书") if word not in told] == []
    assert [word for word in ("示例公司乙", "意见征询书", "合同金额") if word in told] == []
    numbers = {letter.kind: letter.pk for letter in row.letters.all()}
    receipt = post(client, row, "letter/", letter=str(numbers["receipt"]), **{"as": "docx"})
    assert (receipt.status_code, receipt["Cache-Control"]) == (200, "no-store")
    assert receipt["Content-Disposition"].startswith("attachment")
    other = post(client, row, "letter/", letter=str(numbers["third_party_request"]), **{"as": "pdf"})
    assert other.status_code == 404


def test_a_supplement_with_a_file_is_kept_after_a_mistake_and_taken_once(client: Client, officer: Standing) -> None:
    row = supplementing(officer)
    first = post(client, row)
    assert "请写明年份" in text(first)
    upload = SimpleUploadedFile("证明.pdf", honest.pdf(), "application/pdf")
    wrong = post(client, row, "answer/", text="", version=row.version, attached=upload)
    assert (wrong.status_code, "请写明补正的内容" in text(wrong), "证明.pdf" in text(wrong)) == (422, True, True)
    kept = page(wrong).select_one("[name=attached-kept]")
    assert kept is not None
    words = {"text": "2024年", "version": row.version, "attached-kept": kept["value"]}
    for _time in range(2):
        sent = post(client, row, "answer/", **words)
        assert (sent.status_code, "已经收到" in text(sent)) == (200, True)
    row.refresh_from_db()
    assert (row.state, row.description.endswith("【补正】2024年")) == (State.REGISTERED.value, True)
    assert [file.name for file in files.of_owner(selectors.BROUGHT, row.pk)] == ["证明.pdf"]
    assert Entry.objects.filter(act="applications.supplement").count() == 1


def test_reasons_are_given_where_they_were_asked_for_and_nowhere_else(client: Client, officer: Standing) -> None:
    today = timezone.localdate()
    row = factories.registered(officer, day=today, at=timezone.now())
    none = post(client, held(row), "answer/", text="理由", version=row.version)
    assert (none.status_code, "不需要您补正" in text(none)) == (409, True)
    row = do("ask_reasons", row, officer, today=today, facts="一个月内 60 件", working_days=10)
    assert "您的理由" in text(post(client, row))
    sent = post(client, row, "answer/", text="研究需要", version=row.version)
    assert "已经收到" in text(sent)
    row.refresh_from_db()
    assert row.steps.get(act="give_reasons").facts["said"] == "研究需要"


def test_the_fee_says_how_much_until_when_and_how(client: Client, officer: Standing) -> None:
    row = factories.registered(officer)
    row = do("charge", row, officer, today=date(2025, 9, 16), scale=Scale.BY_PAGE, pages=60, how="到区政府一楼窗口缴纳")
    told = text(post(client, held(row)))
    fee = row.fee
    assert [word for word in (f"{fee.yuan} 元", "到区政府一楼窗口缴纳", "按量计收") if word not in told] == []


def test_a_fee_notice_by_post_has_no_last_day_before_it_came(client: Client, officer: Standing) -> None:
    row = factories.registered(officer, delivery=Delivery.POST)
    row = do("charge", row, officer, today=date(2025, 9, 16), scale=Scale.BY_PAGE, pages=60, how="到窗口缴纳")
    assert row.fee.due_on is None
    assert "自收到收费通知次日起算" in text(post(client, held(row)))


def test_who_has_paid_says_so_and_the_officer_checks_it(client: Client, officer: Standing) -> None:
    today = timezone.localdate()
    row = held(factories.registered(officer, day=today, at=timezone.now()))
    row = do("charge", row, officer, today=today, scale=Scale.BY_PAGE, pages=60, how="到窗口缴纳")
    due = row.fee.due_on
    page = text(post(client, row))
    assert page.index("到窗口缴纳") < page.index("何时、怎样缴纳，票据号码")
    nothing = post(client, row, "answer/", text=" ", version=row.version)
    assert (nothing.status_code, "请写明何时、怎样缴纳" in text(nothing)) == (422, True)
    told = text(post(client, row, "answer/", text="今天在窗口缴纳，票据 0001", version=row.version))
    assert ("已经收到" in told, "您报告已经缴费，等机关核对" in told) == (True, True)
    row.refresh_from_db()
    row.fee.refresh_from_db()
    assert (row.state, row.fee.paid_on, row.fee.due_on) == (State.PAYING.value, None, due)  # not paid until checked
    row = do("pay", row, officer, on=today, receipt="0001", today=today)
    assert (row.state, row.fee.paid_on or Fee.objects.get().paid_on) == (State.REGISTERED.value, today)


def test_the_reply_its_files_and_the_ways_on_stand_there_after_it_was_sent(
    client: Client, officer: Standing, chief: Standing
) -> None:
    row = held(factories.closed(officer, chief, kind="partial"))
    told = text(post(client, row))
    assert "先申请行政复议" in told
    assert "2025年11月28日" in told  # 60 days after 29 September
    assert "对复议决定不服的，再提起行政诉讼" in told
    keeping.keep_own(content=honest.pdf(), name="目录.pdf", owner_kind=selectors.GIVEN, owner_id=row.pk)
    shown = page(post(client, row)).select_one("button[name=file]")
    assert shown is not None
    sent = post(client, row, "file/", file=shown["value"])
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert Entry.objects.filter(act="files.read").count() == 1
    assert post(client, row, "file/", file="not-a-key").status_code == 404


def test_what_was_attached_to_a_proposal_is_given_to_nobody_when_the_case_ends_otherwise(
    client: Client, officer: Standing, chief: Standing
) -> None:
    withdrawn, refused = (
        held(factories.decided(officer, kind="partial")),
        held(factories.decided(officer, kind="partial")),
    )
    kept = [
        keeping.keep_own(content=honest.pdf(), name="未遮盖.pdf", owner_kind=selectors.GIVEN, owner_id=row.pk)
        for row in (withdrawn, refused)
    ]
    services.withdraw(application=withdrawn, key="withdrawn-while-proposed", today=date(2025, 9, 26))
    today = {"today": date(2025, 9, 26)}
    row = do("send_back", refused, chief, reason="涉密", **today)
    words = {"kind": "state_secret", "contents": {"reason": "示例定密依据"}, "user_id": officer.user_id}
    row = factories.reviewed(do("decide", row, officer, **words, **today))
    row = do("seal", do("sign", row, chief, user_id=chief.user_id, **today), officer, **today)
    do("deliver", row, officer, sent_on=date(2025, 9, 26), proof="网上送达", **today)
    for row, file in zip((withdrawn, refused), kept, strict=True):
        assert "未遮盖" not in text(post(client, row))
        assert post(client, row, "file/", file=str(file.pk)).status_code == 404


def test_the_last_days_go_into_a_calendar_without_the_code(client: Client, officer: Standing, chief: Standing) -> None:
    open_ = held(factories.registered(officer))
    sent = post(client, open_, "calendar/")
    assert sent["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20251017" in sent.content.decode()
    row = held(factories.closed(officer, chief))
    words = post(client, row, "calendar/").content.decode()
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", words) == ["20251128", "20260330"]
    assert [line for line in words.split("\r\n") if len(line.encode()) > 75] == []
    assert (CODE in words, codes.shown(CODE) in words, "示例申请人" in words) == (False, False, False)


def test_a_long_line_is_folded_between_signs() -> None:
    line = "SUMMARY:" + "期限" * 60
    assert dates.folded(line).replace("\r\n ", "") == line
    assert max(len(part.encode()) for part in dates.folded(line).split("\r\n")) <= 75


@pytest.mark.parametrize("path", ["", "answer/", "calendar/", "file/", "letter/", "withdraw/"])
def test_a_wrong_code_opens_nothing_and_guessing_is_slow(client: Client, officer: Standing, path: str) -> None:
    row = factories.registered(officer)
    answers = [client.post(f"/apply/status/{path}", {"number": row.number, "code": "AAAA-AAAA-AA"}) for _n in range(11)]
    assert "对不上" in text(answers[0])
    assert "次数太多" in text(answers[10])
    assert {answer.status_code for answer in answers} <= {404, 422}
    assert row.description not in text(answers[0])


def test_the_page_costs_the_same_however_much_happened(
    client: Client, officer: Standing, chief: Standing, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = held(factories.closed(officer, chief))
    post(client, row)
    with django_assert_max_num_queries(14):
        post(client, row)
