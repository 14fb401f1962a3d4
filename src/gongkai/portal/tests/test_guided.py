"""The application form, page after page: kept meanwhile, helped on the way, submitted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.applications import selectors, services
from gongkai.applications.models import Application, Letter, SavedDraft, Suggestion
from gongkai.applications.tasks import drop_drafts
from gongkai.applications.tests import factories
from gongkai.files import selectors as files
from gongkai.files.tests import honest
from gongkai.portal.applications import keeping
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.usefixtures("hongkou")
WANTED = "2024年居家养老补贴发放标准"
WHO = {
    "applicant_kind": "natural_person",
    "applicant_name": "示例申请人甲",
    "identity_kind": "identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
}
HOW = {"form": "electronic", "delivery": "online"}


def text(response: Any) -> str:
    main = BeautifulSoup(response.content, "lxml").select_one("main")
    assert main is not None
    return main.get_text(" ", strip=True)


def value(response: Any, selector: str) -> str:
    found = BeautifulSoup(response.content, "lxml").select_one(selector)
    assert found is not None
    return str(found["value"])


def filled(client: Client) -> None:
    """Everything but the submission."""
    for path, words in (("", {"organ": factories.ORGAN}), ("wanted/", {"description": WANTED}), ("who/", WHO)):
        assert client.post(f"/apply/{path}", words).status_code == 303, path
    assert client.post("/apply/how/", HOW)["Location"] == "/apply/check/"


def test_each_page_asks_one_thing_and_the_last_submits(client: Client) -> None:
    assert "向哪个机关申请" in text(client.get("/apply/"))
    filled(client)
    checked = client.get("/apply/check/")
    assert [word for word in (WANTED, "示例申请人甲", "网上下载") if word not in text(checked)] == []
    key = value(checked, "[name=key]")
    receipts = [client.post("/apply/check/", {"stage": "submit", "key": key}) for _time in range(2)]
    assert [("申请已经提交" in text(receipt), receipt.status_code) for receipt in receipts] == [(True, 200)] * 2
    application = Application.objects.get()
    assert (application.description, application.applicant_name) == (WANTED, "示例申请人甲")
    assert [application.number in text(receipt) for receipt in receipts] == [True, True]
    assert value(receipts[0], "main [name=code]") == value(receipts[1], "main [name=code]")
    assert SavedDraft.objects.count() == 0
    assert client.get("/apply/check/")["Location"] == "/apply/"


def test_a_mistake_is_told_above_and_at_its_field_and_earlier_pages_keep_what_was_said(client: Client) -> None:
    filled(client)
    sent = client.post("/apply/how/", {"form": "paper", "delivery": "post"})
    assert (sent.status_code, sent["Location"]) == (303, "/apply/how/")
    wrong = client.get("/apply/how/")
    assert ("请填写联系地址" in text(wrong), "有 1 处需要改正" in text(wrong)) == (True, True)
    assert client.get("/apply/check/")["Location"] == "/apply/how/"
    assert WANTED in text(client.get("/apply/wanted/"))
    assert value(client.get("/apply/who/"), "[name=applicant_name]") == "示例申请人甲"
    client.post("/apply/wanted/", {"description": ""})
    assert "请写明您需要的政府信息" in text(client.get("/apply/wanted/"))


def test_no_page_is_reached_before_the_first(client: Client) -> None:
    for path in ("wanted", "public", "who", "how", "check"):
        assert client.get(f"/apply/{path}/")["Location"] == "/apply/", path


def test_files_stay_chosen_and_come_with_the_application(client: Client) -> None:
    client.post("/apply/", {"organ": factories.ORGAN})
    upload = SimpleUploadedFile("身份证明.pdf", honest.pdf(), "application/pdf")
    client.post("/apply/who/", {**WHO, "phone": "1", "attached": upload})
    wrong = client.get("/apply/who/")
    assert ("电话号码应为" in text(wrong), "身份证明.pdf" in text(wrong)) == (True, True)
    token = value(wrong, "[name=attached-kept]")
    assert client.post("/apply/who/", {**WHO, "attached-kept": token}).status_code == 303
    assert "身份证明.pdf" in text(client.get("/apply/who/"))
    bad = SimpleUploadedFile("程序.exe", b"MZ", "application/octet-stream")
    refused = client.post("/apply/who/", {**WHO, "attached-kept": token, "attached": bad})
    assert (refused.status_code, ".exe" in text(refused), "身份证明.pdf" in text(refused)) == (422, True, True)
    client.post("/apply/wanted/", {"description": WANTED})
    client.post("/apply/how/", HOW)
    checked = client.get("/apply/check/")
    assert "身份证明.pdf" in text(checked)
    client.post("/apply/check/", {"stage": "submit", "key": value(checked, "[name=key]")})
    row = Application.objects.get()
    assert [file.name for file in files.of_owner(selectors.BROUGHT, row.pk)] == ["身份证明.pdf"]


def test_a_draft_is_kept_encrypted_and_opens_elsewhere_with_its_code_alone(client: Client) -> None:
    filled(client)
    code = client.cookies[keeping.COOKIE].value
    assert (client.cookies[keeping.COOKIE]["httponly"], client.cookies[keeping.COOKIE]["path"]) == (True, "/apply/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_digest, contents FROM applications_saveddraft")
        stored = str(cursor.fetchone())
    assert [word for word in (code, "示例申请人甲", "11010519491231002X", WANTED) if word in stored] == []
    elsewhere = Client()
    assert elsewhere.get("/apply/check/")["Location"] == "/apply/"
    assert elsewhere.post("/apply/resume/", {"code": "A" * 16}).status_code == 422
    opened = elsewhere.post("/apply/resume/", {"code": code.lower()})
    assert (opened.status_code, opened["Location"]) == (303, "/apply/check/")
    assert "示例申请人甲" in text(elsewhere.get("/apply/check/"))
    elsewhere.post("/apply/resume/", {"forget": "yes"})
    assert (SavedDraft.objects.count(), client.get("/apply/check/")["Location"]) == (0, "/apply/")


def test_codes_of_drafts_are_not_guessed(client: Client) -> None:
    answers = [client.post("/apply/resume/", {"code": "A" * 16}) for _time in range(keeping.MOST_TRIES + 1)]
    assert ("没有这份草稿" in text(answers[0]), "次数太多" in text(answers[-1])) == (True, True)


def test_a_draft_is_forgotten_after_its_days(client: Client) -> None:
    filled(client)
    SavedDraft.objects.update(saved_at=timezone.now() - timedelta(29))
    assert (drop_drafts.call(), client.get("/apply/check/").status_code) == (0, 200)
    SavedDraft.objects.update(saved_at=timezone.now() - timedelta(31))
    assert client.get("/apply/check/")["Location"] == "/apply/"
    assert (drop_drafts.call(), SavedDraft.objects.count()) == (1, 0)


def test_what_may_be_public_is_shown_before_and_counted_without_anybody(
    client: Client, indexed: Callable[[], object]
) -> None:
    indexed()
    client.post("/apply/", {"organ": "finance"})
    sent = client.post("/apply/wanted/", {"description": "财政预算、决算信息"})
    assert sent["Location"] == "/apply/public/"
    shown = client.get("/apply/public/")
    assert "财政预算和决算" in text(shown)
    client.get("/apply/public/")
    opened = client.post("/apply/public/", {"open": "0"})
    assert (opened.status_code, opened["Location"].startswith("/disclosure/contents/")) == (303, True)
    assert client.post("/apply/public/", {"open": "99"})["Location"] == "/apply/public/"
    client.post("/apply/public/", {"enough": "yes"})
    row = Suggestion.objects.get()
    assert (row.opened, row.submitted, row.enough, SavedDraft.objects.count()) == (1, False, True, 0)
    today = timezone.localdate()
    figures = selectors.suggestion_figures(today, today)
    assert (figures.shown, figures.opened, figures.submitted, figures.not_submitted, figures.enough) == (1, 1, 0, 1, 1)


def test_while_typing_the_same_comes_as_a_part_of_the_page(client: Client, indexed: Callable[[], object]) -> None:
    indexed()
    sent = client.post("/apply/suggest/", {"description": "财政预算、决算信息", "organ": "finance"})
    assert (sent.status_code, sent["Cache-Control"]) == (200, "no-store")
    assert b"<html" not in sent.content
    assert "财政预算和决算" in sent.content.decode()
    assert client.post("/apply/suggest/", {"description": "龘靐"}).content.strip() == b""


def test_an_earlier_reply_helps_by_its_way_and_never_by_what_was_asked() -> None:
    officer = factories.holding(factories.person(), Role.OFFICER)
    chief = factories.holding(factories.person("示例科室负责人"), Role.SECTION_CHIEF)
    row = factories.closed(officer, chief, kind="already_public", description="某小区居家养老补贴的发放标准")
    Letter.objects.filter(application=row, kind="already_public").update(
        contents={"ways": "区民政局网站“养老服务”栏目", "wanted": row.description}
    )
    found = selectors.suggestions("居家养老补贴发放标准", factories.ORGAN)
    assert ("区民政局网站“养老服务”栏目", "earlier") in [(one.title, one.kind) for one in found]
    assert row.description not in str([one.title for one in found])
    Letter.objects.filter(application=row, kind="already_public").update(
        contents={"ways": "请联系13800000000", "wanted": row.description}
    )
    found = selectors.suggestions("居家养老补贴发放标准", factories.ORGAN)
    assert [one for one in found if one.kind == "earlier"] == []


def test_an_organ_that_is_gone_is_told_at_the_first_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(client)
    key = value(client.get("/apply/check/"), "[name=key]")

    def gone(**_words: object) -> None:
        raise Refused("您选择的机关已经不在名录中。请返回重新选择。")

    monkeypatch.setattr(services, "submit", gone)
    refused = client.post("/apply/check/", {"stage": "submit", "key": key})
    assert (refused.status_code, "已经不在名录中" in text(refused)) == (409, True)


def test_nothing_that_was_filled_in_stands_in_an_address(client: Client) -> None:
    filled(client)
    code = client.cookies[keeping.COOKIE].value
    for path in ("", "wanted/", "who/", "how/", "check/", "resume/"):
        page = BeautifulSoup(client.get(f"/apply/{path}").content, "lxml")
        links = [str(link.get("href") or link.get("action")) for link in page.select("a[href], form[action]")]
        assert [link for link in links if code in link or "11010519491231002X" in link] == [], path


def test_the_forecast_of_the_receipt_is_the_law_of_the_day(client: Client) -> None:
    filled(client)
    key = value(client.get("/apply/check/"), "[name=key]")
    told = text(client.post("/apply/check/", {"stage": "submit", "key": key}))
    assert "第 20 个工作日" in told
