"""A year's cases: chosen, told without anybody in them, published by another, read by everybody."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN, holding, person
from gongkai.audit import selectors as audit
from gongkai.promotions import selectors, services
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 15)
WORDS = {"question": "申请补贴的发放标准，文件名称写得不准。", "lesson": "按特征检索，不以名称不符为由答复不存在。"}
PAGE = f"/disclosure/cases/{ORGAN}/2025/"


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def case() -> Any:
    return factories.closed(holding(person(), Role.OFFICER), holding(person(), Role.SECTION_CHIEF))


def do(name: str, row: Any, by: Any, **words: Any) -> Any:
    row.refresh_from_db()
    service = getattr(services, name)
    return service(pk=row.pk, by=by, version=row.version, key=f"{name}-{row.pk}-{row.version}-sample", **words)


def begun(by: Any = None) -> Any:
    return services.begin(organ=ORGAN, year=2025, by=by or holding(person(), Role.OFFICER), today=TODAY)


def published(application: Any) -> Any:
    officer, head = holding(person(), Role.OFFICER), holding(person(), Role.DISCLOSURE_OFFICE)
    row = do("enter", begun(officer), officer, application=application, **WORDS)
    row = do("submit", row, officer, user_id=officer.user_id)
    return do("publish", row, head, user_id=head.user_id, today=TODAY)


def test_what_is_published_is_read_by_everybody_and_tells_of_nobody(client: Client) -> None:
    application = case()
    assert client.get(PAGE).status_code == 404
    row = published(application)
    assert PAGE in client.get("/disclosure/cases/").content.decode()
    page = client.get(PAGE).content.decode()
    assert all(words in page for words in (*WORDS.values(), "第三十六条"))
    paper = Document(io.BytesIO(client.get(f"{PAGE[:-1]}.docx").content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "2025年依申请公开典型案例" in text
    assert not any(words in page + text for words in ("示例申请人甲", application.number, application.letter_number))
    acts = [entry.act for entry in audit.entries_about(object_kind="promotions.compilation", object_id=row.pk)]
    assert acts == [f"compilations.{act}" for act in ("begin", "enter", "submit", "publish")]


def test_nobody_publishes_what_he_or_she_submitted_and_nothing_empty_is_submitted() -> None:
    head = holding(person(), Role.DISCLOSURE_OFFICE)
    row = begun(head)
    with pytest.raises(Refused, match="还没有选入"):
        do("submit", row, head, user_id=head.user_id)
    row = do("enter", row, head, application=case(), **WORDS)
    row = do("submit", row, head, user_id=head.user_id)
    with pytest.raises(Refused, match="不得为同一人"):
        do("publish", row, head, user_id=head.user_id, today=TODAY)


@pytest.mark.parametrize(
    "changes", [{"question": "示例申请人甲申请补贴标准。"}, {"lesson": "请拨打 13800000001。"}, {"lesson": " "}]
)
def test_a_case_that_tells_of_somebody_is_not_taken_in(changes: dict[str, str]) -> None:
    officer = holding(person(), Role.OFFICER)
    row = begun(officer)
    with pytest.raises(Refused):
        do("enter", row, officer, application=case(), **{**WORDS, **changes})
    assert selectors.told(row) == []


def test_an_open_case_is_not_taken_in_and_one_taken_in_twice_is_told_anew() -> None:
    officer = holding(person(), Role.OFFICER)
    row = begun(officer)
    with pytest.raises(Refused, match="已经办结"):
        do("enter", row, officer, application=factories.registered(officer), **WORDS)
    application = case()
    for lesson in ("先写的启示。", "后写的启示。"):
        do("enter", row, officer, application=application, question=WORDS["question"], lesson=lesson)
    assert [told.lesson for told in selectors.told(row)] == ["后写的启示。"]
    do("take_out", row, officer, example=selectors.examples(row)[0].pk)
    assert selectors.told(row) == []


def test_what_was_taken_up_anew_or_ended_otherwise_since_is_not_published_as_it_was() -> None:
    application = case()
    officer, head = holding(person(), Role.OFFICER), holding(person(), Role.DISCLOSURE_OFFICE)
    row = do("enter", begun(officer), officer, application=application, **WORDS)
    row = do("submit", row, officer, user_id=officer.user_id)
    before = (application.state, application.code)
    type(application).objects.update(state="registered", code="")
    with pytest.raises(Refused, match="案例1对应的申请已经重新办理"):
        do("publish", row, head, user_id=head.user_id, today=TODAY)
    type(application).objects.update(state=before[0], code="N1" if before[1] != "N1" else "G1")
    with pytest.raises(Refused, match="案例1的办理结果后来变了"):
        do("publish", row, head, user_id=head.user_id, today=TODAY)
    type(application).objects.update(state=before[0], code=before[1])
    assert do("publish", row, head, user_id=head.user_id, today=TODAY).published_on == TODAY


def test_the_person_to_reach_at_a_third_party_is_not_told_of_either() -> None:
    application = case()
    application.consultations.create(
        party="示例商贸公司",
        contact="联系人：张某某 13800000000",
        question="是否同意公开",
        due_on=TODAY,
        asked_on=TODAY,
    )
    with pytest.raises(Refused, match="写到了申请人或者第三方"):
        do(
            "enter",
            begun(),
            holding(person(), Role.OFFICER),
            application=application,
            **{**WORDS, "lesson": "经张某某同意。"},
        )


def test_what_is_taken_back_is_read_by_nobody(client: Client) -> None:
    row = published(case())
    do("take_back", row, holding(person(), Role.COMPETENT_DEPARTMENT))
    assert client.get(PAGE).status_code == 404


def test_the_desk_compiles_and_others_see_nothing() -> None:
    def signed_in(role: Role, organ: str = ORGAN) -> Client:
        user, client = a_person(), Client()
        a_duty(user, role, organ)
        client.force_login(user)
        return client

    application, officer, head = case(), signed_in(Role.OFFICER), signed_in(Role.DISCLOSURE_OFFICE)
    page = officer.post("/workbench/compilations/", {"organ": ORGAN, "year": "2025"})["Location"]
    words = {**WORDS, "number": application.number, "version": 0, "key": "from-the-page-0001"}
    assert officer.post(f"{page}do/enter/", {**words, "number": "2025-999999"}).status_code == 422
    assert officer.post(f"{page}do/enter/", words).status_code == 302
    assert WORDS["question"] in officer.get(page).content.decode()
    assert officer.post(f"{page}do/submit/", {"version": 1, "key": "from-the-page-0002"}).status_code == 302
    assert head.post(f"{page}do/publish/", {"version": 2, "key": "from-the-page-0003"}).status_code == 302
    assert WORDS["lesson"] in Client().get(PAGE).content.decode()
    assert signed_in(Role.OFFICER, "finance").get(page).status_code == 404
    with pytest.raises(NotYours):
        begun(holding(person(), Role.OFFICER, organ="finance"))
