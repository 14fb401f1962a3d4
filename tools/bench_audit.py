"""Speed of the audit chain, as ratios against the same rows without it, measured in one run.

`make bench` prints appends a second by 1 and by 8 processes beside plain inserts of the same row into the same table,
and the verification of a long chain beside reading its rows; on SQLite in a folder of its own, and where PostgreSQL is
installed on that too. `make bench ROWS=1000000` makes the chain longer. A DATABASE_URL must name an empty database.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime

WRITERS = (1, 8)
SECONDS = 4.0  # of each measurement
BATCH = 5_000


def write(way: str) -> int:
    """Say that this process is ready, wait for the word, and write rows for SECONDS; return how many."""
    from django.utils import timezone

    from gongkai.audit.models import Entry, Head
    from gongkai.audit.rules import SYSTEM
    from gongkai.audit.services import record

    Head.objects.first()  # opens the database
    print("ready", flush=True)
    sys.stdin.readline()
    count, end = 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        if way == "chained":
            record(act="bench.append", actor=SYSTEM, object_kind="bench", object_id=count, facts={"place": count})
        else:
            Entry.objects.create(
                chain=f"plain-{os.getpid()}", seq=count, at=timezone.now(), actor_kind=str(SYSTEM.kind),
                act="bench.append", object_kind="bench", object_id=str(count), facts=f'{{"place":{count}}}',
                previous="0" * 64, digest="0" * 64,
            )  # fmt: skip
        count += 1
    return count


def rate(way: str, writers: int) -> float:
    """Rows a second of so many processes at one time."""
    command = [sys.executable, "-m", "tools.bench_audit", "--write", way]
    found = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(writers)
    ]
    if any(process.stdout is None or process.stdout.readline() != "ready\n" for process in found):
        raise SystemExit("A writer did not start: its own words are above.")
    for process in found:
        if process.stdin is not None:
            process.stdin.write("go\n")
            process.stdin.flush()
    counts = [int(process.communicate()[0] or 0) for process in found]
    if any(process.returncode for process in found):
        raise SystemExit("A writer failed: the figures would mean nothing.")
    return sum(counts) / SECONDS


def appends() -> None:
    """Rows a second with and without the chain."""
    print(f"{'writers':>9} {'chained/s':>11} {'plain/s':>9} {'of plain':>9}")
    for writers in WRITERS:
        chained, plain = rate("chained", writers), rate("plain", writers)
        print(f"{writers:9} {chained:11,.0f} {plain:9,.0f} {chained / plain:9.2f}")


def fill(rows: int) -> None:
    """A chain of so many links beside the others, sealed as `record` seals them, written in bulk."""
    from gongkai.audit import rules
    from gongkai.audit.models import Entry, Head

    link = rules.Link("long", 0, datetime(2026, 1, 5, tzinfo=UTC), rules.SYSTEM, "bench.append", "", "bench", "1", "",
                      '{"place":1}', "")  # fmt: skip
    batch, digest = [], ""
    for seq in range(1, rows + 1):
        link = replace(link, seq=seq, previous=digest)
        digest = rules.seal(link)
        batch.append(
            Entry(chain="long", seq=seq, at=link.at, actor_kind=str(link.actor.kind), act=link.act, object_kind="bench",
                  object_id="1", facts=link.facts, previous=link.previous, digest=digest)
        )  # fmt: skip
        if len(batch) == BATCH or seq == rows:
            Entry.objects.bulk_create(batch)
            batch.clear()
    Head.objects.create(chain="long", seq=rows, digest=digest)


def verifying(rows: int) -> None:
    """Seconds to verify a chain, beside reading the same rows."""
    from gongkai.audit import selectors
    from gongkai.audit.models import Entry, Head

    fill(rows)
    begun = time.perf_counter()
    fields = selectors.FIELDS
    read = sum(1 for _ in Entry.objects.order_by("chain", "seq").values_list(*fields).iterator(chunk_size=BATCH))
    reading = time.perf_counter() - begun
    begun = time.perf_counter()
    faults = [found for found in selectors.verify() if found.chain in Head.objects.values_list("chain", flat=True)]
    took = time.perf_counter() - begun
    if faults:
        raise SystemExit(f"The chain does not hold: {faults[0]}")
    print(f"{read:,} rows: verified in {took:.1f} s, read alone in {reading:.1f} s; {took / reading:.1f} times")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", choices=("chained", "plain"))
    options = parser.parse_args()
    os.environ |= {"GONGKAI_ENV": "demo", "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    import django

    if options.write:
        django.setup()
        print(write(options.write))
        return 0
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ["GONGKAI_DATA_DIR"] = folder
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        where = os.environ.get("DATABASE_URL", "").partition(":")[0] or "sqlite"
        print(
            f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, {where}"
        )
        print(f"Method: {SECONDS:g} s each, one run; a writer is a process with one transaction a row")
        verifying(options.rows)
        appends()
    return 0


if __name__ == "__main__":
    sys.exit(main())
