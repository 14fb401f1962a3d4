"""The paper that asks a third party has the slip behind it on which it is answered; no kind of paper is issued nowhere."""

from __future__ import annotations

import ast
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from docx import Document

from gongkai.accounts.enums import Role
from gongkai.applications import selectors, services
from gongkai.applications.models import Letter
from gongkai.applications.rules import notices, rectifying, reply
from gongkai.applications.rules.remedies import Forum
from gongkai.applications.tests import factories
from gongkai.organisations.models import Organ
from gongkai.papers.rules import Check
from gongkai.papers.services import docx, pdf, signature_spot

QUESTION = "2024年示例项目的合同金额"
CHECK = Check("https://open.example.gov.cn/verify/7K3M/", "https://open.example.gov.cn/verify/", "7K3M-9QXD")
SERVICES = Path(services.__file__).parent


def request() -> Letter:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    row = factories.registered(officer)
    Organ.objects.filter(pk=row.organ_id).update(address="示例路9号", phone="021-00000000")
    services.ask_third_party(
        pk=row.pk, by=officer, version=row.version, key="ask-with-a-slip-0001", today=date(2025, 9, 18),
        party="示例公司", contact="示例路2号", question=QUESTION,
    )  # fmt: skip
    return Letter.objects.get(kind="third_party_request")


@pytest.mark.django_db
def test_the_slip_stands_on_a_page_of_its_own_behind_the_request_in_both_files() -> None:
    letter = request()
    paper = replace(selectors.paper_of(letter), check=CHECK)
    content = pdf(paper)
    with pdfplumber.open(io.BytesIO(content)) as file:
        first, *_others, last = ("".join((page.extract_text() or "").split()) for page in file.pages)
    wanted = ("征求第三方意见回执", letter.number, QUESTION, "□同意公开", "□不同意公开", "理由", "签名或者盖章", "15个工作日",
              letter.application.organ.name, "示例路9号", "021-00000000")  # fmt: skip
    assert [word for word in wanted if word not in last] == []
    assert ("回执" in last, "可以填写后附的回执" in first, CHECK.code in first, CHECK.code in last) == (
        *(True, True, True, False),
    )
    spot = signature_spot(content)
    assert spot is not None
    assert spot.page == 0
    word = Document(io.BytesIO(docx(paper)))
    told = "".join(paragraph.text for paragraph in word.paragraphs) + "".join(
        cell.text for row in word.tables[0].rows for cell in row.cells
    )
    assert [one for one in wanted if one not in "".join(told.split())] == []
    case = letter.application
    hidden = (case.number, case.applicant_name, case.phone, case.email, case.description)
    assert [one for one in hidden if one in told or one in last] == []


def test_a_long_question_stands_whole_in_the_request_and_shortened_in_the_slip() -> None:
    words = {"question": "合同金额" * 400, "days": "15", "post": "示例机关"}
    notice = notices.notices()["third_party_request"]
    made = notices.paper(
        notice, words, organ="示例机关", number="示例〔2025〕1号", addressee="示例公司", on=date(2025, 9, 18),
        where=Forum("", ""),
    )  # fmt: skip
    assert made.slip is not None
    assert words["question"] in made.body[0].text
    assert made.slip.rows[1].text == "合同金额" * 10 + "……（全文见征求意见书）"


def test_every_kind_of_paper_is_issued_by_some_act() -> None:
    said = {
        node.value
        for file in SERVICES.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    issued = said | set(rectifying.PAPERS.values())
    issued |= {notice.slip for name, notice in notices.notices().items() if name in issued}
    assert sorted(set(notices.notices()) - issued) == []


def test_there_are_thirty_four_kinds_of_paper() -> None:
    places = {notice.place.partition("-")[0] for notice in notices.notices().values()}
    assert len(places) + len(reply.kinds()) == 34
