"""A third party answers online, once, and never learns who applied."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from docx import Document

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import codes
from gongkai.applications.services.consulting import code_of
from gongkai.applications.tests import factories
from gongkai.papers.rules import Paper

pytestmark = pytest.mark.django_db
PAGE = "/apply/opinion/"
KEY = "ask-third-party-sample-01"


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def case(officer: Standing) -> Application:
    today = timezone.localdate()
    row = factories.registered(officer, day=today, at=timezone.now())
    return services.ask_third_party(
        pk=row.pk,
        by=officer,
        version=row.version,
        key=KEY,
        today=today,
        party="示例公司乙",
        contact="",
        question="拟公开2024年示例项目的合同金额",
    )


def letter() -> Letter:
    return Letter.objects.get(kind="third_party_request")


def words_of(paper: Paper) -> str:
    return "".join(paragraph.text for paragraph in paper.body)


def send(client: Client, **words: str) -> Any:
    return client.post(PAGE, {"letter": letter().number, "code": codes.shown(code_of(KEY)), **words})


def text(response: Any) -> str:
    main = BeautifulSoup(response.content, "lxml").select_one("main")
    assert main is not None
    return main.get_text(" ", strip=True)


def test_the_letter_carries_its_code_and_no_other_paper_does(case: Application) -> None:
    code = codes.shown(code_of(KEY))
    assert code in words_of(selectors.paper_of(letter()))
    assert PAGE in words_of(selectors.paper_of(letter()))
    others = case.letters.exclude(pk=letter().pk)
    assert [paper.kind for paper in others if code in words_of(selectors.paper_of(paper))] == []
    assert code not in str(letter().contents)
    stored = Consultation.objects.extra(select={"raw": "applications_consultation.code"}).get()
    assert code_of(KEY) not in stored.raw


def test_the_question_is_shown_and_nothing_of_the_applicant(client: Client, case: Application) -> None:
    assert client.get(PAGE).status_code == 200
    shown = send(client)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert "合同金额" in text(shown)
    hidden = (case.number, case.description, case.applicant_name, case.phone, case.email)
    assert [value for value in hidden if value in shown.content.decode()] == []


def test_the_number_is_read_however_its_brackets_are_typed(client: Client, case: Application) -> None:
    for typed in (letter().number.replace("〔", "[").replace("〕", "]"), f" {letter().number} "):
        assert "合同金额" in text(send(client, letter=typed))


def test_a_refusal_needs_its_reason_and_is_taken_once(client: Client, case: Application) -> None:
    wrong = send(client, answer="yes", opinion="refuse")
    assert (wrong.status_code, "请写明理由" in text(wrong)) == (422, True)
    for _time in range(2):
        taken = send(client, answer="yes", opinion="refuse", reason="涉及商业秘密")
        assert (taken.status_code, "您的意见已于" in text(taken)) == (200, True)
    again = send(client, answer="yes", opinion="consent")
    assert "不同意公开" in text(again)
    found = Consultation.objects.get()
    assert (found.opinion, found.reason, found.late_opinion) == ("refuse", "涉及商业秘密", "")
    assert case.steps.filter(act="third_party_answered").count() == 1


def test_after_the_term_an_opinion_is_taken_beside_the_clock_and_after_the_decision_it_is_only_kept(
    client: Client, case: Application
) -> None:
    long_ago = timezone.localdate() - timedelta(60)
    Consultation.objects.update(asked_on=long_ago, due_on=long_ago + timedelta(21), opinion="silent")
    Application.objects.update(state="registered")
    assert "期限已经过了" in text(send(client))
    for _time in range(2):
        taken = send(client, answer="yes", opinion="refuse", reason="涉及商业秘密")
        assert (taken.status_code, "由机关依法决定" in text(taken)) == (200, True)
        assert "不影响已经作出的决定" not in text(taken)
    found = Consultation.objects.get()
    assert (found.opinion, found.late_opinion, found.late_on) == ("silent", "refuse", timezone.localdate())
    assert case.steps.filter(act="late_opinion").count() == 1


def test_after_the_decision_an_opinion_is_kept_and_whoever_gives_it_is_told_that_it_changes_nothing(
    client: Client, case: Application
) -> None:
    long_ago = timezone.localdate() - timedelta(60)
    Consultation.objects.update(asked_on=long_ago, due_on=long_ago + timedelta(21), opinion="silent")
    Application.objects.update(state="signed")
    assert "机关已经作出决定" in text(send(client))
    taken = send(client, answer="yes", opinion="refuse", reason="涉及商业秘密")
    assert (taken.status_code, "不影响已经作出的决定" in text(taken)) == (200, True)
    found = Consultation.objects.get()
    assert (found.late_opinion, found.late_decided, Application.objects.get().state) == ("refuse", True, "signed")


def test_guessing_is_slow_and_tells_nothing(client: Client, case: Application) -> None:
    answers = [send(client, code="AAAA-AAAA-AA") for _time in range(11)]
    assert ("对不上" in text(answers[0]), "次数太多" in text(answers[10])) == (True, True)
    assert "次数太多" in text(send(client))
    assert all("合同金额" not in answer.content.decode() for answer in answers)


def fetch(client: Client, paper: object, kind: str = "pdf") -> Any:
    held = {"letter": letter().number, "code": codes.shown(code_of(KEY))}
    return client.post(f"{PAGE}letter/", {**held, "paper": str(paper), "as": kind})


@pytest.mark.usefixtures("case")
def test_the_letter_can_be_fetched_as_a_file_and_tells_nobody_who_applied(client: Client) -> None:
    assert letter().number in send(client).content.decode()
    portable, word = fetch(client, letter().pk), fetch(client, letter().pk, "docx")
    assert (portable.status_code, portable.content[:5], word.status_code) == (200, b"%PDF-", 200)
    text = Document(io.BytesIO(word.content))
    words = "".join(paragraph.text for paragraph in text.paragraphs)
    assert "示例公司乙" in words
    assert factories.DRAFT.applicant_name not in words
    assert factories.DRAFT.phone not in words


def test_no_paper_of_somebody_else_is_given(client: Client, case: Application, officer: Standing) -> None:
    other = services.ask_third_party(
        pk=case.pk, by=officer, version=case.version, key="ask-third-party-sample-02", today=timezone.localdate(),
        party="示例公司丙", contact="", question="拟公开2024年示例项目的合同金额",
    )  # fmt: skip
    mine, theirs = Letter.objects.filter(kind="third_party_request").order_by("pk")
    to_applicant = other.letters.exclude(kind="third_party_request").first()
    held = {"letter": mine.number, "code": codes.shown(code_of(KEY))}
    for paper in (theirs.pk, to_applicant.pk if to_applicant else 0, "x", ""):
        assert client.post(f"{PAGE}letter/", {**held, "paper": str(paper)}).status_code == 404
    assert client.post(f"{PAGE}letter/", {**held, "paper": str(mine.pk), "as": "exe"}).status_code == 404
    assert client.post(f"{PAGE}letter/", {**held, "code": "AAAA-AAAA-AAAA", "paper": str(mine.pk)}).status_code == 404
