"""What is scheduled, and what has been fired."""

from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, F, Max, Min, When
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from gongkai.jobs.models import Tick
from gongkai.jobs.rules import Job


def scheduled() -> list[Job]:
    """The jobs that the settings declare."""
    return [Job(*entry) for entry in settings.SCHEDULE]


def last_fired(name: str) -> datetime | None:
    """The latest fired slot of a job; None if it was never fired."""
    return Tick.objects.filter(name=name).order_by("-slot").values_list("slot", flat=True).first()


def last_slots() -> dict[str, datetime]:
    """The latest fired slot of each job that was ever fired and is still declared."""
    names = [job.name for job in scheduled()]
    rows = Tick.objects.filter(name__in=names).order_by("name").values_list("name")
    return dict(rows.annotate(last=Max("slot")))


def tasks_by_status() -> dict[str, int]:
    """How many background tasks stand in each status, by its name in lower case."""
    rows = dict(DBTaskResult.objects.order_by().values_list("status").annotate(count=Count("pk")))
    return {status.lower(): rows.get(status, 0) for status in TaskResultStatus.values}


def waiting_since() -> datetime | None:
    """Since when the task that waits longest could have been run; None when none waits."""
    could_run = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    since: datetime | None = DBTaskResult.objects.ready().order_by().aggregate(since=Min(could_run))["since"]
    return since
