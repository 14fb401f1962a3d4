"""The year or quarter that a page of figures is about, from its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

FIRST_YEAR = 2008  # the Regulations have applied since then


@dataclass(frozen=True)
class Period:
    """A quarter from 1 to 4, or with 0 the whole year."""

    year: int
    quarter: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.quarter in {0, 4}:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """In words."""
        if not self.quarter:
            return _("%(year)s 年") % {"year": self.year}
        return _("%(year)s 年第 %(quarter)s 季度") % {"year": self.year, "quarter": self.quarter}


def quarter_of(day: date) -> int:
    """The quarter that a day lies in."""
    return (day.month + 2) // 3


def period_of(request: HttpRequest, *, today: date, quarter: int) -> Period:
    """What the address asks for; what it asks wrongly, or not, is this year and the given quarter."""
    year, part = request.GET.get("year", ""), request.GET.get("quarter", "")
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    return Period(
        number if FIRST_YEAR <= number <= today.year else today.year,
        int(part) if part in {"0", "1", "2", "3", "4"} else quarter,
    )


def choices(today: date) -> dict[str, Any]:
    """What the two lists of a page offer."""
    quarters = [(0, _("全年")), *((n, _("第 %(n)s 季度") % {"n": n}) for n in (1, 2, 3, 4))]
    return {"years": range(today.year, today.year - 9, -1), "quarters": quarters}
