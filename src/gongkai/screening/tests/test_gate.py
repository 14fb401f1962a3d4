"""What keeps a file here, and what lets it go."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.screening.enums import FindingKind, Ground, Severity
from gongkai.screening.rules.boxes import Basis, Box, Row, UnfitBox, basis, box_from_json, redaction_list
from gongkai.screening.rules.findings import PAGE, Place, Screening, Teller, from_json, masked
from gongkai.screening.rules.gate import Gate, Override, gate

SHA = "a" * 64
TELLER = Teller(b"key of a test")
PHONE, MAIL = TELLER.personal("13800138000，office@example.gov.cn", Place(PAGE, {"page": 2}))
CHANGE = TELLER.other(FindingKind.TRACKED_CHANGE, Place(), Severity.BLOCK, "改前 13800138000")
SCREENING = Screening(SHA, (PHONE, MAIL, CHANGE), {"pages": 3})
GOOD = Override(PHONE.key, SHA, "示例承办人甲", "本人书面同意公开")
ALSO_GOOD = Override(CHANGE.key, SHA, "示例承办人甲", "修订说明须一并提供")


def test_a_file_leaves_once_each_blocking_finding_is_let_pass_by_name() -> None:
    assert gate(SCREENING, [GOOD, ALSO_GOOD]) == Gate(
        may_leave=True, open_findings=(), passed=((PHONE, GOOD), (CHANGE, ALSO_GOOD)), warnings=(MAIL,), void=()
    )


def test_without_overrides_every_blocking_finding_is_open() -> None:
    assert gate(SCREENING) == Gate(may_leave=False, open_findings=(PHONE, CHANGE), passed=(), warnings=(MAIL,), void=())


def test_a_file_with_nothing_but_warnings_may_leave() -> None:
    assert gate(Screening(SHA, (MAIL,), {})).may_leave


@pytest.mark.parametrize(
    "override",
    [
        Override(PHONE.key, "b" * 64, "示例承办人甲", "本人书面同意公开"),
        Override(PHONE.key, SHA, " ", "本人书面同意公开"),
        Override(PHONE.key, SHA, "示例承办人甲", "\n"),
        Override(MAIL.key, SHA, "示例承办人甲", "只是提示"),
        Override("unknown", SHA, "示例承办人甲", "没有这一项"),
    ],
    ids=["for another content", "without a person", "without a reason", "for a warning", "for no finding"],
)
def test_an_override_that_does_not_hold_is_void(override: Override) -> None:
    found = gate(SCREENING, [override, ALSO_GOOD])
    assert (found.may_leave, found.open_findings, found.void) == (False, (PHONE,), (override,))


def test_an_excerpt_never_shows_the_value() -> None:
    assert [found.excerpt for found in SCREENING.findings] == ["138****8000", "o***@example.gov.cn", "改前 138****8000"]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FindingKind.IDENTITY_NUMBER, "310109 19900307 2816", "310***********2816"),
        (FindingKind.MOBILE, "138 0013\n8000", "138****8000"),
        (FindingKind.FIXED_PHONE, "021)65129876", "021-****9876"),
        (FindingKind.BANK_CARD, "6222 0212 3456 7890 128", "***************0128"),
        (FindingKind.PASSPORT, "E12345678", "*******78"),
        (FindingKind.EMAIL, "shili@example.com", "s***@example.com"),
        (FindingKind.ADDRESS, "示例路123弄4号501室", "示例路****"),
        (FindingKind.PLATE, "沪A12345", "沪A***45"),
    ],
)
def test_a_value_is_masked_by_its_kind(kind: FindingKind, value: str, shown: str) -> None:
    assert masked(kind, value) == shown


def test_equal_values_have_equal_digests_that_need_the_key() -> None:
    spelt = [next(TELLER.personal(text, Place())) for text in ("13800138000", "１３８ 0013-8000")]
    other = next(Teller(b"another").personal("13800138000", Place()))
    assert spelt[0].digest == spelt[1].digest == PHONE.digest != other.digest
    assert PHONE.key != spelt[0].key == spelt[1].key


def test_a_screening_survives_the_way_through_json() -> None:
    assert from_json(json.loads(json.dumps(SCREENING.as_json()))) == SCREENING


def test_a_box_survives_the_way_through_json() -> None:
    box = Box(1, 0.1, 0.2, 0.3, 0.4, Ground.TRADE_SECRET)
    assert box_from_json(json.loads(json.dumps(box.as_json()))) == box


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((0, 0.1, 0.1, 0.2, 0.2), "页码"),
        ((1, -0.1, 0.1, 0.2, 0.2), "超出了页面"),
        ((1, 0.1, 0.1, 1.2, 0.2), "超出了页面"),
        ((1, float("nan"), 0.1, 0.2, 0.2), "超出了页面"),
        ((1, 0.2, 0.1, 0.1, 0.2), "太小"),
        ((1, 0.1, 0.1, 0.1, 0.2), "太小"),
    ],
)
def test_a_box_that_hides_nothing_is_refused(values: tuple[int, float, float, float, float], words: str) -> None:
    with pytest.raises(UnfitBox, match=words):
        Box(*values, Ground.OTHER)


@pytest.mark.parametrize(
    ("ground", "short", "place"),
    [
        (Ground.STATE_SECRET, "国家秘密", "第十四条"),
        (Ground.PERSONAL_PRIVACY, "个人隐私", "第十五条"),
        (Ground.TRADE_SECRET, "商业秘密", "第十五条"),
        (Ground.INTERNAL_AFFAIRS, "内部事务", "第十六条第一款"),
        (Ground.PROCESS_INFORMATION, "过程性信息", "第十六条第二款"),
        (Ground.ENFORCEMENT_FILE, "执法案卷", "第十六条第二款"),
    ],
)
def test_a_ground_rests_on_its_article(ground: Ground, short: str, place: str) -> None:
    found = basis(ground, date(2026, 1, 5))
    assert found == Basis(short, ground.label, f"《中华人民共和国政府信息公开条例》(国务院令第711号){place}")


def test_every_ground_has_its_article() -> None:
    assert all(basis(ground, date(2026, 1, 5)).article for ground in Ground)


def test_the_list_for_the_letter_goes_by_page_and_ground() -> None:
    privacy = "《中华人民共和国政府信息公开条例》(国务院令第711号)第十五条"
    process = "《中华人民共和国政府信息公开条例》(国务院令第711号)第十六条第二款"
    boxes = [
        Box(2, 0, 0, 0.1, 0.1, Ground.PERSONAL_PRIVACY),
        Box(1, 0, 0, 0.1, 0.1, Ground.PROCESS_INFORMATION),
        Box(2, 0, 0.2, 0.1, 0.3, Ground.PERSONAL_PRIVACY),
        Box(1, 0, 0.5, 0.1, 0.6, Ground.PERSONAL_PRIVACY),
    ]
    assert redaction_list(boxes, date(2026, 1, 5)) == [
        Row(1, Ground.PERSONAL_PRIVACY, 1, privacy),
        Row(1, Ground.PROCESS_INFORMATION, 1, process),
        Row(2, Ground.PERSONAL_PRIVACY, 2, privacy),
    ]
