"""Background work of this context."""

from __future__ import annotations

from django_tasks import task

from .services.tidying import tidy


@task()
def tidy_accounts() -> int:
    """Throw away run-out sessions, typed forms and counts; returns how many rows. Safe to run again at any time."""
    return tidy()
