"""Applications analysed: by subject, organ, channel, outcome and month; how long they took, and how many in time. Pure.

Every figure is a count of cases by one test (`chosen`), and the same test opens the figure's cases.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import WorkCalendar, working_days_between
from gongkai.kernel.labelled import Labelled
from gongkai.kernel.written import from_yaml
from gongkai.statutes import decision

PATH = Path(__file__).resolve().parent.parent / "data" / "subjects.yaml"
OTHER = "other"
GRANTED = frozenset({"granted", "partially_granted"})
OPEN = "open"
GROUPS = {
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "withheld": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
    OPEN: "尚未办结",
}


class By(Labelled):
    """By what cases are told apart."""

    SUBJECT = "subject", "主题"
    ORGAN = "organ", "机关"
    CHANNEL = "channel", "申请渠道"
    OUTCOME = "outcome", "办理结果"
    MONTH = "month", "收到的月份"


class Measure(Labelled):
    """Which of the cases a figure counts."""

    RECEIVED = "received", "收到"
    CLOSED = "closed", "办结"
    OPEN = "open", "在办"
    GRANTED = "granted", "予以公开和部分公开"
    IN_TIME = "in_time", "按期办结"
    LATE = "late", "逾期"


@dataclass(frozen=True)
class Subject:
    """A declared subject and the words that speak for it."""

    name: str
    label: str
    short: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What the analysis needs to know of an application that was received."""

    pk: int
    organ: str
    channel: str
    code: str
    subject: str
    received_on: date
    closed_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class Line:
    """One row: how many, and of those that were closed how many working days they took, in time or not."""

    key: str
    label: str
    counts: Mapping[str, int]
    half: float | None
    most: int | None

    @property
    def in_time(self) -> float | None:
        """Hundredths of the closed that were closed in time."""
        closed = self.counts[Measure.CLOSED.value]
        return round(100 * self.counts[Measure.IN_TIME.value] / closed, 1) if closed else None


@cache
def subjects() -> tuple[Subject, ...]:
    """The subjects of `data/subjects.yaml`, in its order."""
    raw = from_yaml(PATH.read_text(encoding="utf-8"))["subjects"]
    return tuple(Subject(name, row["label"], row["short"], tuple(row["words"])) for name, row in raw.items())


def subject_of(text: str) -> str:
    """The subject of which most words stand in a text; the first of several; `other` where none does."""
    best, most = OTHER, 0
    for subject in subjects():
        found = sum(word in text for word in subject.words)
        if found > most:
            best, most = subject.name, found
    return best


def short_label(line: Line) -> str:
    """What a line is called where there is little room."""
    return next((subject.short for subject in subjects() if subject.name == line.key), line.label)


def group_of(case: Case) -> str:
    """The group of the national table a case ended in; `open` while it has not."""
    return _group(case.code, case.closed_on) if case.closed_on else OPEN


@lru_cache(maxsize=4096)
def _group(code: str, day: date) -> str:
    return decision(code, day).group


def key_of(case: Case, by: By) -> str:
    """What tells a case apart."""
    return {
        By.SUBJECT: case.subject,
        By.ORGAN: case.organ,
        By.CHANNEL: case.channel,
        By.OUTCOME: group_of(case),
        By.MONTH: f"{case.received_on:%Y-%m}",
    }[by]


def measures_of(case: Case, today: date) -> frozenset[str]:
    """The figures that a case counts in."""
    found = {Measure.RECEIVED.value}
    end = case.closed_on or today
    late = case.due_on is not None and end > case.due_on
    if late:
        found.add(Measure.LATE.value)
    if case.closed_on is None:
        return frozenset(found | {Measure.OPEN.value})
    found |= {Measure.CLOSED.value} if late else {Measure.CLOSED.value, Measure.IN_TIME.value}
    return frozenset(found | ({Measure.GRANTED.value} if group_of(case) in GRANTED else set()))


def chosen(cases: Iterable[Case], *, by: By | None, key: str, measure: Measure, today: date) -> list[Case]:
    """The cases behind one figure."""
    return [
        case for case in cases if (by is None or key_of(case, by) == key) and measure.value in measures_of(case, today)
    ]


def labels(by: By, organs: Mapping[str, str], year: int) -> dict[str, str]:
    """Every key of a way of telling apart, with its words, in order; organs are those given."""
    plain: dict[By, dict[str, str]] = {
        By.SUBJECT: {subject.name: subject.label for subject in subjects()} | {OTHER: "其他"},
        By.ORGAN: dict(organs),
        By.CHANNEL: {channel.value: channel.label for channel in Channel},
        By.OUTCOME: GROUPS,
        By.MONTH: {f"{year}-{month:02}": f"{month}月" for month in range(1, 13)},
    }
    return plain[by]


def lines(
    cases: Sequence[Case], by: By, names: Mapping[str, str], *, calendar: WorkCalendar, today: date
) -> tuple[Line, ...]:
    """One line for each key that any case has, months all of them; in the order of the names."""
    sorted_out: dict[str, list[Case]] = {key: [] for key in names} if by is By.MONTH else {}
    for case in cases:
        sorted_out.setdefault(key_of(case, by), []).append(case)
    order = {key: place for place, key in enumerate(names)}
    keys = sorted(sorted_out, key=lambda key: (order.get(key, len(order)), key))
    return tuple(line(key, names.get(key, key), sorted_out[key], calendar=calendar, today=today) for key in keys)


def line(key: str, label: str, cases: Sequence[Case], *, calendar: WorkCalendar, today: date) -> Line:
    """The figures of some cases."""
    found = [measures_of(case, today) for case in cases]
    counts = {measure.value: sum(measure.value in one for one in found) for measure in Measure}
    days = sorted(working_days_between(case.received_on, case.closed_on, calendar) for case in cases if case.closed_on)
    return Line(key, label, counts, float(median(days)) if days else None, percentile(days, 90) if days else None)


def percentile(days: Sequence[int], part: int) -> int:
    """The nearest rank: the least of the sorted days that `part` in a hundred of them do not exceed."""
    return days[max(0, math.ceil(len(days) * part / 100) - 1)]


def plain_rows(found: Iterable[tuple[str, Sequence[Line]]]) -> list[list[Any]]:
    """Every table in one: by what, the key's words, the counts, the days; for a spreadsheet."""
    head = [
        "分类",
        "名称",
        *(measure.label for measure in Measure),
        "中位数（工作日）",
        "九成以内（工作日）",
        "按期率（%）",
    ]
    rows: list[list[Any]] = [head]
    for by, table in found:
        for one in table:
            counts = [one.counts[measure.value] for measure in Measure]
            rows.append([by, one.label, *counts, one.half, one.most, one.in_time])
    return rows
