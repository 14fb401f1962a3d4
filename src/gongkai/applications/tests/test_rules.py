"""The day of receipt, the codes, the identity numbers."""

from datetime import date

import pytest

from gongkai.applications.rules import codes, identity
from gongkai.applications.rules.receipt import WrongDay, receipt
from gongkai.deadlines.enums import Channel, ReceiptDay

SENT, TODAY = date(2025, 9, 12), date(2025, 9, 16)


@pytest.mark.parametrize(
    ("channel", "day", "received", "counts"),
    [
        (Channel.IN_PERSON, None, date(2025, 9, 12), ReceiptDay.SUBMITTED),
        (Channel.IN_PERSON, date(2025, 9, 12), date(2025, 9, 12), ReceiptDay.SUBMITTED),
        (Channel.ORAL, None, date(2025, 9, 12), ReceiptDay.SUBMITTED),
        (Channel.INTERNET, date(2025, 9, 15), date(2025, 9, 15), ReceiptDay.CONFIRMED),
        (Channel.REGISTERED_POST, date(2025, 9, 15), date(2025, 9, 15), ReceiptDay.SIGNED_FOR),
        (Channel.ORDINARY_POST, date(2025, 9, 12), date(2025, 9, 12), ReceiptDay.CONFIRMED),
        (Channel.FAX, date(2025, 9, 16), date(2025, 9, 16), ReceiptDay.CONFIRMED),
    ],
)
def test_each_channel_has_its_day(channel: Channel, day: date | None, received: date, counts: ReceiptDay) -> None:
    found = receipt(channel, submitted_on=SENT, day=day, today=TODAY)
    assert (found.received_on, found.counts) == (received, counts)
    assert "第三十一条" in found.cite


@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.ORAL])
def test_where_the_day_of_submission_counts_another_day_is_refused_and_not_ignored(channel: Channel) -> None:
    with pytest.raises(WrongDay, match=r"以提交之日（2025-09-12）为收到之日.*不能另定为2025-09-15"):
        receipt(channel, submitted_on=SENT, day=date(2025, 9, 15), today=TODAY)


@pytest.mark.parametrize(
    ("day", "why"),
    [(None, "请填写这一日期"), (date(2025, 9, 11), "早于提交之日"), (date(2025, 9, 17), "晚于今天")],
)
def test_a_day_that_cannot_be_is_refused_with_its_reason(day: date | None, why: str) -> None:
    with pytest.raises(WrongDay, match=why):
        receipt(Channel.INTERNET, submitted_on=SENT, day=day, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "read"), [(" hk7m-4qxd-92 ", "HK7M4QXD92"), ("HKOI-lQXD92", "HK011QXD92"), ("", ""), ("查询", "查询")]
)
def test_a_code_is_read_as_it_is_typed(typed: str, read: str) -> None:
    assert codes.cleaned(typed) == read


def test_a_code_is_shown_in_groups_and_read_back() -> None:
    code = codes.code_from(bytes(range(200, 232)))
    assert len(code) == 10
    assert codes.cleaned(codes.shown(code)) == code


# Numbers with a right check sign, made up: the regions of the first does not exist.
@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("11010519491331002X", False),
        ("11010519491231002x", False),
        ("", False),
    ],
)
def test_an_identity_card_is_checked_sign_by_sign(text: str, right: bool) -> None:
    assert identity.is_identity_card(text) is right


@pytest.mark.parametrize(
    ("text", "right"), [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("91350100M000100Y4", False)]
)
def test_a_credit_code_is_checked_sign_by_sign(text: str, right: bool) -> None:
    assert identity.is_credit_code(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [("13800000000", True), ("021-00000000", True), ("+44 20 0000 0000", True), ("123", False), ("一二三", False)],
)
def test_a_phone_number_has_seven_to_twenty_figures(text: str, right: bool) -> None:
    assert identity.is_phone(text) is right
