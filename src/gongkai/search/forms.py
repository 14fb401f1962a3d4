"""A question read from an address; what is no value of its field is told, and left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongkai.search.enums import Sort
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.query import FACETS


@dataclass(frozen=True)
class Read:
    """A question, and what of the address was not understood."""

    ask: Ask
    faults: tuple[str, ...] = ()


def read_ask(values: QueryDict) -> Read:
    """The question of a page's address."""
    faults: list[str] = []
    ask = Ask(
        text=values.get("q", ""),
        filters={name: tuple(values.getlist(name)) for name in FACETS},
        since=_day(values.get("since", ""), faults),
        until=_day(values.get("until", ""), faults),
        sort=_sort(values.get("sort", "")),
        page=_page(values.get("page", "")),
    )
    if ask.since and ask.until and ask.since > ask.until:
        faults.append(_("起始日期晚于截止日期，不会有结果；请对调两个日期。"))
    return Read(ask, tuple(dict.fromkeys(faults)))


def _day(text: str, faults: list[str]) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        faults.append(_("日期没有认出，未按日期筛选；请写成 2023-05-08 的样子。"))
        return ""


def _sort(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
