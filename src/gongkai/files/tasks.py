"""Background work of this context; each may run again at any time."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def scan_waiting() -> dict[str, int]:
    """Ask the virus scanner about what waits for it."""
    return services.scan_waiting()


@task()
def sweep() -> dict[str, int]:
    """Take away what nothing needs."""
    return services.sweep()


@task()
def make_previews() -> int:
    """Make the pictures of files that came since."""
    return services.make_waiting_previews()
