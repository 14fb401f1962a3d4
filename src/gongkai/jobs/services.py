"""The acts of the scheduler: fire what is due, take up what was lost."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.jobs import rules, selectors
from gongkai.jobs.models import Tick

LEASE = timedelta(minutes=15)  # longer than the longest task; a task running longer than this is taken for lost
ATTEMPTS = 3
RETRY_WITHIN = timedelta(days=1)  # a failure older than this is history, not work
KEPT = timedelta(days=14)  # how long the results of finished tasks and the slots of the schedule stay


def fire_due(*, now: datetime) -> list[str]:
    """Queue each job whose slot has come; return the names of those this call queued.

    A job seen for the first time is not run for slots before it was declared; one missed slot is caught up.
    """
    local = timezone.localtime(now)
    fired = []
    for job in selectors.scheduled():
        last = selectors.last_fired(job.name)
        if last is None:
            _claim(job.name, rules.latest_slot(job.cron, local))
            continue
        slot = rules.latest_due(job.cron, timezone.localtime(last), local)
        if slot is not None and fire(job=job, slot=slot):
            fired.append(job.name)
    return fired


def fire(*, job: rules.Job, slot: datetime) -> bool:
    """Queue `job` for `slot`; False if another scheduler has done it. Queue and claim stand or fall together."""
    with transaction.atomic():
        if not _claim(job.name, slot):
            return False
        import_string(job.task).enqueue()
    return True


def _claim(name: str, slot: datetime) -> bool:
    try:
        with transaction.atomic():
            Tick.objects.create(name=name, slot=slot)
    except IntegrityError:
        return False
    return True


def reap(*, now: datetime) -> int:
    """Put tasks whose worker died back in the queue, or call them failed after three attempts; return how many.

    Tasks are idempotent: one that was killed late may run again. The conditional update lets one reaper win.
    """
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LEASE)
    count = 0
    for task in lost:
        again = len(task.worker_ids) < ATTEMPTS
        fields = (
            {"status": TaskResultStatus.READY, "run_after": now}
            if again
            else {
                "status": TaskResultStatus.FAILED,
                "finished_at": now,
                "traceback": f"The worker died {ATTEMPTS} times during this task.",
            }
        )
        count += DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        ).update(**fields)
    return count


def retry(*, now: datetime) -> int:
    """Put failed tasks back in the queue, each after a longer pause than the last; return how many.

    Tasks are idempotent. One that was given up stays failed, with its traceback, and shows in the metrics.
    """
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=now - RETRY_WITHIN)
    count = 0
    for task in failed.only("pk", "worker_ids", "finished_at", "status"):
        pause = rules.pause(len(task.worker_ids))
        if pause is None or task.finished_at is None or task.finished_at + pause > now:
            continue
        count += DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.FAILED, finished_at=task.finished_at
        ).update(status=TaskResultStatus.READY, run_after=now, finished_at=None)
    return count


def tidy(*, now: datetime) -> int:
    """Forget what has long been done: results of tasks that succeeded, and slots but the last of each job."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEPT)
    count, _of = done.delete()
    latest = Tick.objects.values("name").annotate(last=Max("slot")).values("last")
    Tick.objects.filter(slot__lt=now - KEPT).exclude(slot__in=latest).delete()
    return count
