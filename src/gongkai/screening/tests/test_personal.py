"""Personal data in texts: what is found in every spelling, and what is left alone."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel.written import from_yaml
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules import numbers
from gongkai.screening.rules.personal import comparable, find

CASES = Path(__file__).parent / "cases"
PERSONAL: list[list[str]] = from_yaml((CASES / "personal.yaml").read_text(encoding="utf-8"))
NOT_PERSONAL: list[str] = from_yaml((CASES / "not_personal.yaml").read_text(encoding="utf-8"))
SEVERITIES = {"b": Severity.BLOCK, "w": Severity.WARN}


def told(text: str) -> list[str]:
    return [f"{span.kind.value} {span.severity.value[0]}" for span in find(text)]


@pytest.mark.parametrize("case", PERSONAL, ids=lambda case: ascii(case[0]))
def test_personal_data_are_found_in_every_spelling(case: list[str]) -> None:
    text, *expected = case
    assert told(text) == expected


@pytest.mark.parametrize("text", NOT_PERSONAL, ids=ascii)
def test_numbers_of_administration_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert (len(PERSONAL) >= 60, len(NOT_PERSONAL) >= 60, len(set(NOT_PERSONAL))) == (True, True, len(NOT_PERSONAL))
    assert {case.split()[0] for _, *cases in PERSONAL for case in cases} == {
        kind.value for kind in FindingKind if kind.value in NUMBERS | {"email", "address", "plate"}
    }


NUMBERS = {
    "identity_number", "former_identity_number", "mobile", "fixed_phone", "bank_card", "passport", "travel_permit",
    "residence_permit",
}  # fmt: skip


def test_a_finding_tells_its_place_in_the_text_as_it_was_written() -> None:
    text = "姓名：示例申请人\n证件：３１０１０９ 19900307\u200b 2816；电话。"
    assert [text[span.start : span.end] for span in find(text)] == ["３１０１０９ 19900307\u200b 2816"]


def test_what_the_organ_publishes_itself_is_allowed_in_every_spelling() -> None:
    text = "电话 021-65129876，邮箱 office@example.cn，地址：示例路123弄4号501室，手机13800138000"
    allowed = ["（021）6512 9876", "OFFICE@example.cn", "上海市示例路123弄4号501室", "+86 138 0013 8000"]
    assert find(text, allowed=[*allowed[:2], "示例路123弄4号501室", allowed[3]]) == []
    assert [span.kind for span in find(text, allowed=allowed[:1])] == [
        FindingKind.EMAIL,
        FindingKind.ADDRESS,
        FindingKind.MOBILE,
    ]


def test_another_number_is_not_allowed_because_it_ends_alike() -> None:
    assert [span.kind for span in find("手机13865129876", allowed=["65129876"])] == [FindingKind.MOBILE]


@pytest.mark.parametrize("blank", [" ", "-", "\u3000", "–", "\u00a0", "\u200b", " - ", "－"])
@given(day=st.dates(), order=st.integers(0, 999), cut=st.integers(1, 17))
def test_an_identity_number_is_found_wherever_it_is_cut(blank: str, day: object, order: int, cut: int) -> None:
    number = f"310109{str(day).replace('-', '')}{order:03}"
    number += numbers.check_digit(number)
    expected = [("identity_number", number)] if numbers.is_identity_number(number) else []
    found = find(f"证件{number[:cut]}{blank}{number[cut:]}，")
    assert [(span.kind.value, comparable(span.value).upper()) for span in found if expected] == expected


@given(text=st.text(max_size=300))
def test_any_text_is_searched_and_each_finding_lies_in_it(text: str) -> None:
    places = [(span.start, span.end) for span in find(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize(
    ("what", "make", "most"),
    [
        ("18 digits by chance", lambda chance: f"{chance.randrange(10**17, 10**18)}", 50),
        ("16 digits by chance", lambda chance: f"{chance.randrange(10**15, 10**16)}", 280),
        ("amounts", lambda chance: f"{chance.randrange(10**6, 10**12)}元", 0),
        ("amounts with decimals", lambda chance: f"{chance.randrange(10**6, 10**12)}.{chance.randrange(100):02}", 0),
        ("index numbers", lambda chance: f"{chance.randrange(10**9):09}/{chance.randrange(2008, 2030)}-{chance.randrange(10**5):05}", 0),
        ("credit codes", lambda chance: f"9131{chance.randrange(10**4):04}{''.join(chance.choices('0123456789ABCDEFGHJKLMNPQRTUWXY', k=10))}", 5),
        ("columns of figures", lambda chance: "\n".join(str(chance.randrange(10**5)) for _ in range(12)), 5),
        ("document numbers", lambda chance: f"沪虹府规〔{chance.randrange(2008, 2030)}〕{chance.randrange(1, 300)}号", 0),
        ("days", lambda chance: f"{chance.randrange(2008, 2030)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02} 10:00", 0),
    ],
)  # fmt: skip
def test_numbers_made_by_chance_seldom_look_personal(what: str, make: object, most: int) -> None:
    chance = random.Random(20260101)
    texts = [make(chance) for _ in range(10_000)]  # type: ignore[operator]
    assert sum(bool(find(text)) for text in texts) <= most, what
