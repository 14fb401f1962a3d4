"""Reads of this context: what has been decided, and of one number what was decided about it."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from gongkai.statutes import Override

from .models import HouseRule
from .rules import as_override

Stamp = tuple[int, int]


def stamp() -> Stamp:
    """What changes with every decision and every withdrawal: the newest key, and how many stand."""
    found = HouseRule.objects.aggregate(newest=Max("pk"), withdrawn=Count("withdrawn_at"))
    return found["newest"] or 0, found["withdrawn"]


def standing() -> QuerySet[HouseRule]:
    """What stands, in the order in which it was decided."""
    return HouseRule.objects.filter(withdrawn_at=None)


def decisions() -> list[Override]:
    """What stands, as the law takes it."""
    found = (as_override(row.name, row.value, row.reason, row.since) for row in standing())
    return [own for own in found if own is not None]


def history(name: str) -> QuerySet[HouseRule]:
    """Every decision about one number, the latest first."""
    return HouseRule.objects.filter(name=name).order_by("-serial")


def serial_of(name: str) -> int:
    """How many decisions there have been about one number, to be sent back with the next."""
    return HouseRule.objects.filter(name=name).aggregate(last=Max("serial"))["last"] or 0
