"""Make the notices that the program carries: `python -m tools.make_calendar` writes src/gongkai/deadlines/data/calendar.

The official years come from the package chinesecalendar, which is used here and in tests only; the years after them are
computed from the law on public holidays as revised in 2024, with the new moons below, and are marked provisional.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from chinese_calendar import constants

from gongkai.deadlines.rules.calendar import SATURDAY, Notice, NoticeDay
from gongkai.deadlines.rules.notices import as_json
from gongkai.deadlines.rules.shipped import FOLDER

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
PAPERS = {
    2011: ["国办发明电〔2010〕40号"],
    2012: ["国办发明电〔2011〕45号"],
    2014: ["国办发明电〔2013〕28号"],
    2016: ["国办发明电〔2015〕18号"],
    2017: ["国办发明电〔2016〕17号"],
    2018: ["国办发明电〔2017〕12号"],
    2019: ["国办发明电〔2018〕15号", "国办发明电〔2019〕3号"],
    2020: ["国办发明电〔2019〕16号", "国办发明电〔2020〕1号"],
    2021: ["国办发明电〔2020〕27号"],
    2022: ["国办发明电〔2021〕11号"],
    2023: ["国办发明电〔2022〕16号"],
    2024: ["国办发明电〔2023〕7号"],
    2025: ["国办发明电〔2024〕12号"],
    2026: ["国办发明电〔2025〕7号"],
}
UNKNOWN_PAPER = "国务院办公厅年度放假通知"
LAW = "《全国年节及纪念日放假办法》（2024年修订）推算"
# 春节, 清明节, 端午节, 中秋节.
FEASTS = {
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
    2036: ("01-28", "04-04", "05-30", "10-04"),
}


def official() -> Iterator[Notice]:
    """A notice for each year of the package; the last days of December belong to the notice of the next year."""
    days: dict[int, list[NoticeDay]] = {}
    for table, off in ((constants.holidays, True), (constants.workdays, False)):
        for on, name in table.items():
            year = on.year + 1 if on.month == 12 else on.year
            days.setdefault(year, []).append(NoticeDay(on, NAMES[name], off))
    for year, named in sorted(days.items()):
        papers = PAPERS.get(year, [UNKNOWN_PAPER])
        yield Notice(year, tuple(papers), tuple(sorted(named, key=lambda day: day.on)), confirmed=year in PAPERS)


def statutory(year: int) -> list[tuple[date, str]]:
    """The thirteen days of the law; two feasts may fall on one."""
    spring, clear, dragon, autumn = (date.fromisoformat(f"{year}-{feast}") for feast in FEASTS[year])
    return [
        (date(year, 1, 1), "元旦"),
        *((spring + timedelta(day), "春节") for day in range(-1, 3)),
        (clear, "清明节"),
        (date(year, 5, 1), "劳动节"),
        (date(year, 5, 2), "劳动节"),
        (dragon, "端午节"),
        *((date(year, 10, day), "国庆节") for day in (1, 2, 3)),
        (autumn, "中秋节"),
    ]


def provisional(year: int) -> Notice:
    """The days of the law; for each that falls on a weekend or on another feast, the next working day is off."""
    days: dict[date, str] = {}
    owed = []
    for on, name in statutory(year):
        if on.weekday() >= SATURDAY or on in days:
            owed.append((on, name))
        days.setdefault(on, name)
    for on, name in sorted(owed):
        free = on
        while free.weekday() >= SATURDAY or free in days:
            free += timedelta(1)
        days[free] = f"{name}补假"
    named = tuple(NoticeDay(on, name, off=True) for on, name in sorted(days.items()))
    return Notice(year, (LAW,), named, official=False)


def main() -> int:
    """Write one file a year."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for notice in [*official(), *(provisional(year) for year in FEASTS)]:
        (FOLDER / f"{notice.year}.json").write_text(as_json(notice), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
