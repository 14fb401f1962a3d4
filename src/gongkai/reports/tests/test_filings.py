"""An uploaded report: read, set right, published by somebody else; and everything refused on the way."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Held, Standing
from gongkai.audit.models import Entry
from gongkai.files.rules import Refused as FileRefused
from gongkai.organisations.tests import factories as directory
from gongkai.reports import selectors, services
from gongkai.reports.models import Filing, Report
from gongkai.reports.rules import corrections
from gongkai.reports.rules.corrections import NoSuchCell, Place, place
from gongkai.reports.tests.factories import text_of
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db
ORGAN = "hongkou"
NAME = "上海市虹口区人民政府"
TEXT = text_of(organ=NAME)
CELL = Place("three", "new_received", "natural_person")
OFFICER = Standing(1, "示例承办人", frozenset({Held(Role.OFFICER, ORGAN)}))
CHIEF = Standing(2, "示例科室负责人", frozenset({Held(Role.SECTION_CHIEF, ORGAN)}))
STRANGER = Standing(3, "示例承办人乙", frozenset({Held(Role.OFFICER, "health")}))


@pytest.fixture(autouse=True)
def hongkou(db: None) -> None:
    directory.hongkou()


def upload(text: str | bytes = "", name: str = "2021年报.txt") -> SimpleUploadedFile:
    content = text or TEXT
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def filed(**changes: Any) -> Filing:
    return services.file_report(upload=upload(), organ=ORGAN, by=OFFICER, **changes)[0]


def step(row: Filing, by: Standing, name: str, **more: Any) -> Filing:
    done: Filing = getattr(services, name)(
        pk=row.pk, by=by, version=row.version, key=f"{name}-{row.version:04}-000000", **more
    )
    return done


def test_an_upload_is_kept_read_and_waits_for_review() -> None:
    row = filed()
    review = selectors.review_of(row)
    assert (row.state, review.reading.organ) == ("received", "上海市虹口区人民政府")
    cell = selectors.cell_of(review, CELL.text)
    assert cell is not None
    assert cell.quote is not None
    assert cell.quote[1].strip() == cell.text
    assert Report.objects.count() == 0
    assert {"files.keep", "filings.file"} <= set(Entry.objects.values_list("act", flat=True))


@pytest.mark.parametrize(
    ("content", "name", "kind", "why"),
    [
        ("今天天气很好。", "a.txt", services.Unreadable, "没有认出政府信息公开工作年度报告"),
        (b"\x89PNG\r\n\x1a\n0000", "a.png", services.Unreadable, "这是图片"),
        (text_of(organ="上海市黄浦区人民政府"), "a.txt", Refused, "不是“上海市虹口区人民政府”的"),
        (TEXT.encode(), "a.html", FileRefused, "html"),
    ],
)
def test_what_is_no_report_of_this_organ_is_refused_in_words(
    content: str | bytes, name: str, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind, match=why):
        services.file_report(upload=upload(content, name), organ=ORGAN, by=OFFICER)
    assert Filing.objects.count() == 0


def test_a_figure_is_set_right_with_its_reason_and_both_are_kept() -> None:
    row = filed()
    before = corrections.figure_at(row.figures, CELL).value
    row = step(row, OFFICER, "correct", where=CELL, text="1,234", reason="原文为 1234")
    assert corrections.figure_at(row.figures, CELL).value == 1234
    found = row.corrections.get()
    assert (found.before, found.after, found.reason) == (str(before), "1234", "原文为 1234")
    review = selectors.review_of(row)
    assert any("新收" in finding.text or "总计" in finding.text for finding in review.findings)


@pytest.mark.parametrize(
    ("text", "reason", "why"), [("四十五", "原文", "请填写数字"), ("1e99", "原文", "太大"), ("45", " ", "更正的理由")]
)
def test_a_correction_that_says_nothing_is_refused(text: str, reason: str, why: str) -> None:
    row = filed()
    with pytest.raises(Refused, match=why):
        step(row, OFFICER, "correct", where=CELL, text=text, reason=reason)
    row.refresh_from_db()
    assert (row.version, row.corrections.count()) == (0, 0)


@pytest.mark.parametrize("text", ["", "three", "three:x", "five:a:b", "three:no_row:total", "three:new_received:no"])
def test_a_cell_that_no_form_has_is_not_found(text: str) -> None:
    with pytest.raises(NoSuchCell):
        corrections.figure_at(filed().figures, place(text))


def test_a_reviewed_report_is_published_by_somebody_else() -> None:
    row = step(filed(), OFFICER, "correct", where=CELL, text="45", reason="原文为 45")
    row = step(row, OFFICER, "submit")
    row = step(row, CHIEF, "publish")
    report = Report.objects.get()
    assert (row.state, row.slug) == ("published", report.slug)
    assert report.source_note == "据上传的文件读出，更正 1 处。"
    assert corrections.figure_at(report.figures, CELL).value == 45


def test_nobody_publishes_what_he_or_she_submitted() -> None:
    both = Standing(1, "示例", frozenset({Held(Role.DISCLOSURE_OFFICE, ORGAN)}))
    row = step(filed(), both, "submit")
    with pytest.raises(Refused, match="不得为同一人"):
        step(row, both, "publish")
    assert Report.objects.count() == 0


def test_a_standing_report_is_replaced_only_when_told_to() -> None:
    step(step(filed(), OFFICER, "submit"), CHIEF, "publish")
    again = step(filed(), OFFICER, "correct", where=CELL, text="45", reason="原文为 45")
    again = step(again, OFFICER, "submit")
    with pytest.raises(Refused, match="已经公布"):
        step(again, CHIEF, "publish")
    again.refresh_from_db()
    assert again.state == "submitted"
    services.publish(pk=again.pk, by=CHIEF, version=again.version, key="publish-again-0000000", replace=True)
    assert Report.objects.get().version == 2


def test_another_organ_sees_and_does_nothing() -> None:
    row = filed()
    assert selectors.filing(STRANGER, row.pk) is None
    with pytest.raises(Refused):
        step(row, STRANGER, "submit")


def test_a_report_let_be_is_published_by_nobody() -> None:
    row = step(filed(), OFFICER, "discard")
    assert row.state == "discarded"
    with pytest.raises(Refused):
        step(row, OFFICER, "submit")
