"""The chapters of a report and the numbering of its parts."""

from __future__ import annotations

import re

from gongkai.reports.enums import Chapter
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Heading, Remark

NUMERALS = "一二三四五六七八九十"
_NUMERAL = rf"(?P<numeral>[{NUMERALS}])\s*[、.,．]\s*"
_TITLES: tuple[tuple[Chapter, str], ...] = (
    (Chapter.OVERVIEW, r"(?:总体情况|概述|工作概述|基本情况|总体概述)"),
    (Chapter.PROACTIVE, r"(?:主动公开政府信息(?:的)?情况|政府信息主动公开(?:的)?情况)"),
    (
        Chapter.APPLICATIONS,
        r"(?:收到和处理政府信息(?:公开)?(?:的)?申请(?:的)?情况|依申请公开政府信息(?:的)?情况|政府信息依申请公开)",
    ),
    (
        Chapter.REMEDIES,
        (
            r"(?:(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请|提起)?(?:的)?行政复议[、和,]?(?:被)?(?:提起)?(?:行政|政府)?诉讼"
            r"(?:的)?情况|复议[、,]诉讼和申诉)"
        ),
    ),
    (
        Chapter.PROBLEMS,
        r"(?:政府信息公开工作)?(?:存在的)?主要问题(?:及|和|与)改进(?:情况|措施|办法)?|存在的(?:主要)?问题(?:及|和|与)改进",
    ),
    (Chapter.OTHER_MATTERS, r"其他需要报告的事项|需要报告的其他事项"),
)
_HEADINGS = tuple((chapter, re.compile(rf"(?:{_NUMERAL})?(?P<title>{title})")) for chapter, title in _TITLES)
_PART = re.compile(rf"(?:(?<=\n)|^|(?<=。))[ \t　]*[(]([{NUMERALS}])[)](?!项)")
_TABLE_LINE = re.compile(
    r"公开申请数量|本年度办理结果|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|总计|结转下年"
)


def find_headings(text: Mapped) -> tuple[Heading, ...]:
    """The chapter headings in order. A heading stands on a line of its own, or carries its numeral."""
    found: list[tuple[int, Heading]] = []
    for chapter, pattern in _HEADINGS:
        for match in pattern.finditer(text.text):
            if match["numeral"] or _alone(text.text, match):
                numeral = NUMERALS.index(match["numeral"]) + 1 if match["numeral"] else None
                found.append((match.start(), Heading(chapter, numeral, text.span(*match.span()))))
                if match["numeral"]:
                    break
    found.sort(key=lambda pair: pair[0])
    return _first_of_each([h for _, h in found])


def _alone(text: str, match: re.Match[str]) -> bool:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)].strip(" \t#*:|　")
    return line == match.group().strip()


def _first_of_each(headings: list[Heading]) -> tuple[Heading, ...]:
    with_numeral = {h.chapter for h in headings if h.numeral}
    seen: set[Chapter] = set()
    out: list[Heading] = []
    for heading in headings:
        if heading.chapter in seen or (heading.numeral is None and heading.chapter in with_numeral):
            continue
        seen.add(heading.chapter)
        out.append(heading)
    return tuple(out)


def find_gaps(text: Mapped, headings: tuple[Heading, ...], tables: list[tuple[int, int]]) -> tuple[Remark, ...]:
    """Breaks in the numbering (一)(二)… of the parts within a chapter, such as (三) followed by (五).

    ``tables`` are the stretches of the text that hold tables, where brackets number rows.
    """
    starts = sorted(h.span.start for h in headings if h.span)
    remarks: list[Remark] = []
    last, last_start = 0, -1
    for match in _PART.finditer(text.text):
        line_end = text.text.find("\n", match.end())
        if any(start <= match.start() < end for start, end in tables):
            continue
        if _TABLE_LINE.search(text.text[match.end() : line_end if line_end >= 0 else None][:14]):
            continue
        place = text.span(match.start(1), match.end(1))
        number = NUMERALS.index(match[1]) + 1
        new_chapter = any(last_start < s <= place.start for s in starts)
        if new_chapter:
            last = 0
        if number > last + 1 and (last or new_chapter):
            values = {"after": last, "found": number}
            remarks.append(Remark("gap", values, text.span(match.start(1) - 1, match.end(1) + 1)))
        last, last_start = number, place.start
    return tuple(remarks)
