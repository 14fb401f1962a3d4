"""What is scheduled, and what has been fired."""

from datetime import datetime

from django.conf import settings

from gongkai.jobs.models import Tick
from gongkai.jobs.rules import Job


def scheduled() -> list[Job]:
    """The jobs that the settings declare."""
    return [Job(*entry) for entry in settings.SCHEDULE]


def last_fired(name: str) -> datetime | None:
    """The latest fired slot of a job; None if it was never fired."""
    return Tick.objects.filter(name=name).order_by("-slot").values_list("slot", flat=True).first()
