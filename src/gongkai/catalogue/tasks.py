"""Work by the clock. Each task may run again without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import services


@task()
def sweep_validity() -> int:
    """Documents that begin, lapse or are repealed today."""
    return services.sweep(today=timezone.localdate())


@task()
def read_attachments() -> int:
    """The words of files that were released since, for the search."""
    return services.read_attachments()


@task()
def check_batch(pk: int) -> None:
    """Look a table of drafts over."""
    services.check(pk=pk, today=timezone.localdate())


@task()
def take_batch(pk: int) -> None:
    """Take a table of drafts in that was confirmed."""
    services.take(pk=pk, today=timezone.localdate())


@task()
def remind() -> int:
    """Normative documents whose term ends soon: whoever looks after one hears of each step once."""
    return services.remind(today=timezone.localdate())


@task()
def release_scheduled() -> int:
    """What its minute has come for."""
    return services.release_scheduled(now=timezone.now())
