"""What an organ of the demo published last for a row of its catalogue. Pure: the same row and day give the same item.

Its day goes by the period that has ended, so that the sample catalogues are as alive on any day as a district's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from .rules.sheet import Line

KEYS = "standards-"  # how the keys of these items begin
SATURDAY = 5
YEAR = 12
# How many days after the end of a period its item is published, by the months of the period.
LAGS = {1: (2, 15), 3: (5, 45), 6: (10, 120), YEAR: (10, 330)}
LEFT_OUT = 5  # of so many rows one shows nothing new: a demo without gaps would show nobody what a gap looks like
HALVES = {1: "上半年", 2: "下半年"}
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
OPENINGS = (
    "根据基层政务公开标准目录，现将{organ}“{sub}”的有关内容公开如下。",
    "{organ}按照标准目录的要求，公开“{matter}”中的“{sub}”。",
    "为方便查阅，{organ}把“{matter}”事项下的“{sub}”整理公布。",
)
STATES = ("本次更新", "与上次相同", "已核对", "已列入公示栏")
CLOSINGS = (
    "以上内容同时在政府网站和查阅点提供，{limit}更新。发现有误的，请向{organ}指出。",
    "公开时限：{limit}。对公开内容有疑问的，可以到{organ}的查阅点查询。",
    "{organ}将按照“{limit}”的要求继续公开。意见建议可以在政府网站提出。",
)


@dataclass(frozen=True)
class Period:
    """A period that has ended: what it is called, its year, and the day on which its item was published."""

    label: str
    year: int
    on: date


def period(months: int | None, *where: str, today: date) -> Period:
    """The last period whose item is out by this day."""
    every = months if months in LAGS else YEAR
    low, high = LAGS[every]
    lag = timedelta(days=low + _chosen(high - low + 1, "lag", *where))
    begun = date(today.year, (today.month - 1) // every * every + 1, 1)
    while (on := _working(begun + lag)) > today:
        begun -= relativedelta(months=every)
    if every == YEAR:
        return Period(f"{on.year}年", on.year, on)
    last = begun - timedelta(days=1)
    labels = {1: f"{last.month}月", 3: QUARTERS[(last.month - 1) // 3], 6: HALVES[1 + last.month // 7]}
    return Period(f"{last.year}年{labels[every]}", last.year, on)


def left_out(*where: str) -> bool:
    """Whether nothing new is shown for a row."""
    return _chosen(LEFT_OUT, "left out", *where) == 0


def compose(line: Line, *, area: str, organ: str, name: str, kind: str, when: Period) -> dict[str, Any]:
    """The item in the interchange form, with the facts that any kind may ask for."""
    where = (area, organ, *line.key)
    title = f"{name}{when.label}{line.matter}：{line.sub_matter}"
    words = {"organ": name, "matter": line.matter, "sub": line.sub_matter, "limit": line.time_limit}
    return {
        "key": f"{KEYS}{_digest(*where, when.label)[:24]}",
        "kind": kind,
        "title": title,
        "issuing_organ": organ,
        "theme": "other",
        "genre": "other",
        "signed_on": when.on.isoformat(),
        "published_on": when.on.isoformat(),
        "summary": f"{name}按照标准目录公开的“{line.sub_matter}”：{line.contents}。",
        "keywords": [line.matter],
        "body": "\n".join(_body(line, words, when, *where)),
        "facts": {"year": str(when.year), "period": when.label, "project": title},
        "state": "published",
    }


def _body(line: Line, words: dict[str, str], when: Period, *where: str) -> Iterator[str]:
    yield OPENINGS[_chosen(len(OPENINGS), "opening", *where)].format(**words)
    yield f"一、{when.label}公开的内容"
    yield "| 内容 | 情况 |"
    for part in line.contents.split("、"):
        yield f"| {part} | {STATES[_chosen(len(STATES), part, when.label, *where)]} |"
    yield "二、公开的时限和查阅"
    yield CLOSINGS[_chosen(len(CLOSINGS), "closing", *where)].format(**words)
    yield words["organ"]
    yield f"{when.on.year}年{when.on.month}月{when.on.day}日"


def _chosen(count: int, *where: str) -> int:
    """A number below `count` that depends on nothing but where it is asked for."""
    return int(_digest(*where)[:12], 16) % count


def _digest(*where: str) -> str:
    return hashlib.blake2b("\x1f".join(where).encode(), digest_size=16).hexdigest()


def _working(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
