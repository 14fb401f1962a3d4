"""Work by the clock. The task may run again without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import services


@task()
def forget_old() -> int:
    """Forget what was asked and answered longer ago than the setting says; how many."""
    return services.forget_old(now=timezone.now())
