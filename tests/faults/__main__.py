"""One run: `python -m tests.faults KILLS SEED [SUBJECT …]` prints its figures and findings as JSON."""

import json
import os
import random
import socket
import sys
import threading
import time
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"

import django

if TYPE_CHECKING:
    from .workload import Work

AT_ONCE = {"applications": 3, "library": 2, "piles": 1, "retention": 1}  # people of each kind of work
SUBJECTS = {"applications": ["applications", "retention"], "library": ["library", "piles"]}
MINUTES = timedelta(minutes=10)  # that have passed when all has come to rest


def main(kills: int, seed: int, subjects: Collection[str]) -> None:
    """Prepare, kill while work comes in, let everything come to rest, and count."""
    from django.core.management import call_command

    from . import ageing, cases, releases
    from .findings import findings
    from .programs import kill_at_random, running
    from .workload import Work, keep_busy, people

    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    chance, stop = random.Random(seed), threading.Event()
    work = Work(_free_port(), people())
    does = {
        "applications": cases.see_through,
        "retention": ageing.see_through,
        "library": releases.see_through,
        "piles": releases.see_piles_through,
    }
    clients = [
        threading.Thread(target=keep_busy, args=(work, stop, does[kind], first, AT_ONCE[kind]))
        for subject in subjects
        for kind in SUBJECTS[subject]
        for first in range(1, AT_ONCE[kind] + 1)
    ]
    prepared = time.monotonic()
    with running(work.port, chance) as doomed:
        for client in clients:
            client.start()
        try:
            killed, ended = kill_at_random(doomed, kills, chance)
        finally:
            stop.set()
        for client in clients:
            client.join()
    stopped = time.monotonic()
    rest = _come_to_rest()
    rested = time.monotonic()
    found = [*findings(work), *(f"{name} ended by itself {times} times" for name, times in ended.items())]
    seconds = {"prepared": prepared - begun, "killing": stopped - prepared, "at rest": rested - stopped}
    rounded = {name: round(value, 1) for name, value in seconds.items()}
    json.dump(
        {"seconds": rounded, "killed": killed, **_figures(work), **rest, "findings": found},
        sys.stdout,
        ensure_ascii=False,
    )


def _come_to_rest() -> dict[str, int]:
    """As if hours went by: nobody is killed any more, what was lost is taken up, and what failed is tried again."""
    from django.utils import timezone

    from gongkai.applications import services as cases
    from gongkai.catalogue import services as library
    from gongkai.jobs import rules, services
    from gongkai.notifications import delivery
    from gongkai.search import indexer

    from .programs import drain

    services.LEASE = delivery.LEASE = timedelta(0)
    rules.PAUSES = (timedelta(0),) * 3
    taken_up = tried_again = 0
    while True:
        drain()
        cases.dispose(today=timezone.localdate())
        lost, failed = services.reap(now=timezone.now()), services.retry(now=timezone.now())
        taken_up, tried_again = taken_up + lost, tried_again + failed
        if not lost + failed:
            break
    unknown = delivery.look_after_lost()
    delivery.deliver_due()
    minute = library.release_scheduled(now=timezone.now() + MINUTES)
    indexed = indexer.catch_up()
    tasks = {"taken up at rest": taken_up, "tried again at rest": tried_again, "senders died": unknown}
    return {**tasks, "released at rest": minute, "indexed at rest": indexed}


def _figures(work: "Work") -> dict[str, int]:
    from django_tasks_db.models import DBTaskResult

    from gongkai.audit.models import Entry
    from gongkai.catalogue.models import Item
    from gongkai.jobs.models import Tick
    from gongkai.notifications.models import Outgoing

    claims = [len(ids) for ids in DBTaskResult.objects.values_list("worker_ids", flat=True)]
    return {
        **{subject: len(keys) for subject, keys in work.wanted.items()},
        "acts": sum(len(acts) for keys in work.wanted.values() for acts in keys.values()),
        "items released": Item.objects.filter(public=True).count(),
        "requests cut off": work.cut,
        "entries": Entry.objects.count(),
        "tasks": len(claims),
        "tasks killed and taken up": sum(claims) - len(claims),
        "slots": Tick.objects.count(),
        "notices": Outgoing.objects.count(),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(SUBJECTS))
