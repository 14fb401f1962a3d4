"""What the desk asks of the library."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.rules import Standing
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules import numbers

from . import MAKERS


def of_desk(standing: Standing) -> QuerySet[Item]:
    """The items of the organs for which somebody makes or reviews them, public or not, without their texts."""
    own = standing.organs_where(*MAKERS)
    found = Item.objects.filter(organ__code__in=own).select_related("organ", "course", "drafted_by")
    return found.defer("body", "anchors").order_by("-changed_at", "-pk")


def item(standing: Standing, pk: int) -> Item | None:
    """One of them, whole."""
    own = standing.organs_where(*MAKERS)
    found = Item.objects.filter(pk=pk, organ__code__in=own)
    return found.select_related("organ", "drafted_by", "translation_of", "redirect_to").first()


def listed(standing: Standing, *, state: str = "", words: str = "") -> QuerySet[Item]:
    """Those in a state, or whose title or number has the words."""
    found = of_desk(standing)
    if state:
        found = found.filter(state=state)
    if words:
        number = numbers.parse(words)
        named = Q(title__icontains=words) | Q(index_number=words)
        found = found.filter(named | Q(number_key=number.key) if number else named)
    return found


def counts(standing: Standing) -> dict[str, int]:
    """How many there are in each state."""
    own = standing.organs_where(*MAKERS)
    rows = Item.objects.filter(organ__code__in=own).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)
