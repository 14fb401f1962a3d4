"""Makes the scheduler look often, and take a task for lost after seconds, in every program of a run."""

import os
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


def up(group: int) -> Path:
    """The file that is there once a program of this process group is at work: it has opened the database."""
    return Path(settings.DATA_DIR) / f"up-{group}"


class FaultsConfig(AppConfig):
    """Installed by tests/faults/settings.py alone."""

    name = "tests.faults"

    def ready(self) -> None:
        """Shorten the waits; what is done after them stays as it is."""
        from gongkai.jobs import services
        from gongkai.jobs.management.commands import run_schedule

        run_schedule.INTERVAL = 0.05  # type: ignore[assignment]
        services.LEASE = timedelta(seconds=6)
        connection_created.connect(_at_work)


def _at_work(**_told: object) -> None:
    up(os.getpgrp()).touch()
