"""Scheduled work of this context. Each task may run again without harm."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.workflow.rules import Refused

from . import services


@task()
def keep_letters() -> int:
    """Make the files of letters that have been signed since, and keep them; how many letters were kept."""
    return services.keep_letters()


@task()
def screen_given(pk: int) -> int:
    """Look through what is given with a proposed reply, so that who signs it finds it done; how many files."""
    try:
        return services.screen_given(services.case_of(pk))
    except Refused:  # what stands against it is told to whoever opens the check or signs
        return 0


@task()
def seal_signed() -> int:
    """Seal the replies that have been signed since; how many."""
    return services.seal_signed(today=timezone.localdate())


@task()
def end_consultations() -> int:
    """Go on with cases whose consultations have all been answered or have run out; how many."""
    return services.end_consultations(today=timezone.localdate())


@task()
def catch_up() -> int:
    """Start the clocks of cases that have none yet; how many."""
    return services.catch_up(today=timezone.localdate())


@task()
def dispose() -> int:
    """Go on with the lists of cases whose people are to be forgotten; how many cases were."""
    return services.dispose(today=timezone.localdate())


@task()
def tell_of_retention() -> int:
    """Tell each disclosure office which cases have been kept long enough; how many organs."""
    return services.tell_of_retention(today=timezone.localdate())


@task()
def drop_links() -> int:
    """Forget yesterday's links to one's own applications; how many."""
    return services.drop_links(now=timezone.now())


@task()
def drop_drafts() -> int:
    """Forget applications that were filled in and not submitted for longer than the setting says; how many."""
    return services.drop_drafts(now=timezone.now())
