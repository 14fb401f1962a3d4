"""The one act of the night: throw away what has served."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.accounts.models import FactorSecret, KeptForm, OpenSession, SpentCode, Tries

from .factors import REMEMBERED

A_DAY = timedelta(days=1)  # a secret younger than this may be about to be used


def tidy() -> int:
    """Delete run-out sessions, typed forms, counts of failures and secrets nothing uses; returns how many rows.

    May be run at any time and again.
    """
    now = timezone.now()
    oldest = now - settings.SIGN_IN.limits.longest
    used = [
        value
        for data in Authenticator.objects.values_list("data", flat=True)
        for value in (data.get("secret"), data.get("seed"))
        if value
    ]
    gone = (
        Session.objects.filter(expire_date__lt=now),
        OpenSession.objects.filter(started_at__lt=oldest),
        KeptForm.objects.filter(kept_until__lt=now),
        Tries.objects.filter(last_at__lt=now - A_DAY).exclude(locked_until__gt=now),
        SpentCode.objects.filter(spent_at__lt=now - REMEMBERED),
        FactorSecret.objects.filter(made_at__lt=now - A_DAY).exclude(pk__in=used),
    )
    return sum(rows.delete()[0] for rows in gone)
