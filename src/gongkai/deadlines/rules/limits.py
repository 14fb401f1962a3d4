"""The limits that are counted in working days, by name; and art. 31: from which day they are counted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gongkai.deadlines.enums import Channel, ReceiptDay
from gongkai.statutes import in_force
from gongkai.statutes.values import cited

from .calendar import WorkCalendar
from .counting import Due, due


class WrongDays(Exception):
    """A number of working days that a limit does not allow; the text is for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: its name, its Chinese label, what it is counted from, and the parameter of the law that holds it.

    `on_top_of` names the parameter of the limit that it lengthens. `own_days`: the organ sets the days, by the
    parameter at most (`at_most`) or for want of better.
    """

    name: str
    label: str
    counted_from: str
    parameter: str
    on_top_of: str = ""
    own_days: bool = False
    at_most: bool = False


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        limit.name: limit
        for limit in (
            Limit("reply", "答复申请", "收到申请之日", "reply_limit"),
            Limit(
                "extension",
                "延长后的答复",
                "收到申请之日",
                "reply_extension_limit",
                on_top_of="reply_limit",
                own_days=True,
                at_most=True,
            ),
            Limit("supplement_notice", "一次性告知补正", "收到申请之日", "supplement_notice_limit"),
            Limit("supplement", "申请人补正", "收到补正告知之日", "supplement_term", own_days=True),
            Limit("third_party", "第三方提出意见", "收到征求意见书之日", "third_party_limit"),
            Limit("joint_maker", "共同制作机关提出意见", "收到征求意见书之日", "joint_maker_limit"),
            Limit("payment", "缴纳信息处理费", "收到收费通知之日", "fee_payment_limit"),
            Limit("offline_entry", "非网上申请录入平台", "收到申请之日", "offline_entry_limit"),
            Limit("proactive", "主动公开", "信息形成或者变更之日", "proactive_disclosure_limit"),
        )
    }
)


def limit_due(limit: Limit, start: date, calendar: WorkCalendar, days: int | None = None) -> Due:
    """The last day of a limit counted from `start`, by the law in force on that day.

    The law of the day of receipt governs an application to its end. Raises `BeforeTheLaw` for a day before the law,
    `WrongDays` for days that the limit does not allow, `OutsideCalendar` when the calendar does not reach so far.
    """
    value = in_force(limit.parameter, start)
    if days is None:
        days = value.integer
    elif not limit.own_days:
        raise WrongDays(f"“{limit.label}”的期限是法定的 {value.integer} 个工作日（{value.basis}），不能另行指定天数。")
    elif days < 1 or (limit.at_most and days > value.integer):
        fit = f"1 至 {value.integer}" if limit.at_most else "不少于 1"
        raise WrongDays(f"“{limit.label}”的天数应当是 {fit} 个工作日（{value.basis}），不能是 {days} 个。")
    if not limit.on_top_of:
        return due(start, days, calendar, cite=value.basis)
    basis = in_force(limit.on_top_of, start)
    cites = dict.fromkeys((*basis.cites, *value.cites))
    return due(start, basis.integer + days, calendar, cite=cited(list(cites)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Art. 31: which day counts as the day of receipt for a channel, and where that stands."""

    channel: Channel
    counts: ReceiptDay
    cite: str

    @property
    def text(self) -> str:
        """In one sentence, for a letter or a screen."""
        return f"{self.channel.label}的，以{self.counts.label}为收到之日（{self.cite}）"


def receipt_of(channel: Channel, on: date) -> Receipt:
    """Which day counts for a channel, by the law in force on a day.

    A channel that the law of the day does not name is received when both sides have confirmed.
    """
    value = in_force("receipt_day_by_channel", on)
    counts = value.table.get(channel.value, ReceiptDay.CONFIRMED.value)
    return Receipt(channel, ReceiptDay(counts), value.basis)
