"""Background work of this context; each may run again at any time."""

from __future__ import annotations

from django_tasks import task

from . import services
from .models import File


@task()
def scan_waiting() -> dict[str, int]:
    """Ask the virus scanner about what waits for it."""
    return services.scan_waiting()


@task()
def sweep() -> dict[str, int]:
    """Take away what nothing needs."""
    return services.sweep()


@task()
def make_previews(file_id: str) -> int:
    """Make the pictures of a file's pages; 0 when it is gone."""
    file = File.objects.select_related("blob").filter(pk=file_id).first()
    return services.make_previews(file=file) if file else 0
