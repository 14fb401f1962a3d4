"""What came of suggestions is counted, without a word about whom they were shown to."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from gongkai.applications.models import Suggestion


def note_shown(*, organ: str, count: int, today: date, before: int | None = None) -> int:
    """That so many were shown; shown again in the same form, it counts once. Its key."""
    row = Suggestion.objects.filter(pk=before).first() if before else None
    if row is None:
        row = Suggestion(on=today)
    row.organ, row.shown = organ, count
    row.save()
    return row.pk


def note_opened(*, suggestion: int) -> None:
    """That one was opened."""
    Suggestion.objects.filter(pk=suggestion).update(opened=F("opened") + 1)


def note_end(*, suggestion: int, submitted: bool) -> None:
    """That an application was submitted all the same, or that what was shown was enough."""
    Suggestion.objects.filter(pk=suggestion).update(submitted=submitted, enough=not submitted)
