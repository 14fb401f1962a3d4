"""The files given with a reply go along to the library; what tells of somebody in the case stays back, with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import selectors as applications
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN, holding, person
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import selectors as library
from gongkai.catalogue.models import Attachment
from gongkai.files import selectors as stored
from gongkai.files import services as files
from gongkai.promotions import selectors
from gongkai.promotions.models import Promotion
from gongkai.promotions.rules.fit import MOST_WORDS, keeps_back
from gongkai.workflow.rules import NotYours, Refused

from .test_promotions import case, decide, proposed

NAMED = ("示例申请人甲", "13800000000")
RATES = "各档补贴的发放标准\n第一档,每月一百元\n".encode()


@pytest.fixture(autouse=True)
def _organs(db: None) -> None:
    factories.organs()


def give(row: Any, name: str, content: bytes, kind: str = applications.GIVEN) -> Any:
    return files.keep_own(content=content, name=name, owner_kind=kind, owner_id=row.pk, organ=ORGAN)


def given() -> Any:
    """A closed case with a file for everybody, two that tell of persons, an original and what the applicant brought."""
    row = case()
    give(row, "发放标准（已遮盖）.csv", RATES)
    give(row, "示例申请人甲的明细.csv", "另一份标准\n".encode())
    give(row, "名单.txt", "发给：示例 申请人甲\n".encode())
    give(row, "发放标准.csv", "遮盖以前的原件\n".encode(), applications.REDACTED)
    give(row, "申请材料.txt", "申请人的材料\n".encode(), applications.BROUGHT)
    return row


def accepted(row: Promotion, reviewer: Any = None) -> Promotion:
    by = reviewer or holding(person(), Role.SECRECY_REVIEWER)
    found: Promotion = decide("accept", row, by, user_id=by.user_id, opinion="", today=row.proposed_on)
    return found


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("标准.pdf", "每月一百元", ""),
        ("示例申请人甲.pdf", "每月一百元", "文件名"),
        ("11010519491231002X.pdf", "每月一百元", "文件名"),
        ("标准.pdf", "发给示例\n申请人甲", "文件中写到了"),
        ("标准.pdf", " \n", "读不出文字"),
        ("标准.pdf", "字" * MOST_WORDS, "文字太多"),
    ],
)
def test_what_keeps_a_file_back(name: str, words: str, told: str) -> None:
    stays = keeps_back(name, words, allowed=(), named=NAMED)
    assert (bool(stays), told in stays) == (bool(told), True)
    assert not any(word in stays for word in NAMED)


def test_what_was_given_goes_along_as_the_reviewer_saw_it_and_no_original_nor_what_the_applicant_brought() -> None:
    application = given()
    row = proposed(application)
    assert [bool(one.stays) for one in selectors.enclosed(row)] == [False, True, True]
    user, desk = a_person(), Client()
    a_duty(user, Role.SECRECY_REVIEWER, ORGAN)
    desk.force_login(user)
    page = desk.get(f"/workbench/promotions/{row.pk}/").content.decode()
    assert page.count("不转入") == 2
    assert ("审查通过后转入公文库草稿" in page, "发放标准（已遮盖）.csv" in page, "申请材料.txt" in page) == (
        True,
        True,
        False,
    )
    assert ("发放标准.csv" in page, "文件名写到了申请人" in page, "文件中写到了申请人" in page) == (False, True, True)
    row = accepted(row)
    assert "已转入公文库草稿" in desk.get(f"/workbench/promotions/{row.pk}/").content.decode()
    (attached,) = Attachment.objects.filter(item=row.item)
    assert attached.name == "发放标准（已遮盖）.csv"
    (copy,) = stored.of_owner(library.OWNER, row.item_id)
    (source, *_others) = stored.of_owner(applications.GIVEN, application.pk)
    assert (copy.pk, copy.organ, copy.visibility) == (attached.file, ORGAN, "private")
    assert copy.pk != source.pk
    with stored.content(copy) as content:
        assert content.read() == RATES
    assert stored.of_owner(applications.GIVEN, application.pk).count() == 3
    files.remove(file=source, actor=SYSTEM)  # the case is forgotten: the library keeps its own
    with stored.content(copy) as content:
        assert content.read() == RATES


def test_only_what_the_reviewer_saw_goes_along() -> None:
    application = case()
    row = proposed(application)
    give(application, "后来的.csv", RATES)
    assert not Attachment.objects.filter(item=accepted(row).item).exists()


def test_a_file_that_tells_of_somebody_by_now_is_refused_and_nobody_else_has_files_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    application = case()
    give(application, "标准.csv", RATES)
    row = proposed(application)
    application.consultations.create(
        kind="third_party", party="各档补贴", question="示例", asked_on=row.proposed_on, due_on=row.proposed_on
    )
    with pytest.raises(Refused, match="有了变化"):
        accepted(row)
    monkeypatch.setattr("gongkai.promotions.services.promoting.going_along", lambda row: pytest.fail("read"))
    with pytest.raises(NotYours):
        accepted(row, holding(person(), Role.OFFICER))
