"""Scheduled work of the schedule itself."""

from django.utils import timezone
from django_tasks import task

from gongkai.jobs import services


@task()
def tidy() -> int:
    """Forget what has long been done; doing it twice changes nothing."""
    return services.tidy(now=timezone.now())
