"""Requests are counted by client and minute, for all processes together."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.idp.oidc.models import Token
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.clients.models import Client, Minute
from gongkai.clients.rules import TooMany, minute_of

KEPT = timedelta(hours=1)


def count_request(*, client: Client, now: datetime | None = None) -> None:
    """Count one request. Raises `TooMany` when the client's minute is full."""
    moment = now or timezone.now()
    minute = minute_of(moment)
    mine = Minute.objects.filter(client=client, minute=minute)
    with transaction.atomic():
        Minute.objects.get_or_create(client=client, minute=minute)
        mine.update(requests=F("requests") + 1)
        count = mine.values_list("requests", flat=True).get()
    if count > client.per_minute:
        text = _("每分钟最多 %(most)d 次请求。请稍候再发，间隔写在 Retry-After 中。") % {"most": client.per_minute}
        raise TooMany(text, 60 - moment.second)


def tidy(*, now: datetime | None = None) -> int:
    """Forget counts of minutes gone by, and tokens that have run out; how many."""
    moment = now or timezone.now()
    counts, _of = Minute.objects.filter(minute__lt=moment - KEPT).delete()
    tokens, _of = Token.objects.filter(expires_at__lt=moment).delete()
    return int(counts + tokens)
