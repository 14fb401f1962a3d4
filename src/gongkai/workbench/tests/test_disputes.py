"""Disputes at the desk: opened from the case, acted on, listed, told of in the bulletin; nothing of it to other organs."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from docx import Document

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.tests.factories import ORGAN, organs
from gongkai.disputes.enums import Result
from gongkai.disputes.models import Dispute
from gongkai.disputes.tests import factories

pytestmark = pytest.mark.django_db
LIST = "/workbench/disputes/"
OPEN = {
    "kind": "administrative_reconsideration",
    "authority": "上海市虹口区人民政府",
    "filed_on": "2025-10-09",
    "cause": "withheld",
    "claim": "请求撤销答复",
    "key": "from-the-page-0001",
}


@pytest.fixture(autouse=True)
def _organs() -> None:
    organs()


def signed_in(role: Role, organ: str = ORGAN) -> Client:
    user, client = a_person(), Client()
    a_duty(user, role, organ)
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_a_dispute_is_opened_from_its_case_and_stands_there() -> None:
    client, case = signed_in(Role.OFFICER), factories.case()
    address = f"/workbench/disputes/of/{case.number}/open/"
    assert address in text(client, f"/workbench/applications/{case.number}/")
    answer = client.post(address, OPEN)
    row = Dispute.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/workbench/disputes/{row.pk}/")
    assert client.post(address, OPEN)["Location"] == answer["Location"]  # pressed twice: one dispute
    assert f"/workbench/disputes/{row.pk}/" in text(client, f"/workbench/applications/{case.number}/")
    assert "请求撤销答复" in text(client, f"/workbench/disputes/{row.pk}/")


def test_what_is_missing_is_told_and_nothing_is_lost() -> None:
    client, case = signed_in(Role.OFFICER), factories.case()
    page = client.post(f"/workbench/disputes/of/{case.number}/open/", {**OPEN, "filed_on": "", "authority": "示例法院"})
    assert page.status_code == 422
    assert "请填写日期" in page.content.decode()
    assert "示例法院" in page.content.decode()


def test_the_page_shows_the_term_and_offers_to_handle_the_case_again() -> None:
    row = factories.accepted(factories.opened())
    head = signed_in(Role.DISCLOSURE_OFFICE)
    page = text(head, f"{LIST}{row.pk}/")
    assert "最迟 <strong>2025-10-21</strong>" in page
    assert "do/redo/" not in page
    words = {"result_on": date(2025, 11, 10), "told_on": date(2025, 11, 12), "today": factories.TODAY}
    row = factories.do("conclude", row, result=Result.CORRECTED, **words, reply_within=15)
    assert f"{LIST}{row.pk}/do/redo/" in text(head, f"{LIST}{row.pk}/")
    assert "15 个工作日内重新答复" in text(head, f"{LIST}{row.pk}/do/redo/")
    answer = head.post(f"{LIST}{row.pk}/do/redo/", {"version": row.version, "key": "handled-again-0001"})
    assert answer.status_code == 302
    assert "办理中" in text(head, f"/workbench/applications/{row.application.number}/")


def test_the_list_is_filtered_and_empty_for_others() -> None:
    row = factories.accepted(factories.opened())
    client = signed_in(Role.OFFICER)
    for query, there in (("", True), ("?state=running", True), ("?state=opened", False), ("?q=示例1号", True)):
        assert (f"{LIST}{row.pk}/" in text(client, LIST + query)) is there, query
    assert f"{LIST}{row.pk}/" not in text(signed_in(Role.OFFICER, "finance"), LIST)


def test_the_bulletin_is_the_competent_departments_as_page_and_as_paper() -> None:
    words = {"result_on": date(2025, 11, 10), "told_on": date(2025, 11, 12), "today": factories.TODAY}
    factories.do("conclude", factories.opened(), result=Result.CORRECTED, **words, lesson="检索应当留痕。")
    client = signed_in(Role.COMPETENT_DEPARTMENT)
    assert "检索应当留痕。" in text(client, f"{LIST}bulletin/2025/4/")
    answer = client.get(f"{LIST}bulletin/2025/4.docx")
    lines = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert "2025年第四季度政府信息公开行政复议、行政诉讼情况通报" in lines
    assert "1. 检索应当留痕。" in lines
    assert "检索应当留痕。" not in text(signed_in(Role.COMPETENT_DEPARTMENT, "finance"), f"{LIST}bulletin/2025/4/")
    assert client.get(f"{LIST}bulletin/2025/5/").status_code == 404


def test_the_list_costs_the_same_queries_with_one_row_and_with_ten() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, case = signed_in(Role.OFFICER), factories.case()
    factories.opened(application=case)
    text(client, LIST)
    with CaptureQueriesContext(connection) as one:
        text(client, LIST)
    for _number in range(9):
        factories.opened(application=case)
    with CaptureQueriesContext(connection) as ten:
        assert text(client, LIST).count('<th scope="row">') == 10
    assert len(ten) == len(one)


def test_the_evidence_of_a_case_is_exported_for_a_purpose_and_holds_its_disputes() -> None:
    import zipfile

    row = factories.opened()
    address = f"/workbench/applications/{row.application.number}/evidence/"
    client = signed_in(Role.LEGAL_REVIEWER)
    assert address in text(client, f"/workbench/applications/{row.application.number}/")
    assert client.post(address, {"purpose": ""}).status_code == 422
    answer = client.post(address, {"purpose": "提交行政复议答复"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert "请求撤销答复" in package.read("disputes.json").decode()
    assert signed_in(Role.OFFICER, "finance").post(address, {"purpose": "看看"}).status_code == 404
