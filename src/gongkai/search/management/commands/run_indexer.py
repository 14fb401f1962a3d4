"""`gongkai manage run_indexer`: take changes into the search index, until told to stop."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.search import indexer


class Command(BaseCommand):
    """One of them writes; a second waits until the first has gone."""

    help = "Take changes into the search index as they come."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="take in what waits and end, for use from cron")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            indexer.catch_up()
            return
        stop = threading.Event()

        def stopping(signum: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, stopping)
        signal.signal(signal.SIGINT, stopping)
        indexer.run(stop)
