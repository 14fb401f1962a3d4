"""Guessing of query codes is made slow: per number, and per address from which the guesses come."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.applications.models import WrongTry
from gongkai.privacy.digests import blind

WINDOW = timedelta(minutes=15)
MOST_PER_NUMBER = 10
MOST_PER_ADDRESS = 50  # an office or a library has one address for many people


def may_try(*, number: str, address: str) -> bool:
    """Whether another try is answered: fewer wrong ones than the limits within the last quarter of an hour."""
    since = timezone.now() - WINDOW
    limits = ((f"number:{number}", MOST_PER_NUMBER), (f"address:{address}", MOST_PER_ADDRESS))
    return all(
        WrongTry.objects.filter(subject=blind(subject), at__gte=since)[:most].count() < most for subject, most in limits
    )


def note_wrong_try(*, number: str, address: str) -> None:
    """Remember a wrong try, and forget those that no longer count."""
    WrongTry.objects.bulk_create(WrongTry(subject=blind(of)) for of in (f"number:{number}", f"address:{address}"))
    WrongTry.objects.filter(at__lt=timezone.now() - WINDOW).delete()
