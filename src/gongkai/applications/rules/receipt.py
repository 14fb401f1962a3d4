"""Art. 31: which day an application counts as received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.deadlines.enums import Channel, ReceiptDay
from gongkai.deadlines.rules import receipt_of


class WrongDay(Exception):
    """A day of receipt that cannot be; the text is for the person who entered it."""


@dataclass(frozen=True)
class Receipt:
    """The day of receipt, which day of the law it is, and the article."""

    received_on: date
    counts: ReceiptDay
    cite: str


def receipt(channel: Channel, *, submitted_on: date, day: date | None, today: date) -> Receipt:
    """The day of receipt by channel.

    Handed in over the counter or by word of mouth, it is that very day, and another `day` is refused. Otherwise `day` is the day of
    signing for the letter, or the day on which both sides confirmed; it lies between the day of submission and today.
    """
    rule = receipt_of(channel, submitted_on)
    counts, cite = rule.counts, rule.cite
    if counts in {ReceiptDay.SUBMITTED, ReceiptDay.ARRIVED}:
        if day is not None and day != submitted_on:
            raise WrongDay(
                f"{channel.label}的申请以{counts.label}（{submitted_on}）为收到之日（{cite}），登记时不能另定为{day}。"
            )
        return Receipt(submitted_on, counts, cite)
    if day is None:
        raise WrongDay(f"{channel.label}的申请以{counts.label}为收到之日，请填写这一日期（{cite}）。")
    if day < submitted_on:
        raise WrongDay(f"{counts.label}（{day}）早于提交之日（{submitted_on}）。请核对日期。")
    if day > today:
        raise WrongDay(f"{counts.label}（{day}）晚于今天（{today}）。登记时只能填写已经到来的日期。")
    return Receipt(day, counts, cite)
