"""Scheduled work of this context. Each task may run again without harm."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def keep_letters() -> int:
    """Make the files of letters that have been signed since, and keep them; how many letters were kept."""
    return services.keep_letters()
