"""Records of the demo: the sample items of the last twelve months, told by the channels on the day they bear."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction

from gongkai.catalogue import selectors as library

from . import selectors, services


def load(*, today: date) -> int:
    """How many were told. What has been told already is not told again."""
    since = today - relativedelta(months=12)
    rows = library.public().filter(published_on__gt=since, published_on__lte=today).order_by("published_on", "pk")
    told = 0
    with transaction.atomic():
        for pk, on in rows.values_list("pk", "published_on"):
            if selectors.last_of(pk) is None and services.released(item=pk, on=on or today):
                told += 1
    return told
