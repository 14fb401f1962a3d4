"""The indexer: one program that takes changes into the index as they come."""

from __future__ import annotations

import logging
import threading
import time

from django.db import DatabaseError, close_old_connections

from gongkai.search import engines, services
from gongkai.search.engine import Busy, Engine, NotReady

BEAT = 0.2  # seconds between looks at what has changed
VERSIONS = 60.0  # seconds between looks at what changed as a whole
PATIENCE = 5.0  # seconds before it tries again what did not go
log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Until it is told to stop; what fails is said and tried again."""
    while not stop.is_set():
        try:
            _while_all_goes_well(engines.current(), stop)
        except Busy:
            log.info("Another program writes the index; looking again in %s s", PATIENCE)
        except NotReady as error:
            log.warning("The index cannot be written (%s); trying again in %s s", error, PATIENCE)
        except DatabaseError:
            log.exception("The database could not be read; trying again in %s s", PATIENCE)
        close_old_connections()
        stop.wait(PATIENCE)


def _while_all_goes_well(engine: Engine, stop: threading.Event) -> None:
    while not stop.is_set():
        if services.must_rebuild(engine):
            log.info("Making a new index")
            log.info("The new index has %s entries", services.rebuild(engine))
        services.take_new_versions(engine)
        with engine.writer() as writer:
            due = time.monotonic() + VERSIONS
            while not stop.is_set() and time.monotonic() < due and not services.must_rebuild(engine):
                if not services.index_pending(writers=[writer]):
                    close_old_connections()
                    stop.wait(BEAT)


def catch_up(engine: Engine | None = None) -> int:
    """Take in everything that waits, at once; how many. For tests, and for installations that index by the clock."""
    engine = engine or engines.current()
    if services.must_rebuild(engine):
        return services.rebuild(engine)
    services.take_new_versions(engine)
    done = 0
    with engine.writer() as writer:
        while count := services.index_pending(writers=[writer]):
            done += count
    return done
