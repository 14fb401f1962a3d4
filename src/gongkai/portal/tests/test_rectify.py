"""Art. 41: a wrong record about oneself, from the form to the organ's paper."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services, subjects
from gongkai.applications.models import Rectification
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.deadlines.models import Clock
from gongkai.files import selectors as files
from gongkai.files.tests import honest
from gongkai.notifications.models import Outgoing
from gongkai.privacy.digests import blind
from gongkai.privacy.subjects import Person
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.usefixtures("hongkou")
SAID = {
    "organ": factories.ORGAN,
    "record": "2024年示例公示名单",
    "wrong": "姓名写错一字",
    "applicant_name": "示例申请人甲",
    "identity_kind": "identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
    "key": "rectify-sample-key-0001",
}


@pytest.fixture
def head(hongkou: None) -> Standing:
    return factories.holding(factories.person(), Role.DISCLOSURE_OFFICE)


def text(response: Any) -> str:
    main = BeautifulSoup(response.content, "lxml").select_one("main")
    assert main is not None
    return main.get_text(" ", strip=True)


def submitted(client: Client) -> tuple[Rectification, str]:
    upload = SimpleUploadedFile("证据.pdf", honest.pdf(), "application/pdf")
    sent = client.post("/apply/rectification/", {**SAID, "evidence": upload})
    code = BeautifulSoup(sent.content, "lxml").select_one(".gk-code")
    assert code is not None
    return Rectification.objects.get(), code.get_text()


def answered(row: Rectification, head: Standing, act: str, **contents: str) -> Rectification:
    row = services.take_up_rectification(pk=row.pk, by=head, version=row.version, key=f"take-up-{row.pk}-000000")
    return services.answer_rectification(
        pk=row.pk,
        by=head,
        version=row.version,
        key=f"answer-{row.pk}-0000000",
        act=act,
        contents=contents,
        today=timezone.localdate(),
    )


def test_a_request_wants_its_evidence_and_is_taken_once(client: Client) -> None:
    wrong = client.post("/apply/rectification/", SAID)
    assert (wrong.status_code, "证明记录不准确的材料" in text(wrong)) == (422, True)
    row, code = submitted(client)
    assert submitted(client)[1] == code
    assert [file.name for file in files.of_owner(selectors.RECTIFICATION, row.pk)][:1] == ["证据.pdf"]
    clock = Clock.objects.get(name="rectification")
    assert (clock.due_on, clock.working_days, row.number[:1]) == (row.due_on, 20, "G")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_rectification")
        stored = str(cursor.fetchone())
    assert [value for value in (*SAID.values(), code) if value in stored and value not in {
        SAID["identity_kind"], SAID["key"]}] == []  # fmt: skip


@pytest.mark.parametrize(
    ("act", "contents", "said"),
    [
        ("rectify", {"what": "“示例甲”更正为“示例乙”"}, "予以更正"),
        ("not_rectify", {"why": "与存档一致"}, "不予更正"),
        ("forward", {"where": "示例机关，示例路1号"}, "转送"),
    ],
)
def test_each_answer_is_a_numbered_paper_that_who_asked_may_fetch(
    client: Client, head: Standing, act: str, contents: dict[str, str], said: str
) -> None:
    row, code = submitted(client)
    held = {"number": row.number, "code": code}
    assert "正在办理" in text(client.post("/apply/rectification/status/", held))
    assert client.post("/apply/rectification/letter/", held).status_code == 404
    row = answered(row, head, act, **contents)
    paper = "".join(paragraph.text for paragraph in selectors.rectification_paper(row).body)
    assert (said in paper, next(iter(contents.values())) in paper) == (True, True)
    assert ("行政复议" in paper) is (act != "forward")
    shown = client.post("/apply/rectification/status/", held)
    assert ("已经答复" in text(shown), "示例申请人" in text(shown)) == (True, False)
    files_ = [client.post("/apply/rectification/letter/", {**held, "as": "docx"}).content for _time in range(2)]
    assert files_[0] == files_[1]
    assert client.post("/apply/rectification/letter/", held).content.startswith(b"%PDF")
    assert Clock.objects.get(name="rectification").state != "open"
    assert sorted(Outgoing.objects.values_list("event", "channel")) == [
        ("applications.rectification_answered", "sms")
    ]  # no mail address was given


def test_an_answer_without_its_reasons_and_one_by_an_officer_are_refused(client: Client, head: Standing) -> None:
    row, _code = submitted(client)
    with pytest.raises(Refused, match="更正前后的内容"):
        answered(row, head, "rectify", what=" ")
    row.refresh_from_db()
    officer = factories.holding(factories.person(), Role.OFFICER)
    with pytest.raises(NotYours):
        services.answer_rectification(
            pk=row.pk, by=officer, version=row.version, key="answer-by-officer-0", act="rectify",
            contents={"what": "示例"}, today=timezone.localdate(),
        )  # fmt: skip


def test_another_organ_sees_nothing_and_reading_who_asks_is_recorded(client: Client, head: Standing) -> None:
    row, _code = submitted(client)
    elsewhere = factories.holding(factories.person(), Role.OFFICER, organ="finance")
    assert selectors.rectification(elsewhere, row.number) is None
    with pytest.raises(Refused, match="目的"):
        services.read_rectification(row=row, by=head, purpose="")
    assert services.read_rectification(row=row, by=head, purpose="核实")["name"] == "示例申请人甲"
    assert Entry.objects.filter(act="rectifications.read_contact").count() == 1


def test_guesses_are_slow(client: Client) -> None:
    row, _code = submitted(client)
    wrong = [
        client.post("/apply/rectification/status/", {"number": row.number, "code": "AAAA-AAAA-AA"}) for _n in range(11)
    ]
    assert ("对不上" in text(wrong[0]), "次数太多" in text(wrong[10])) == (True, True)


def test_it_is_handed_over_held_while_open_and_erased_after_it(client: Client, head: Standing) -> None:
    row, _code = submitted(client)
    who = Person(digests=frozenset({blind(SAID["identity_number"])}))
    assert [found["record"] for found in subjects.export(who)] == [SAID["record"]]
    assert [hold.reason for hold in subjects.hold(who)] == [f"更正要求 {row.number} 尚未答复"]
    answered(row, head, "not_rectify", why="与存档一致")
    assert (subjects.hold(who), subjects.erase(who), subjects.export(who)) == ([], 1, [])
    row.refresh_from_db()
    assert SAID["applicant_name"] not in {row.name, row.record, row.wrong}
