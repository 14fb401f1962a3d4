"""Background work of this context."""

from __future__ import annotations

from django_tasks import task

from .models import Report
from .services import recheck


@task()
def recheck_shelf() -> int:
    """Check every published report afresh, oldest first; returns how many. Safe to run again at any time."""
    done = 0
    for pk in Report.objects.order_by("year", "pk").values_list("pk", flat=True):
        report = Report.objects.filter(pk=pk).first()
        if report is not None:
            recheck(report=report)
            done += 1
    return done
