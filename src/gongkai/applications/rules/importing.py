"""One row of a year's cases: its columns, what each must hold, and what is said where it does not. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import TypeVar

from gongkai.applications.enums import Closing
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import LIMITS, OutsideCalendar, WorkCalendar, limit_due
from gongkai.kernel.labelled import Labelled
from gongkai.organisations.enums import ApplicantKind
from gongkai.statutes import LawError, decisions

W = TypeVar("W", bound=Labelled)
LONGEST_DESCRIPTION = 2000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
FORMULA = ("=", "@", "\t", "\r")  # what a spreadsheet would compute; a plus or minus may begin honest text


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading, whether it must be filled, how long it may be, and how it is written."""

    name: str
    heading: str
    required: bool
    longest: int
    how: str
    sample: str


COLUMNS = (
    Column("source", "原编号", True, 60, "原系统或者台账里的编号，同一机关不重复", "2024-依申请-017"),
    Column("received_on", "收到申请之日", True, 12, "写成 2024-03-05", "2024-03-05"),
    Column(
        "channel", "申请渠道", False, 20, f"填写：{'、'.join(one.label for one in Channel)}；空着算网上提交", "网上提交"
    ),
    Column("kind", "申请人类别", True, 20, f"填写：{'、'.join(one.label for one in ApplicantKind)}", "自然人"),
    Column("name", "申请人姓名或者名称", False, 100, "可以空着；填写的加密保存", "示例申请人"),
    Column("phone", "联系电话", False, 30, "可以空着；填写的加密保存", ""),
    Column("description", "所需信息", True, LONGEST_DESCRIPTION, "写明申请公开的内容", "2023年度老旧小区改造计划"),
    Column("closed_on", "办结日期", False, 12, "写成 2024-04-01；未办结的空着", "2024-04-01"),
    Column("outcome", "办理结果", False, 60, "办结的填写结果代码，例如 G2、N1、O3，见导入说明", "G2"),
    Column("letter_number", "答复书文号", False, 60, "可以空着", ""),
    Column("due_on", "最迟答复日", False, 12, "写成 2024-04-02；空着的按法定期限计算", ""),
)
HEADINGS = {column.heading: column for column in COLUMNS}


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the file, and how to write it."""

    row: int
    column: str
    what: str
    how: str


class NoTable(Exception):
    """The headings are not those of the template; the text says which."""


@dataclass(frozen=True)
class Line:
    """One case as the file tells it."""

    row: int
    source: str
    received_on: date
    channel: Channel
    kind: ApplicantKind
    name: str
    phone: str
    description: str
    closed_on: date | None
    code: str
    letter_number: str
    due_on: date

    @property
    def digest(self) -> str:
        """The same for the same case, wherever it stands in a file."""
        told = "\n".join(str(value) for value in astuple(self)[1:])
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def places(cells: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands, from the row of headings. Raises `NoTable`."""
    plain = [_folded(cell).rstrip("*＊") for cell in cells]
    found = {column.name: plain.index(heading) for heading, column in HEADINGS.items() if heading in plain}
    missing = [column.heading for column in COLUMNS if column.required and column.name not in found]
    twice = sorted({heading for heading in HEADINGS if plain.count(heading) > 1})
    if missing or twice:
        wrong = f"缺少{'、'.join(missing)}" if missing else f"{'、'.join(twice)}写了两次"
        raise NoTable(f"第一行应当是模板的表头：{wrong}。请下载模板，把数据粘贴到对应的列。")
    return found


class Reader:
    """Reads row after row, and remembers the numbers it has seen."""

    def __init__(self, where: Mapping[str, int], calendar: WorkCalendar, today: date) -> None:
        self.where, self.calendar, self.today = where, calendar, today
        self.seen: dict[str, int] = {}

    def read(self, row: int, cells: Sequence[str]) -> Line | list[Fault]:
        """The case of one row, or all that is wrong with it."""
        text = {name: cells[place] if place < len(cells) else "" for name, place in self.where.items()}
        values = {column.name: text.get(column.name, "") for column in COLUMNS}
        faults = [Fault(row, column.heading, what, column.how) for column, what in _unfit(values)]
        if faults:
            return faults
        return self._line(row, values)

    def _line(self, row: int, values: Mapping[str, str]) -> Line | list[Fault]:
        said = dict(self._days(values)) | dict(_words(values))
        if earlier := self.seen.get(values["source"]):
            said["source"] = f"与第 {earlier} 行相同"
        self.seen.setdefault(values["source"], row)
        if said:
            return [Fault(row, one.heading, said[one.name], one.how) for one in COLUMNS if one.name in said]
        received, closed = day_of(values["received_on"]), day_of(values["closed_on"])
        channel, kind = _channel(values), _labelled(ApplicantKind, values["kind"])
        due = self._due(received, values["due_on"]) if received else None
        if received is None or kind is None or channel is None or due is None:
            raise ValueError("A row without faults has all its values.")
        plain = {name: values[name] for name in ("source", "name", "phone", "description", "letter_number")}
        code = _code(values["outcome"], closed) if closed else ""
        days = {"received_on": received, "closed_on": closed, "due_on": due}
        return Line(row=row, channel=channel, kind=kind, code=code, **plain, **days)  # type: ignore[arg-type]  # by name

    def _days(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """What is wrong with the days, and with the outcome that belongs to one."""
        received, closed = day_of(values["received_on"]), day_of(values["closed_on"])
        if received is None or received > self.today:
            yield "received_on", "不是已经到来的日期"
        elif self._due(received, values["due_on"]) is None:
            yield "due_on", "不是收到之后的日期，或者按法定期限算不出来"
        if not values["closed_on"]:
            if values["outcome"]:
                yield "closed_on", "填写了办理结果，没有办结日期"
        elif closed is None or closed > self.today or (received and closed < received):
            yield "closed_on", "不是收到申请之日与今天之间的日期"
        elif not _code(values["outcome"], closed):
            yield "outcome", "办结那天没有这种办理结果" if values["outcome"] else "办结的须填写办理结果"

    def _due(self, received: date, given: str) -> date | None:
        if given:
            day = day_of(given)
            return day if day and received < day < received + timedelta(days=1000) else None
        try:
            return limit_due(LIMITS["reply"], received, self.calendar).due_on
        except (LawError, OutsideCalendar):
            return None


def day_of(text: str) -> date | None:
    """A day as people write it: 2024-03-05, 2024/3/5, 2024年3月5日."""
    found = _DAY.fullmatch(_folded(text))
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def escaped(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _unfit(values: Mapping[str, str]) -> Iterator[tuple[Column, str]]:
    for column in COLUMNS:
        text = values[column.name]
        if column.required and not text:
            yield column, "没有填写"
        elif len(text) > column.longest:
            yield column, f"有 {len(text)} 字，最多 {column.longest} 字"
        elif text.startswith(FORMULA):
            yield column, "是公式。请粘贴为值"
        elif _CONTROL.search(text):
            yield column, "有看不见的控制字符。请删去重写"


def _words(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with words that must be one of a list."""
    if _channel(values) is None:
        yield "channel", f"没有“{values['channel'][:20]}”这一种"
    if _labelled(ApplicantKind, values["kind"]) is None:
        yield "kind", f"没有“{values['kind'][:20]}”这一种"


def _channel(values: Mapping[str, str]) -> Channel | None:
    return _labelled(Channel, values["channel"] or Channel.INTERNET.label)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _labelled(words: type[W], text: str) -> W | None:
    plain = _folded(text)
    return next((one for one in words if plain in {one.value, _folded(one.label)}), None)


def _code(text: str, day: date) -> str:
    """The code of an outcome, given as code or in the words of the national table of that day; empty when unknown."""
    plain = _folded(text).upper()
    try:
        known = decisions(day)
    except LawError:
        return ""
    words = {closing.value: _folded(closing.label).upper() for closing in Closing}
    told = {one.code: {one.code, _folded(one.label).upper(), words.get(one.code, one.code)} for one in known}
    return next((code for code, names in told.items() if plain in names), "")
