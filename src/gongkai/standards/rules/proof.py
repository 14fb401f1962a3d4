"""What a row of a catalogue shows for itself. Pure: the evidence and the day come in, the colour and its reason go out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from gongkai.standards.enums import Proof, Way

# How often a limit asks for something new, in months; the shortest that its words name.
EVERY = (
    (1, re.compile(r"每月|按月|月度")),
    (3, re.compile(r"每季|按季|季度")),
    (6, re.compile(r"每半年|半年")),
    (12, re.compile(r"每年|按年|年度|逐年")),
)


@dataclass(frozen=True)
class Shown:
    """An item that somebody put forward for a row. `live`: everybody may read it; `ended`: it is repealed or lapsed."""

    title: str
    on: date | None
    live: bool
    ended: bool = False
    empty: bool = False


@dataclass(frozen=True)
class Verdict:
    """The colour of a row, why, when it was last satisfied and when it next must be."""

    proof: Proof
    why: str
    last_on: date | None = None
    next_on: date | None = None


def months_of(limit: str) -> int | None:
    """How often the words of a time limit ask for something new, in months; None where once, or at a change, is enough."""
    return next((months for months, pattern in EVERY if pattern.search(limit)), None)


def judge(
    *, ways: Collection[str], months: int | None, evidence: Sequence[Shown], today: date, amber_days: int
) -> Verdict:
    """The state of one row on a day.

    Green needs an item that everybody may read, that has a text, and that is neither repealed nor lapsed; that a link
    opens is not enough. Where the limit asks for something new, the last day for it is that of the newest item and its
    months; `amber_days` before it the row turns amber, but no more than a third of the time from one item to the next:
    what is renewed every month would never be green otherwise.
    """
    if Way.PROACTIVE not in ways and Way.ON_APPLICATION in ways:
        return Verdict(Proof.ON_REQUEST, "本事项依申请提供，不要求主动公开")
    good = [one for one in evidence if one.live and not one.ended and not one.empty and one.on is not None]
    if not good:
        return Verdict(Proof.RED, _lacking(evidence))
    newest = max(good, key=lambda one: one.on or date.min)
    last = newest.on
    if months is None or last is None:
        return Verdict(Proof.GREEN, f"《{newest.title}》可以查阅", last)
    due = last + relativedelta(months=months)
    if today > due:
        return Verdict(Proof.RED, f"应于{_day(due)}前更新，最近一次公开为{_day(last)}", last, due)
    if today > due - min(timedelta(days=amber_days), (due - last) / 3):
        return Verdict(Proof.AMBER, f"应于{_day(due)}前更新", last, due)
    return Verdict(Proof.GREEN, f"《{newest.title}》可以查阅，下次更新不晚于{_day(due)}", last, due)


def _lacking(evidence: Sequence[Shown]) -> str:
    if not evidence:
        return "还没有挂接公开的信息"
    one = evidence[-1]
    if not one.live:
        return f"挂接的《{one.title}》没有公开或者已经退出公开"
    if one.ended:
        return f"挂接的《{one.title}》已经废止或者失效"
    return f"挂接的《{one.title}》没有内容"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
