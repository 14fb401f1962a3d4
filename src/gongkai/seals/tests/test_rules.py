"""Codes, keys, verdicts and places, without a database."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from gongkai.papers.rules import Spot
from gongkai.seals.enums import KeyState, Verdict
from gongkai.seals.rules import Refused, codes, keys, places
from gongkai.seals.rules.keys import Named, Validity
from gongkai.seals.rules.verdicts import Remembered, judge

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = Validity(NOW - DAY, NOW + 100 * DAY)
PAPER = Remembered("a" * 64, NOW, replaced=False)


def test_a_code_holds_every_bit_of_its_eighty() -> None:
    first, last = codes.code_from(bytes(10)), codes.code_from(b"\xff" * 10)
    assert (first, last) == ("0" * 16, "Z" * 16)
    one_bit = {codes.code_from((1 << bit).to_bytes(10, "big")) for bit in range(80)}
    assert len(one_bit) == 80
    with pytest.raises(ValueError, match="10 bytes"):
        codes.code_from(b"short")


def test_a_code_is_read_as_people_write_it() -> None:
    code = codes.code_from(secrets.token_bytes(10))
    assert codes.cleaned(codes.shown(code).lower()) == code
    assert codes.cleaned(f"  {codes.shown(code).replace('-', ' ')} ") == code
    assert codes.cleaned("oil0-1111-2222-3333") == "0110111122223333"
    assert [codes.cleaned(text) for text in ("", "7K3M", "U" * 16, "中" * 16, "0" * 17)] == [""] * 5


@pytest.mark.parametrize(
    ("key", "state", "words"),
    [
        (GOOD, KeyState.IN_USE, ""),
        (Validity(NOW - 2 * DAY, NOW - DAY), KeyState.EXPIRED, "2026-11-24 到期"),
        (Validity(NOW + DAY, NOW + 2 * DAY), KeyState.IN_USE, "自 2026-11-26 起才有效"),
        (Validity(NOW - DAY, NOW + DAY, NOW, "密钥泄露"), KeyState.REVOKED, "吊销（密钥泄露）"),
        (Validity(NOW - DAY, NOW + DAY, retired_at=NOW), KeyState.RETIRED, ""),
    ],
)
def test_a_key_that_may_not_seal_is_refused_with_what_to_do(key: Validity, state: KeyState, words: str) -> None:
    assert keys.state(key, now=NOW) is state
    if not words:
        keys.refuse_unusable(key, organ="示例机关", code="sample", now=NOW)
        return
    with pytest.raises(Refused) as refused:
        keys.refuse_unusable(key, organ="示例机关", code="sample", now=NOW)
    assert words in str(refused.value)
    assert "没有盖章" in str(refused.value)
    assert "gongkai seals renew sample" in str(refused.value) or "服务器的时间" in str(refused.value)


@pytest.mark.parametrize(
    ("named", "belongs"),
    [
        (Named("sample", ("随便什么名称",)), True),
        (Named("other", ("示例机关",)), False),
        (Named("", ("示例机关",)), True),
        (Named("", ("示例机关旧名",)), True),
        (Named("", ("别的机关",)), False),
        (Named("", ()), False),
    ],
)
def test_a_certificate_belongs_to_the_organ_it_names(named: Named, belongs: bool) -> None:
    assert named.belongs_to("sample", frozenset({"示例机关", "示例机关旧名"})) is belongs


def test_a_key_is_told_to_be_renewed_two_months_before_it_ends() -> None:
    ends = [Validity(NOW - 100 * DAY, NOW + days * DAY) for days in (61, 59, -1)]
    assert [keys.should_renew(key, now=NOW) for key in ends] == [False, True, True]
    assert not keys.should_renew(Validity(NOW - DAY, NOW + DAY, retired_at=NOW), now=NOW)


@pytest.mark.parametrize(
    ("code", "file", "given", "verdict"),
    [
        (PAPER, None, (True, False), Verdict.GENUINE),
        (None, PAPER, (False, True), Verdict.GENUINE),
        (PAPER, PAPER, (True, True), Verdict.GENUINE),
        (None, None, (True, False), Verdict.UNKNOWN),
        (None, None, (False, True), Verdict.MISMATCH),
        (PAPER, None, (True, True), Verdict.MISMATCH),
        (PAPER, Remembered("b" * 64, NOW, replaced=False), (True, True), Verdict.MISMATCH),
        (None, PAPER, (True, True), Verdict.GENUINE),
        (Remembered("a" * 64, NOW, replaced=True), None, (True, False), Verdict.REPLACED),
        (Remembered("a" * 64, NOW, False, NOW - DAY), None, (True, False), Verdict.WITHDRAWN_KEY),
        (Remembered("a" * 64, NOW, False, NOW + DAY), None, (True, False), Verdict.GENUINE),
    ],
)
def test_what_is_said_of_a_paper(
    code: Remembered | None, file: Remembered | None, given: tuple[bool, bool], verdict: Verdict
) -> None:
    assert judge(code, file, code_given=given[0], file_given=given[1]) is verdict


def test_the_seal_stands_over_organ_and_day_which_are_a_little_below_its_middle() -> None:
    spot = Spot(page=0, left=317, right=424, top=245, bottom=187)
    left, bottom, right, top = places.box_of(spot, width=595, height=842)
    assert (round((right - left) / places.POINTS), round((top - bottom) / places.POINTS)) == (42, 42)
    assert abs((left + right) / 2 - 370.5) <= 1
    assert 10 < (bottom + top) / 2 - 216 < 13


@pytest.mark.parametrize(
    "spot", [None, Spot(0, 580, 600, 30, 0), Spot(0, 0, 10, 840, 800), Spot(0, -500, -400, 2000, 1900)]
)
def test_a_seal_never_leaves_the_page(spot: Spot | None) -> None:
    left, bottom, right, top = places.box_of(spot, width=595, height=842)
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842
