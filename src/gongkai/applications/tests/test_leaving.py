"""Nothing leaves that gives personal data away: the gate before the signature, letting pass by name, redaction."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.models import Application, LetPass, Redaction
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.papers import services as papers
from gongkai.papers.rules import Paper, Paragraph
from gongkai.screening import services as screening
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 26)
CARD = "11010519491231002X"


def document(text: str) -> bytes:
    body = tuple(Paragraph(line) for line in text.splitlines())
    return papers.pdf(Paper("示例机关", "示例〔2025〕1号", "发放明细", "示例单位", body, DAY))


def proposed(officer: Standing, pdf: bytes = b"", **contents: str) -> Application:
    row = factories.registered(officer)
    given = []
    if pdf:
        file = keeping.keep(stream=pdf, name="明细.pdf", owner_kind=files.DRAFT, actor=officer.actor)
        given = [file.pk]
    row = services.decide(
        pk=row.pk, by=officer, version=row.version, key=f"decide-{row.pk}-leaving", kind="provided",
        contents={"ways": "随本答复提供", **contents}, user_id=officer.user_id, today=DAY, attachments=given,
    )  # fmt: skip
    return factories.reviewed(row)


def sign(row: Application, chief: Standing, key: str = "1") -> Application:
    return services.sign(
        pk=row.pk, by=chief, version=row.version, key=f"sign-{row.pk}-{key}-leaving", user_id=chief.user_id, today=DAY
    )


def given(row: Application) -> list[Any]:
    return list(files.of_owner(selectors.GIVEN, row.pk))


def test_a_file_with_a_persons_number_is_not_signed_out_until_it_is_redacted(
    officer: Standing, chief: Standing
) -> None:
    row = proposed(officer, document(f"领取人证件号码 {CARD}\n金额 3000 元"))
    with pytest.raises(Refused, match="个人信息或者隐藏内容没有处理"):
        sign(row, chief)
    before = given(row)[0]
    boxes = screening.suggest_boxes(source=before)
    services.redact(pk=row.pk, by=officer, user_id=officer.user_id, file=before.pk, boxes=boxes, today=DAY)
    (after,) = given(row)
    with files.content(after) as stream:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(stream.read())).pages)
    assert CARD not in text.replace(" ", "")
    assert "3000" in text
    assert [file.pk for file in files.of_owner(selectors.REDACTED, row.pk)] == [before.pk]
    row.refresh_from_db()
    row = sign(row, chief, "2")
    assert row.state == "signed"
    assert "第1页1处，个人隐私" in str(selectors.paper_of(selectors.reply_letter(row.pk)).body)
    assert (Redaction.objects.count(), list(audit.verify())) == (1, [])


def test_what_an_officer_writes_in_a_letter_is_looked_through_too(officer: Standing, chief: Standing) -> None:
    row = proposed(officer, ways=f"请找经办人，手机 13800001234，证件 {CARD}")
    with pytest.raises(Refused, match="“答复书”有 2 处"):
        sign(row, chief)


def test_a_finding_passes_by_name_and_reason_and_not_by_who_proposed(officer: Standing, chief: Standing) -> None:
    row = proposed(officer, ways="咨询电话 13800001234")
    (text,) = selectors.leaving(row)
    assert text.gate is not None
    assert text.screening is not None
    words: dict[str, Any] = {"pk": row.pk, "sha256": text.screening.sha256, "finding": text.gate.open_findings[0].key}
    both = factories.holding(factories.person("示例负责人"), Role.SECTION_CHIEF)
    Application.objects.filter(pk=row.pk).update(decided_by=both.user_id)
    with pytest.raises(Refused, match="不能放行自己的答复"):
        services.let_pass(**words, by=both, user_id=both.user_id, why="公布的电话")
    Application.objects.filter(pk=row.pk).update(decided_by=officer.user_id)
    with pytest.raises(Refused, match="由科室负责人"):
        services.let_pass(**words, by=officer, user_id=officer.user_id, why="公布的电话")
    with pytest.raises(Refused, match="请写明放行的理由"):
        services.let_pass(**words, by=chief, user_id=chief.user_id, why=" ")
    services.let_pass(**words, by=chief, user_id=chief.user_id, why="本机关公布的咨询电话")
    with pytest.raises(Refused, match="已经处理"):
        services.let_pass(**words, by=chief, user_id=chief.user_id, why="再放行")
    assert sign(row, chief).state == "signed"
    assert LetPass.objects.get().by_id == chief.user_id


def test_a_text_changed_after_it_was_let_pass_is_looked_through_anew(officer: Standing, chief: Standing) -> None:
    row = proposed(officer, ways="咨询电话 13800001234")
    (text,) = selectors.leaving(row)
    assert text.gate is not None
    assert text.screening is not None
    services.let_pass(
        pk=row.pk, by=chief, user_id=chief.user_id, sha256=text.screening.sha256,
        finding=text.gate.open_findings[0].key, why="公布的电话",
    )  # fmt: skip
    Application.objects.filter(pk=row.pk).update(contents={"kind": "provided", "ways": "电话 13800001234，又及"})
    with pytest.raises(Refused, match="没有处理"):
        sign(row, chief)


def test_nobody_redacts_what_is_not_in_the_reply(officer: Standing) -> None:
    row, other = proposed(officer, document("示例")), proposed(officer)
    with pytest.raises(Refused, match="不在答复中"):
        services.redact(pk=other.pk, by=officer, user_id=officer.user_id, file=given(row)[0].pk, boxes=[], today=DAY)
