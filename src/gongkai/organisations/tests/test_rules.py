"""Names, codes and days: no database."""

from datetime import date

import pytest

from gongkai.organisations.enums import ApplicantKind
from gongkai.organisations.rules import in_existence, is_code, normalise_name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("上海市虹口区人民政府", "上海市虹口区人民政府"),
        (" 上海市 虹口区\n人民政府 ", "上海市虹口区人民政府"),
        ("虹口区(试点)", "虹口区（试点）"),
        ("ＡＢＣ局", "ABC局"),
        ("", ""),
    ],
)
def test_two_spellings_of_one_name_become_equal(written: str, meant: str) -> None:
    assert normalise_name(written) == meant


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("finance", True),
        ("north-bund", True),
        ("", False),
        ("财政", False),
        ("a--b", False),
        ("A", False),
        ("a" * 61, False),
    ],
)
def test_a_code_is_lower_case_words_with_hyphens(code: str, good: bool) -> None:
    assert is_code(code) is good


@pytest.mark.parametrize(
    ("first", "last", "exists"),
    [
        (None, None, True),
        (date(2019, 3, 1), None, True),
        (date(2020, 1, 2), None, False),
        (None, date(2020, 1, 1), True),
        (None, date(2019, 12, 31), False),
    ],
)
def test_first_and_last_day_are_both_days_of_existence(first: date | None, last: date | None, exists: bool) -> None:
    assert in_existence(first, last, date(2020, 1, 1)) is exists


def test_the_six_kinds_of_applicant_stand_in_the_order_of_the_national_form() -> None:
    assert [kind.label for kind in ApplicantKind] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert [kind for kind in ApplicantKind if kind.is_natural_person] == [ApplicantKind.NATURAL_PERSON]
