"""Work by the clock. It may run again without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import services


@task()
def forget_rare_terms() -> int:
    """Words that too few asked for."""
    return services.forget_rare(today=timezone.localdate())
