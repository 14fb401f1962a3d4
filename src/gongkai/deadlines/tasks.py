"""Background work of this context: both may run again at any time."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from gongkai.kernel import bus

from . import selectors, services
from .events import CalendarMissing
from .rules.clocks import missing_year

log = logging.getLogger(__name__)


@task()
def sweep_clocks() -> int:
    """Tell of clocks that have become due soon, urgent or overdue; returns how many."""
    return services.sweep(today=timezone.localdate())


@task()
def ask_for_next_calendar() -> int:
    """From the day set for it, tell that the next year's notice is missing; returns that year, or 0."""
    today = timezone.localdate()
    year = missing_year(today, selectors.calendar())
    if year:
        log.warning("The notice for %s has not been imported; due dates in that year are provisional", year)
        bus.publish(CalendarMissing(year, today))
    return year
