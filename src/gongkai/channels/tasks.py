"""Work by the clock. Each task may run again without harm."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def deliver() -> dict[str, int]:
    """Send receivers what is due, stocks a page ahead of it; how many by what came of them."""
    services.queue_stock()
    return services.deliver()
