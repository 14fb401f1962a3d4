"""Reads of this context: what was opened and asked for between two days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import ExtractYear

from gongkai.statutes import in_force

from .models import PageCount, TermCount

MOST = 1000


@dataclass(frozen=True)
class Total:
    """All pages together, and all questions."""

    opened: int
    begun: int
    asked: int
    empty: int


def total(since: date, until: date) -> Total:
    """Between two days, both included."""
    pages = PageCount.objects.filter(day__range=(since, until)).aggregate(n=Sum("opened"), b=Sum("begun"))
    terms = TermCount.objects.filter(day__range=(since, until)).aggregate(n=Sum("asked"), e=Sum("empty"))
    return Total(pages["n"] or 0, pages["b"] or 0, terms["n"] or 0, terms["e"] or 0)


def things(since: date, until: date, *, page: str, most: int = MOST) -> list[tuple[str, int]]:
    """The things of one kind of page that were opened most: (key, how often)."""
    found = PageCount.objects.filter(day__range=(since, until), page=page).exclude(key="").order_by()
    rows = found.values_list("key").annotate(n=Sum("opened")).order_by("-n", "key")[:most]
    return [(key, n) for key, n in rows]


def pages(since: date, until: date, *, most: int = MOST) -> list[tuple[str, int, int]]:
    """Each kind of page: (name, opened, visits that began with it)."""
    found = PageCount.objects.filter(day__range=(since, until)).order_by().values_list("page")
    rows = found.annotate(n=Sum("opened"), b=Sum("begun")).order_by("-n", "page")[:most]
    return [(page, n, begun) for page, n, begun in rows]


def terms(since: date, until: date, *, empty: bool = False, most: int = MOST) -> list[tuple[str, int, int]]:
    """What was asked for most, or most in vain: (words, asked, in vain). Words that few asked for are not told."""
    least = in_force("search_terms_least", until).integer
    found: QuerySet[TermCount] = TermCount.objects.filter(day__range=(since, until)).exclude(term="").order_by()
    rows = found.values_list("term").annotate(n=Sum("asked"), e=Sum("empty")).filter(n__gte=least)
    rows = rows.filter(e__gt=0).order_by("-e", "term") if empty else rows.order_by("-n", "term")
    return [(words, n, vain) for words, n, vain in rows[:most]]


def years() -> Mapping[int, tuple[int, int]]:
    """Each year: (pages opened, visits)."""
    found = PageCount.objects.order_by().annotate(year=ExtractYear("day")).values_list("year")
    return {year: (n, begun) for year, n, begun in found.annotate(n=Sum("opened"), b=Sum("begun")).order_by("-year")}
