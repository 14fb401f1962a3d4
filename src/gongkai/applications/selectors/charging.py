"""The processing fees of a year, for section six of the yearly report; and the cases behind them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Application, Fee

from .cases import visible_to


@dataclass(frozen=True)
class Fees:
    """Notices sent in a year and what they asked for; fees paid in it and how much. In yuan."""

    noticed: int
    asked: int
    paid: int
    yuan: int


def fees(organs: frozenset[str], year: int) -> Fees:
    """What these organs charged and were paid in a year. One query."""
    noticed, paid = Q(noticed_on__year=year), Q(paid_on__year=year)
    found = Fee.objects.filter(application__organ__code__in=organs).aggregate(
        noticed=Count("pk", filter=noticed),
        asked=Sum("yuan", filter=noticed),
        paid=Count("pk", filter=paid),
        yuan=Sum("yuan", filter=paid),
    )
    return Fees(found["noticed"], found["asked"] or 0, found["paid"], found["yuan"] or 0)


def fee_cases(standing: Standing, *, organs: frozenset[str], year: int) -> list[Application]:
    """The cases in which a fee was asked for or paid in a year, among those the reader may see."""
    of_year = Q(fee__noticed_on__year=year) | Q(fee__paid_on__year=year)
    return list(visible_to(standing).filter(of_year, organ__code__in=organs).order_by("fee__noticed_on", "pk"))
