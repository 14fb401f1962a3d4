"""Who, when, how often, in which words."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongkai.notifications import rules
from gongkai.notifications.enums import Channel
from gongkai.notifications.rules import HERE, MissingWord, Text, parse_quiet
from gongkai.notifications.templates import BadTemplate, UnknownEvent, read, template, templates


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2026-11-24 20:59", "2026-11-24 20:59"),
        ("2026-11-24 21:00", "2026-11-25 08:00"),
        ("2026-12-31 23:30", "2027-01-01 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-25 07:59", "2026-11-25 08:00"),
        ("2026-11-25 08:00", "2026-11-25 08:00"),
    ],
)
def test_no_phone_rings_at_night(moment: str, sent: str) -> None:
    quiet = parse_quiet("21:00-08:00")
    assert quiet.after(datetime.fromisoformat(moment).replace(tzinfo=HERE)) == datetime.fromisoformat(sent).replace(
        tzinfo=HERE
    )


def test_quiet_hours_of_one_day() -> None:
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=HERE)
    assert parse_quiet("12:00-14:00").after(noon) == noon.replace(hour=14, minute=0)
    assert parse_quiet("13:00-14:00").after(noon) == noon


@pytest.mark.parametrize("text", ["", "9-5", "21:00", "25:00-08:00"])
def test_quiet_hours_that_will_not_do(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|hour must be"):
        parse_quiet(text)


def test_waits_grow_to_six_hours_and_scatter() -> None:
    waits = [rules.wait_before(tries, 0.5) for tries in range(1, 12)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[-1] == timedelta(hours=6)
    assert rules.wait_before(1, 0.0) == timedelta(seconds=48)
    assert rules.wait_before(1, 1.0) == timedelta(seconds=72)


def test_words_are_put_in_as_they_are() -> None:
    text = Text(body="您好 {{ name }}，{{ number }}", subject="{{ name }}")
    filled = rules.fill(text, {"name": "甲\r\nBcc: x@example.com {{ number }}", "number": "<b>1</b>", "other": 2})
    assert filled.subject == "甲 Bcc: x@example.com {{ number }}"
    assert filled.body == "您好 甲\r\nBcc: x@example.com {{ number }}，<b>1</b>"
    with pytest.raises(MissingWord, match="number"):
        rules.fill(text, {"name": "甲"})


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("a.person@example.com", True),
        ("a@mail.example.gov.cn", True),
        ("", False),
        ("a@b", False),
        ("a@example.com\r\nBcc: x@example.com", False),
        ("a@example.com,b@example.com", False),
        ("甲 <a@example.com>", False),
        ("a b@example.com", False),
        ("a" * 65 + "@example.com", False),
    ],
)
def test_a_mail_address_is_one_plain_address(address: str, good: bool) -> None:
    assert rules.is_mail_address(address) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [("13812341234", True), ("+86 138-1234-1234", True), ("021-65121234", False), ("1381234123", False), ("", False)],
)
def test_an_sms_goes_to_a_mobile_phone(number: str, good: bool) -> None:
    assert rules.is_phone(number) is good


def test_every_template_is_whole_and_short_enough_for_its_channel() -> None:
    assert set(templates()) >= {
        "applications.registered",
        "applications.decided",
        "deadlines.due_soon",
        "files.infected",
    }
    for found in templates().values():
        for by_channel in found.texts.values():
            for channel, text in by_channel.items():
                assert bool(text.subject) == (channel is Channel.MAIL)
                assert channel is not Channel.SMS or len(text.body) <= 140
    with pytest.raises(UnknownEvent, match=r"nothing\.happened"):
        template("nothing.happened")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("zh-hans: {label: 甲, sms: x}", "'en'"),
        ("zh-hans: {label: 甲}\nen: {label: A}", "a channel"),
        ("zh-hans: {label: 甲, fax: x}\nen: {label: A, fax: x}", "fax"),
        ("zh-hans: {label: 甲, sms: x}\nen: {label: A, inbox: x}", "different channels"),
        ("zh-hans: {label: 甲, sms: '{{ a }}'}\nen: {label: A, sms: '{{ b }}'}", "different words"),
    ],
)
def test_a_template_that_will_not_do_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "an.event.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadTemplate, match=rf"an\.event\.yaml.*{fault}"):
        read(path)
