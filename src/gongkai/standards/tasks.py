"""Work by the clock. It may run again without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import services


@task()
def sweep_catalogues() -> int:
    """Rows that turn amber or red today."""
    return services.sweep(today=timezone.localdate())
