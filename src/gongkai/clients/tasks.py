"""Scheduled work of this context. Each task may run again without harm."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def tidy_clients() -> int:
    """Forget counts and tokens that tell nothing any more; how many rows."""
    return services.tidy()


@task()
def deliver_told() -> dict[str, int]:
    """Send clients the news that is due; how many by what came of them."""
    return services.deliver_told()
