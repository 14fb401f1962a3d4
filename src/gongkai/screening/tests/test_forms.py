"""Boxes as a form sends them."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from gongkai.screening.enums import Ground
from gongkai.screening.forms import boxes_of
from gongkai.screening.rules.boxes import Box, UnfitBox


def sent(*rows: tuple[str, str, str, str, str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for field, values in zip(
        ("page", "left", "top", "width", "height", "ground"), zip(*rows, strict=True), strict=False
    ):
        data.setlist(f"box-{field}", list(values))
    return data


def test_rows_become_boxes_and_a_row_without_a_page_is_none() -> None:
    rows = sent(
        ("1", "10", "20.5", "30", "5", "personal_privacy"),
        ("", "1", "1", "1", "1", "other"),
        ("2", "90", "0", "10.004", "100", "trade_secret"),
    )
    assert boxes_of(rows) == [
        Box(1, 0.1, 0.205, 0.4, 0.255, Ground.PERSONAL_PRIVACY),
        Box(2, 0.9, 0, 1, 1, Ground.TRADE_SECRET),
    ]


def test_a_form_without_rows_has_no_boxes() -> None:
    assert boxes_of(QueryDict("")) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("1", "x", "0", "10", "10", "other"), "用数字填写"),
        (("1", "", "0", "10", "10", "other"), "用数字填写"),
        (("一", "0", "0", "10", "10", "other"), "用数字填写"),
        (("1", "nan", "0", "10", "10", "other"), "页面以内"),
        (("1", "1e400", "0", "10", "10", "other"), "页面以内"),
        (("1", "-5", "0", "10", "10", "other"), "页面以内"),
        (("1", "0", "0", "0", "10", "other"), "太小"),
        (("0", "0", "0", "10", "10", "other"), "页码"),
        (("1", "0", "0", "10", "10", "because"), "选择理由"),
    ],
)
def test_what_is_no_box_is_told(row: tuple[str, str, str, str, str, str], words: str) -> None:
    with pytest.raises(UnfitBox, match=words):
        boxes_of(sent(row))


def test_columns_of_different_length_are_no_form_of_ours() -> None:
    with pytest.raises(UnfitBox, match="用数字填写"):
        boxes_of(QueryDict("box-page=1&box-page=2&box-left=1"))
