"""Facts about a report's text that the structure checks judge: dates, statutes, names, site addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Remark
from gongkai.reports.reading.segments import Segment, organ_key, period_year

_REGULATION = re.compile(
    r"《?(?:中华人民共和国)?政府信息公开条例》?\s*(?:\([^()]{0,8}\))?\s*\(?(?:国务院令?|中华人民共和国国务院令)\s*第?\s*(?P<number>\d{3})\s*号"
)
_CITY_RULE = re.compile(
    r"《?上海市政府信息公开规定》?\s*\(?(?:上海市人民政府令|市政府令|沪府令)\s*第?\s*(?P<number>\d{1,3})\s*号"
)
_SITE = re.compile(r"(?<![a-z0-9.-])(?:https?://)?((?:[a-z0-9-]{1,40}\.){1,6}[a-z]{2,6})\b(?!\.[a-z])", re.IGNORECASE)
_OFFICIAL = re.compile(r"(?:^|\.)gov\.cn$", re.IGNORECASE)
_SITE_CONTEXT = re.compile(r"网站|网址|下载|门户|平台|查阅")
_MADE_BY = re.compile(r"由(?P<name>[\u4e00-\u9fff]{3,30}?)(?:负责)?(?:编制|汇总编制)")
_CONTACT = re.compile(r"(?:请|可)(?:与|联系|向)(?P<name>[\u4e00-\u9fff]{3,30}?)(?:联系|\(|咨询|,|。)")
_NO_FEE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:政府|局|委|街道|办事处|镇|中心))未(?:收取|产生|发生)[^。]{0,24}信息公开"
)
_PLACE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,4}?[区县])")


def find_remarks(text: Mapped, segment: Segment) -> Iterator[Remark]:
    """Facts worth judging, each with its place."""
    flat = text.compact()
    year = period_year(flat.text)
    if year is not None and segment.year is not None and year != segment.year:
        at = re.search(rf"{year}", flat.text)
        yield Remark("period", {"year": year}, flat.span(*at.span()) if at else None)
    for kind, pattern in (("regulation_decree", _REGULATION), ("city_rule_decree", _CITY_RULE)):
        for match in pattern.finditer(flat.text):
            yield Remark(kind, {"number": int(match["number"])}, flat.span(*match.span()))
    yield from _sites(text)
    yield from _strangers(flat, segment)


def _sites(text: Mapped) -> Iterator[Remark]:
    seen: set[str] = set()
    for match in _SITE.finditer(text.text):
        site = match[1].lower()
        around = text.text[max(0, match.start() - 30) : match.end() + 12]
        if site in seen or _OFFICIAL.search(site) or not _SITE_CONTEXT.search(around) or "@" in around:
            continue
        seen.add(site)
        yield Remark("site", {"site": site}, text.span(*match.span(1)))


def _strangers(flat: Mapped, segment: Segment) -> Iterator[Remark]:
    """Other districts' names where a report names itself: who made it, whom to ask, who took no fee."""
    own = _places(organ_key(segment.organ))
    if not own:
        return
    for pattern in (_MADE_BY, _CONTACT, _NO_FEE):
        for match in pattern.finditer(flat.text):
            other = _places(match["name"])
            if other and not (other & own):
                yield Remark("stranger", {"name": match["name"]}, flat.span(*match.span("name")))


def _places(name: str) -> set[str]:
    bare = re.sub(r"^.{2,3}[省市](?=.)", "", name)
    return {m["place"] for m in _PLACE.finditer(bare)}
