"""A yearly notice as a file: read, checked, written. JSON in the shape of public holiday tables, or CSV. Pure.

{"year": 2027, "papers": ["国办发明电〔2026〕…号"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}

day,kind,name
2027-01-01,放假,元旦
2027-01-03,调休上班,元旦
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .calendar import SATURDAY, Notice, NoticeDay, WorkCalendar

LARGEST = 200_000  # bytes; a year's notice has two or three thousand
MOST_DAYS = 120  # named days of one year; a real notice has about forty
MOST_OFF_WEEKDAYS = 40  # a real notice has about twenty
LONGEST_NAME = 20
LONGEST_PAPER = 120
MOST_PAPERS = 10
MOST_FAULTS = 20
OFF = {"放假", "休", "holiday", "off"}
WORKED = {"调休上班", "上班", "班", "makeup", "work"}
HEAD = ("day", "kind", "name")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class UnfitNotice(Exception):
    """A notice that cannot be used; `faults` holds one sentence for each thing to put right."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = f"另有 {len(faults) - MOST_FAULTS} 处问题。" if len(faults) > MOST_FAULTS else ""
        self.faults = (*faults[:MOST_FAULTS], *([more] if more else []))
        super().__init__("\n".join(self.faults))


def read_notice(data: bytes, *, year: int | None = None, papers: Sequence[str] = ()) -> Notice:
    """The notice in a file, JSON or CSV, UTF-8 or GB18030.

    `year` and `papers` are wanted for CSV, which has no room for them; given with JSON, the year must be the same.
    Raises `UnfitNotice` with everything that must be put right.
    """
    text = _text(data)
    content = _json(text) if text.lstrip().startswith(("{", "[")) else None
    faults: list[str] = []
    if content is None:
        days = _csv_days(text, faults)
    else:
        if year is not None and content.get("year") != year:
            faults.append(f"文件写的是 {content.get('year')} 年，要导入的是 {year} 年。请核对文件。")
        year = _year(content.get("year"), faults)
        papers = _papers(content.get("papers"), faults) or papers
        days = _json_days(content.get("days"), faults)
    if year is None and not faults:
        faults.append("没有写明是哪一年的放假通知。请填写年份。")
    if faults or year is None:
        raise UnfitNotice(faults)
    notice = Notice(
        year,
        tuple(papers),
        tuple(sorted(days, key=lambda day: day.on)),
        official=content is None or content.get("provisional") is not True,
        confirmed=content is None or content.get("confirmed") is not False,
    )
    check(notice)
    return notice


def check(notice: Notice) -> None:
    """Refuse a notice that no State Council office would have written; raises `UnfitNotice`."""
    faults = [*_shape_faults(notice), *_day_faults(notice)]
    if faults:
        raise UnfitNotice(faults)


def _shape_faults(notice: Notice) -> Iterable[str]:
    off_weekdays = sum(day.off and day.on.weekday() < SATURDAY for day in notice.days)
    if not notice.days:
        yield "通知里一天也没有。请核对文件。"
    if len(notice.days) > MOST_DAYS or off_weekdays > MOST_OFF_WEEKDAYS:
        yield (
            f"列出 {len(notice.days)} 天，其中工作日放假 {off_weekdays} 天，超出一年放假安排应有的天数。"
            "请只列放假和调休上班的日子，不要列全年。"
        )
    if notice.official and not notice.papers:
        yield "没有写明依据的文件。请填写放假通知的文号，例如“国办发明电〔2025〕7号”。"


def _day_faults(notice: Notice) -> Iterable[str]:
    for on, times in Counter(day.on for day in notice.days).items():
        if times > 1:
            yield f"{on} 写了 {times} 次。每一天只能写一次。"
    for day in notice.days:
        if day.on.year != notice.year and (day.on.year, day.on.month) != (notice.year - 1, 12):
            yield f"{day.on}（{day.name}）不是 {notice.year} 年的日子，也不是上一年12月的。请核对年份。"
        if not day.off and day.on.weekday() < SATURDAY and notice.official:
            yield f"{day.on} 本来就是工作日，不能再标为调休上班。请核对日期。"


def as_json(notice: Notice) -> str:
    """The notice as JSON, one day a line; `read_notice` reads it back."""
    head: dict[str, Any] = {"year": notice.year, "papers": list(notice.papers)}
    head |= {} if notice.official else {"provisional": True}
    head |= {} if notice.confirmed else {"confirmed": False}
    days = ",\n  ".join(
        json.dumps({"name": day.name, "date": day.on.isoformat(), "isOffDay": day.off}, ensure_ascii=False)
        for day in notice.days
    )
    lines = ",\n ".join(f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in head.items())
    return f'{{{lines},\n "days": [\n  {days}\n ]}}\n'


def as_rows(notice: Notice) -> Iterable[tuple[str, str, str]]:
    """The notice as rows of the CSV form, the head first."""
    yield HEAD
    for day in notice.days:
        yield day.on.isoformat(), "放假" if day.off else "调休上班", day.name


def changed_days(before: WorkCalendar, after: WorkCalendar) -> tuple[date, ...]:
    """The days that are worked in one calendar and not in the other, or that only one of them reaches as worked."""
    days = {day.on for calendar in (before, after) for notice in calendar.notices.values() for day in notice.days}
    return tuple(sorted(on for on in days if _worked(before, on) != _worked(after, on)))


def _worked(calendar: WorkCalendar, on: date) -> bool:
    if calendar.first <= on <= calendar.last:
        return calendar.is_working(on)
    return on.weekday() < SATURDAY


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise UnfitNotice([f"文件有 {len(data):,} 字节，放假通知不会超过 {LARGEST:,} 字节。请核对是不是选错了文件。"])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnfitNotice(["读不出文字：文件不是 UTF-8 或者 GB18030 编码的 JSON 或 CSV。请另存为 UTF-8 后再导入。"])


def _json(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnfitNotice([f"不是完整的 JSON：{error}。请重新下载或者改用 CSV。"]) from error
    if not isinstance(content, dict):
        raise UnfitNotice(["JSON 的最外层应当是一个对象，含 year、papers、days。"])
    return content


def _year(given: object, faults: list[str]) -> int | None:
    if isinstance(given, int) and not isinstance(given, bool) and 2004 <= given <= 2100:
        return given
    faults.append(f"year 应当是 2004 至 2100 的年份，实为 {str(given)[:20]}。")
    return None


def _papers(given: object, faults: list[str]) -> tuple[str, ...]:
    if given is None:
        return ()
    fit = isinstance(given, list) and len(given) <= MOST_PAPERS
    papers = [paper.strip() for paper in given if isinstance(paper, str)] if isinstance(given, list) else []
    if not fit or len(papers) != len(given if isinstance(given, list) else ()):
        faults.append("papers 应当是文件名称或者文号的列表。")
    if any(not 0 < len(paper) <= LONGEST_PAPER for paper in papers):
        faults.append(f"papers 里的每个文号应有 1 至 {LONGEST_PAPER} 个字。")
    return tuple(papers)


def _json_days(given: object, faults: list[str]) -> list[NoticeDay]:
    if not isinstance(given, list):
        faults.append("days 应当是日子的列表。")
        return []
    days = []
    for place, entry in enumerate(given[: MOST_DAYS * 4], start=1):
        entry = entry if isinstance(entry, dict) else {}  # noqa: PLW2901 - what is no object has no entries
        on, off = _day(entry.get("date")), entry.get("isOffDay")
        name = _name(entry.get("name"))
        if on is None or name is None or not isinstance(off, bool):
            faults.append(f"days 的第 {place} 项应有 name（节日）、date（如 2027-01-01）和 isOffDay（true 或 false）。")
        else:
            days.append(NoticeDay(on, name, off))
    return days


def _csv_days(text: str, faults: list[str]) -> list[NoticeDay]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        faults.append(f"不是完整的 CSV：{error}。")
        return []
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != HEAD:
        faults.append("CSV 的第一行应当是 day,kind,name。请按样式填写，或者改用 JSON。")
        return []
    days = []
    for line, row in enumerate(rows[1 : MOST_DAYS * 4], start=2):
        cells = [cell.strip() for cell in (*row, "", "", "")]
        on, name, kind = _day(cells[0]), _name(cells[2]), cells[1].lower()
        if on is None or name is None or kind not in OFF | WORKED or len(row) != len(HEAD):
            faults.append(f"第 {line} 行应写日期（如 2027-01-01）、放假或者调休上班、节日名称三项。")
        else:
            days.append(NoticeDay(on, name, kind in OFF))
    return days


def _day(given: object) -> date | None:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _name(given: object) -> str | None:
    name = given.strip() if isinstance(given, str) else ""
    return name if 0 < len(name) <= LONGEST_NAME and name.isprintable() else None
