"""What happened to an application, as values: the law's facts, in order. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.deadlines.enums import Channel
from gongkai.kernel.labelled import Labelled


class Fact(Labelled):
    """One thing that can happen to an application and that the law attaches a day to."""

    ARRIVED = "arrived", "申请到达"
    RECEIVED = "received", "收到申请"
    RECORDED = "recorded", "录入平台"
    SUPPLEMENT_ASKED = "supplement_asked", "告知补正"
    SUPPLEMENTED = "supplemented", "收到补正"
    THIRD_PARTY_ASKED = "third_party_asked", "征求第三方意见"
    THIRD_PARTY_ANSWERED = "third_party_answered", "收到第三方意见"
    CO_PRODUCER_ASKED = "co_producer_asked", "征求共同制作机关意见"
    CO_PRODUCER_ANSWERED = "co_producer_answered", "收到共同制作机关意见"
    REASONS_ASKED = "reasons_asked", "要求说明理由"
    REASONS_GIVEN = "reasons_given", "收到理由"
    REASONS_NOT_GIVEN = "reasons_not_given", "逾期未说明理由"
    DEFERRED = "deferred", "延迟答复"
    EXTENDED = "extended", "延长答复期限"
    FEE_NOTICE = "fee_notice", "收费通知"
    FEE_PAID = "fee_paid", "收到缴费"
    REPLIED = "replied", "答复"
    ABANDONED = "abandoned", "视为放弃"
    WITHDRAWN = "withdrawn", "撤回申请"
    REOPENED = "reopened", "重新处理"


CONSULTED = {Fact.THIRD_PARTY_ASKED: Fact.THIRD_PARTY_ANSWERED, Fact.CO_PRODUCER_ASKED: Fact.CO_PRODUCER_ANSWERED}
CHANNELS: Mapping[str, Channel] = {
    **{channel.value: channel for channel in Channel},
    "web": Channel.INTERNET,
    "counter": Channel.IN_PERSON,
    "oral": Channel.IN_PERSON,
    "letter": Channel.REGISTERED_POST,
    "plain_letter": Channel.ORDINARY_POST,
    "email": Channel.E_MAIL,
}


MOST = 1000  # facts of one history
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Malformed(Exception):
    """A history that cannot be read; the text names the place and says what to write."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact on a day of the law.

    `reply_by`: the day by which the applicant is to answer. `until`: the day to which a reply is deferred. `party`: who
    is consulted, where there are several. `taken_on`: the day on which a letter reached whom it was written to, from
    which its term runs; the day of the fact itself where it is not given. `to_serve`: that day must be proved, and until
    it is, the term has not begun. `reason`: why a late answer is taken. `stood`: it was written down before, and rules made
    since do not undo it.
    """

    act: Fact
    on: date
    reply_by: date | None = None
    until: date | None = None
    working_days: int | None = None
    party: str = ""
    taken_on: date | None = None
    reason: str = ""
    to_serve: bool = False
    stood: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to one application, and the day as of which it is asked about."""

    channel: Channel
    events: tuple[Event, ...]
    as_of: date


def read_history(data: Any) -> History:
    """A history as JSON gives it. Raises `Malformed`."""
    if not isinstance(data, Mapping):
        raise Malformed("经过应当是一个对象：{“channel”: …, “events”: […], “as_of”: …}。")
    name = data.get("channel", "web")
    if not isinstance(name, str) or name not in CHANNELS:
        raise Malformed(f"没有“{str(name)[:40]}”这种渠道。可用的有：{'、'.join(CHANNELS)}")
    rows = data.get("events")
    if not isinstance(rows, list) or not rows:
        raise Malformed("events 应当是一个列表，至少有一项 {“act”: “received”, “on”: “2025-01-06”}。")
    if len(rows) > MOST:
        raise Malformed(f"events 有 {len(rows)} 项，最多 {MOST} 项。请核对是否把几件申请放在了一起。")
    events = tuple(_event(row, f"第 {place} 项") for place, row in enumerate(rows, 1))
    first, last = min(event.on for event in events), max(event.on for event in events)
    as_of = _day(data.get("as_of"), "as_of") or last
    if as_of < first:
        raise Malformed(f"as_of（{as_of}）早于第一件事（{first}），那时还没有期限。请核对日期。")
    return History(CHANNELS[name], events, as_of)


def _event(row: Any, where: str) -> Event:
    if not isinstance(row, Mapping):
        raise Malformed(f"{where}应当是一个对象，例如 {{“act”: “received”, “on”: “2025-01-06”}}。")
    act = row.get("act")
    if not isinstance(act, str) or act not in set(Fact):
        raise Malformed(f"{where}的 act“{str(act)[:40]}”不认识。可用的有：{'、'.join(Fact)}")
    on = _day(row.get("on"), f"{where}的 on")
    if on is None:
        raise Malformed(f"{where}（{Fact(act).label}）没有日期 on。请写成 2025-01-06 这样的日期。")
    working_days = row.get("working_days")
    if working_days is not None and (isinstance(working_days, bool) or not isinstance(working_days, int)):
        raise Malformed(f"{where}的 working_days 应当是整数，不能是“{str(working_days)[:40]}”。")
    return Event(
        Fact(act),
        on,
        reply_by=_day(row.get("reply_by"), f"{where}的 reply_by"),
        until=_day(row.get("until"), f"{where}的 until"),
        working_days=working_days,
        party=_text(row.get("party"), f"{where}的 party"),
        taken_on=_day(row.get("taken_on"), f"{where}的 taken_on"),
        reason=_text(row.get("reason"), f"{where}的 reason"),
        to_serve=_yes_or_no(row.get("to_serve"), f"{where}的 to_serve"),
    )


def _day(given: Any, where: str) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given) if isinstance(given, str) and DAY.fullmatch(given) else _wrong(given, where)
    except ValueError:
        return _wrong(given, where)


def _text(given: Any, where: str) -> str:
    if given is None or isinstance(given, str):
        return given or ""
    raise Malformed(f"{where} 应当是文字，不能是“{str(given)[:40]}”。")


def _yes_or_no(given: Any, where: str) -> bool:
    if given is None or isinstance(given, bool):
        return bool(given)
    raise Malformed(f"{where} 应当是 true 或者 false，不能是“{str(given)[:40]}”。")


def _wrong(given: Any, where: str) -> date:
    raise Malformed(f"{where}“{str(given)[:40]}”不是日期。请写成 2025-01-06 这样的日期。")
