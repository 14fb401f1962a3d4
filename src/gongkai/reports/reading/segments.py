"""Finding the reports in a text: titles, organs, years, and where one report ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.reports.reading.mapped import Mapped

_TITLE = re.compile(
    r"(?P<head>(?P<before>[^\n]{0,60}?)(?:关于)?(?:政府)?信息公开(?:工作)?(?:的)?(?P<between>[^\n]{0,14}?)"
    r"(?:年度?工?作?报告|年报|工作报告))"
)
_ENDS_TITLE = re.compile(r"$|[\s_()\[\]|<>*#\-—~·]|简介|造价|常见|文献|全文|公示|公告|正文|下载|\(|如下$")
_ONLY_YEAR = re.compile(r"^[(\[]?(?:19|20)\d\d年?度?[)\]]?$")
_LONGEST_REST = 20
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|([二][〇○零][〇○零一二三][〇○零一二三四五六七八九])")
_SENTENCE = re.compile(r"[。;!?《》,]|根据|按照|编制|如下|参见|详见|点击|关于印发|要求")
_LONGEST_TITLE = 80
_PERIOD = re.compile(
    r"(?:期限|时间|数据|时段)[^。\n]{0,20}?((?:19|20)\d\d)\s*年?\s*1\s*月\s*1\s*日?\s*(?:起|至|到|-|~|,)"
)
_ANY_PERIOD = re.compile(
    r"((?:19|20)\d\d)\s*年?\s*1\s*月?\s*1\s*日?\s*(?:起)?\s*(?:至|到|-|~)[^。\n]{0,14}?12\s*月?\s*31"
)
_EVIDENCE = re.compile(
    r"本年新收政府信息|结转下年度|国家秘密\s|主动公开政府信息(?:的)?情况|依申请公开政府信息(?:的)?情况"
    r"|收到和处理政府信息公开申请|(?:受理|收到)[^。\n]{0,12}信息公开申请[^。\n]{0,8}\d|结果\s*维持"
)
_BODY_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_ORGAN_NOISE = re.compile(r"^[\s#*>|·•.,:\-\d()\[\]]+|[\s#*|·•,:\-]+$")
_MADE_BY = re.compile(r"由([\u4e00-\u9fff]{3,30}?)(?:负责)?(?:编制|汇总编制)")
_ANNOUNCED = re.compile(
    r"(?:现公布|现将|公布|发布)(?P<organ>[\u4e00-\u9fff]{2,25}?)(?:19|20)\d\d年度?(?:政府)?信息公开"
)
_SITE_WORDS = re.compile(
    r"(?:首页|当前位置|您的位置|查看详情|下载|返回|字号|标题|名称|名\s*称|主题|索引号)[^\u4e00-\u9fff]*"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One report's part of the text: from its first title to the next report's."""

    title: str
    organ: str
    year: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Title:
    """A line that reads as the title of an annual report."""

    text: str
    organ: str
    year: int | None
    start: int


def find_segments(text: Mapped) -> list[Segment]:
    """The reports in the text, in order; an untitled text with the tables of a report is one report."""
    titles = _titles(text.text)
    segments = _cut(titles, text.text)
    found = [s for s in _with_body_years(segments, text.text) if _EVIDENCE.search(text.text, s.start, s.end)]
    if not found and _EVIDENCE.search(text.text):
        return [_untitled(text.text)]
    return found


def _titles(text: str) -> list[Title]:
    titles: list[Title] = []
    lines = text.split("\n")
    start = 0
    for i, line in enumerate(lines):
        title = _title(line, lines[max(0, i - 4) : i], lines[i + 1 : i + 4], start)
        if title is not None:
            titles.append(title)
        start += len(line) + 1
    return titles


def _title(line: str, before: list[str], after: list[str], start: int) -> Title | None:
    """A line that is a title, or opens with one; its organ or year may stand on the line before or after."""
    stripped = line.strip()
    match = _TITLE.search(stripped) if "信息公开" in stripped else None
    if match is None or match.start() + len(match["head"]) > _LONGEST_TITLE:
        return None
    head, rest = stripped[: match.end("head")], stripped[match.end("head") :]
    if _SENTENCE.search(head) or not _ENDS_TITLE.match(rest):
        return None
    organ = _organ(match["before"])
    previous = next((p.strip() for p in reversed(before) if p.strip()), "")
    following = next((f.strip() for f in after if f.strip()), "")
    years = _years(match["before"] + match["between"]) or _years(rest[:_LONGEST_REST])
    if not organ and 2 < len(previous) < 40 and not _SENTENCE.search(previous):
        organ = _organ(previous)
        years = years or _years(previous)
    if not years and _ONLY_YEAR.match(following):
        years = _years(following)
    title = stripped if len(stripped) <= _LONGEST_TITLE else head
    return Title(title, organ, years[0] if years else None, start)


def _years(words: str) -> list[int]:
    return [int(m[1] or m[2].translate(_DIGITS)) for m in _YEAR.finditer(re.sub(r"(?<=\d)\s+(?=\d)", "", words))]


def _organ(words: str) -> str:
    bare = re.sub(r"\s+", "", _SITE_WORDS.sub("", words))
    bare = re.sub(r"(?:(?:19|20)\d\d|[二][〇○零][〇○零一二三][〇○零一二三四五六七八九])年?度?", "", bare)
    bare = _ORGAN_NOISE.sub("", bare)
    return re.sub(r"(?:关于|年度|年)$", "", bare)


def organ_key(organ: str) -> str:
    """An organ's name for comparison: a district and its government are one organ, told apart by their scope."""
    return re.sub(r"人民政府$|政府$", "", organ)


def _cut(titles: list[Title], text: str) -> list[Segment]:
    segments: list[Segment] = []
    for title in titles:
        last = segments[-1] if segments else None
        if last is not None and _same(last, title):
            segments[-1] = replace(last, organ=last.organ or title.organ, year=last.year or title.year)
            continue
        if last is not None:
            segments[-1] = replace(last, end=title.start)
        segments.append(Segment(title.text, title.organ, title.year, title.start, len(text)))
    return segments


def _same(last: Segment, title: Title) -> bool:
    organ = not last.organ or not title.organ or organ_key(last.organ) == organ_key(title.organ)
    year = not last.year or not title.year or last.year == title.year
    return organ and year


def _with_body_years(segments: list[Segment], text: str) -> list[Segment]:
    """A list of links to other years' reports stands above a report: its body says which year it is."""
    return [_with_body_year(segment, segments[:i], text) for i, segment in enumerate(segments)]


def _with_body_year(segment: Segment, earlier: list[Segment], text: str) -> Segment:
    body = _period(text[segment.start : segment.end])
    if not body or segment.year == body:
        return segment
    for link in reversed(earlier):
        if link.year == body and not _EVIDENCE.search(text, link.start, link.end):
            return replace(segment, title=link.title, year=body, organ=link.organ or segment.organ)
    return segment if segment.year else replace(segment, year=body)


def _period(text: str) -> int | None:
    found = _ANY_PERIOD.search(text) or _PERIOD.search(text)
    return int(found[1]) if found else None


def _untitled(text: str) -> Segment:
    announced = _ANNOUNCED.search(text)
    made_by = _MADE_BY.search(text)
    organ = announced["organ"] if announced else made_by[1] if made_by else ""
    year = _period(text)
    if year is None:
        years = _BODY_YEAR.findall(text[:4000])
        year = int(max(set(years), key=years.count)) if years else None
    return Segment("", organ, year, 0, len(text))


def period_year(text: str) -> int | None:
    """The year of the statistics as the text states it (自2023年1月1日起至12月31日止)."""
    return _period(text)
