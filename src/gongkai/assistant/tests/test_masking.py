"""What leaves is masked, and comes back as it was."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongkai.assistant.rules.masking import PLACEHOLDER, mask, put_back

from .spelling import Fuzzed, bare, fuzzed

NAMES = ["示例申请人甲", "11010519491231002X", "13800000000", "sample@example.com", "上海市虹口区示例路1号", "传真"]


def tag(value: str) -> str:
    return hashlib.sha256(f"key {value}".encode()).hexdigest()[:8]


def kinds(text: str) -> str:
    """The text with each placeholder told by its kind alone."""
    return re.sub(r"·[0-9a-f]{8}】", "】", text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("申请人示例申请人甲要求公开", "申请人【当事人信息】要求公开"),
        ("示例 申请 人甲", "【当事人信息】"),
        ("电话138-0000-0000", "电话【当事人信息】"),
        ("证号１１０１０５１９４９１２３１００２ｘ。", "证号【当事人信息】。"),
        ("寄到虹口区示例路1号", "寄到【当事人信息】"),
        ("寄到示例路1号", "寄到【当事人信息】"),
        ("SAMPLE@EXAMPLE.COM", "【当事人信息】"),
        ("邻居的手机13912345678", "邻居的手机【手机号码】"),
        ("他的身份证310109198001011237", "他的身份证【居民身份号码】"),
        ("王小明先生的房屋", "【姓名】先生的房屋"),
        ("姓名：李某某，住所不详", "姓名：【姓名】，住所不详"),
        ("2024年居家养老补贴发放标准", "2024年居家养老补贴发放标准"),
        ("传真给我", "【当事人信息】给我"),
        ("", ""),
    ],
)
def test_personal_data_gives_way_to_its_kind(text: str, masked: str) -> None:
    assert kinds(mask(text, known=NAMES, tag=tag).text) == masked


def test_what_was_hidden_comes_back_and_nothing_else_does() -> None:
    found = mask("示例申请人甲要求查看，电话13800000000。", known=NAMES, tag=tag)
    assert put_back(found.text, found.back) == "示例申请人甲要求查看，电话13800000000。"
    foreign = "【当事人信息·00000000】"
    assert put_back(foreign, found.back) == foreign


def test_a_third_partys_contact_is_looked_for_in_its_parts_and_its_mere_words_are_not() -> None:
    text = "示例第三人的联系人丁某某，电话13700000000，2012年第12号文件"
    found = mask(text, known=["联系人：丁某某，电话13700000000，示例路12号 2 302室"], tag=tag)
    assert kinds(found.text) == "示例第三人的联系人【当事人信息】，电话【当事人信息】，2012年第12号文件"


def test_words_that_overlap_leave_no_piece_of_either() -> None:
    found = mask("查示例甲乙丙丁戊己的记录", known=["示例甲乙丙丁", "丙丁戊己"], tag=tag)
    assert kinds(found.text) == "查【当事人信息】的记录"
    assert put_back(found.text, found.back) == "查示例甲乙丙丁戊己的记录"


def test_one_value_has_one_placeholder_however_it_is_written() -> None:
    found = mask("13800000000和138 0000 0000", known=NAMES, tag=tag)
    assert len(set(PLACEHOLDER.findall(found.text))) == 1


@settings(max_examples=100, phases=[Phase.explicit, Phase.generate])
@given(fuzzed())
def test_no_datum_of_a_case_is_left_in_any_spelling(case: Fuzzed) -> None:
    known = [*case.hidden[:6], case.contact]
    found = mask(case.text, known=known, tag=tag)
    between = [bare(part) for part in PLACEHOLDER.split(found.text)]
    assert [datum for datum in case.hidden if any(bare(datum) in part for part in between)] == []
    assert bare(put_back(found.text, found.back)) == bare(case.text) or len(found.back) < len(
        PLACEHOLDER.findall(found.text)
    )


@settings(max_examples=60)
@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_is_masked_without_ado(text: str, known: list[str]) -> None:
    found = mask(text, known=known, tag=tag)
    assert set(found.back) <= set(PLACEHOLDER.findall(found.text))
