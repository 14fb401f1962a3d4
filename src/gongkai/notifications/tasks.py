"""Background work of this context; each may run again at any time."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def deliver_due() -> dict[str, int]:
    """Look after notices whose sender died, then send what is due."""
    services.look_after_lost()
    return services.deliver_due()
