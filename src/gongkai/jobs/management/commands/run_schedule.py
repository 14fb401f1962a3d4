"""`gongkai manage run_schedule`: fire scheduled work and take up lost tasks, until told to stop."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from gongkai.jobs import services

INTERVAL = 20  # seconds between looks at the clock
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """The scheduler; any number may run, each slot is fired once."""

    help = "Fire scheduled work when its time comes and take up tasks whose worker died."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end, for use from cron")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            look()
            return
        stop = threading.Event()

        def stopping(signum: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, stopping)
        signal.signal(signal.SIGINT, stopping)
        while not stop.is_set():
            try:
                look()
            except DatabaseError:  # the database may be restarting: say so and look again
                log.exception("The schedule could not be read; trying again in %s s", INTERVAL)
            close_old_connections()
            stop.wait(INTERVAL)


def look() -> None:
    """One look at the clock."""
    now = timezone.now()
    for name in services.fire_due(now=now):
        log.info("Queued the scheduled job %s", name)
    lost = services.reap(now=now)
    if lost:
        log.warning("Took up %s task(s) whose worker died", lost)
    again = services.retry(now=now)
    if again:
        log.warning("Trying %s failed task(s) again", again)
