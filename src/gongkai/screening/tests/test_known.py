"""Whether a text tells of somebody in a case, however he or she is written there."""

from __future__ import annotations

import pytest

from gongkai.screening.rules.known import tells_of

NAMED = [
    "示例申请人",
    "13800000000",
    "上海市虹口区示例路1号2室",
    "示例商贸有限公司",
    "联系人：张某某，电话 021-00000000",
    "欧阳某（经理）",
    "E1234567",
    "办公室",
]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("示例 申请人来函", True),
        ("张某某同意公开", True),
        ("张某\u200b某同意公开", True),
        ("欧阳某不同意公开", True),
        ("住在示例路１号２室的人", True),
        ("住在虹口区示例路1号2室", True),
        ("证件 e1234567", True),
        ("电话02100000000", True),
        ("经办公室研究", True),  # said of somebody by this very word
        ("张江园区的申请", False),
        ("电话不便公开，联系人也是", False),
        ("示例路的改造计划", False),
        ("经理办公会", False),
        ("", False),
    ],
)
def test_the_parts_of_what_is_known_are_found_and_nothing_else(text: str, told: bool) -> None:
    assert tells_of(text, NAMED) is told


def test_nobody_known_is_nobody_told_of() -> None:
    assert not tells_of("张某某", [])
    assert not tells_of("张", ["张"])
