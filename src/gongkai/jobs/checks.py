"""A job that could not run is refused when the program starts, not at three in the night."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string
from django_tasks.base import Task

from gongkai.jobs import rules, selectors


@register
def scheduled_jobs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each job of SCHEDULE has a name of its own, a cron line, and a task."""
    jobs = selectors.scheduled()
    found: list[CheckMessage] = []
    if len({job.name for job in jobs}) < len(jobs):
        found.append(Error("Two jobs of SCHEDULE share a name.", hint="Give each its own.", id="jobs.E003"))
    for job in jobs:
        if not rules.is_cron(job.cron):
            found.append(
                Error(
                    f"SCHEDULE: {job.name} has the cron line {job.cron!r}.",
                    hint="Write five fields: minute hour day month weekday, for example 30 2 * * *.",
                    id="jobs.E001",
                )
            )
        if not _is_task(job.task):
            found.append(
                Error(
                    f"SCHEDULE: {job.name} names {job.task}, which is not a task.",
                    hint="Name a function decorated with django_tasks.task.",
                    id="jobs.E002",
                )
            )
    return found


def _is_task(path: str) -> bool:
    try:
        return isinstance(import_string(path), Task)
    except ImportError:
        return False
