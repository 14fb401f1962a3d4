"""Speed of counting due dates and of moving open clocks, as ratios measured in one run.

`make bench` prints the time for 100,000 due dates with and without their working, beside a loop that walks day by day
with the package chinesecalendar; then the time to preview and to apply a notice over 100,000 open clocks, and to sweep
them.
"""

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

from gongkai.deadlines.rules import due, shipped_calendar

ROUNDS = 3
NUMBER = 100_000
WALKED = 2_000  # the loop is slow: so many are walked, and the time is scaled
WORKING_DAYS = 20
BATCH = 2_000
RNG = random.Random  # seeded: the same days every time


def starts(number: int) -> list[date]:
    """Days of receipt over the years of the Regulations; the same every time."""
    chance = RNG(1)
    return [date(2019, 5, 15) + timedelta(chance.randrange(2_700)) for _ in range(number)]


def walk(start: date) -> date:
    """What anybody would write: day by day until twenty working days are counted."""
    day, left = start, WORKING_DAYS
    while left:
        day += timedelta(1)
        left -= chinese_calendar.is_workday(day)
    return day


def seconds(act: Callable[[], object]) -> float:
    """The median of several runs."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def counting() -> None:
    """100,000 due dates."""
    calendar, days = shipped_calendar(), starts(NUMBER)
    if [due(day, WORKING_DAYS, calendar).due_on for day in days[:WALKED]] != [walk(day) for day in days[:WALKED]]:
        raise SystemExit("The index and the walk do not agree: the times would mean nothing.")

    def plain() -> None:
        for day in days:
            due(day, WORKING_DAYS, calendar)

    def working() -> None:
        for day in days:
            _ = due(day, WORKING_DAYS, calendar).working

    def walking() -> None:
        for day in days[:WALKED]:
            walk(day)

    base = seconds(walking) * NUMBER / WALKED
    print(f"{NUMBER:,} due dates of {WORKING_DAYS} working days   seconds  times as fast as walking")
    for name, took in (
        ("by walking day by day", base),
        ("without working", seconds(plain)),
        ("with working", seconds(working)),
    ):
        print(f"  {name:30} {took:13.2f} {base / took:10.0f}")


def clocks() -> None:
    """100,000 open clocks: fill, preview, apply, sweep."""
    from django.core.management import call_command

    from gongkai.audit.rules import SYSTEM
    from gongkai.deadlines import selectors, services
    from gongkai.deadlines.models import Clock
    from gongkai.deadlines.rules.clocks import Thresholds
    from gongkai.deadlines.tests.factories import a_notice

    call_command("migrate", verbosity=0)
    services.seed(by=SYSTEM)
    today, calendar = date(2026, 11, 24), selectors.calendar()
    thresholds = Thresholds.on(today)
    rows = []
    for place in range(NUMBER):
        found = due(date(2026, 11, 30) + timedelta(place % 60), WORKING_DAYS, calendar)
        alert = thresholds.next_alert(thresholds.stage(today, found.due_on, calendar), found.due_on, calendar)
        rows.append(
            Clock(owner_kind="bench", owner_id=str(place), organ="finance", name="reply", starts_on=found.start,
                  working_days=WORKING_DAYS, due_on=found.due_on, provisional=found.provisional, alert_on=alert,
                  calendar=calendar.stamp)
        )  # fmt: skip
    Clock.objects.bulk_create(rows, batch_size=BATCH)
    notice = a_notice(off=("01-01", "01-04", "02-05", "02-08", "02-09", "02-10", "02-11"), worked=("01-09",))
    begun = time.perf_counter()
    moved = len(selectors.preview(notice).moves)
    print(f"{NUMBER:,} open clocks: preview of a notice {time.perf_counter() - begun:.1f} s, {moved:,} would move")
    row = services.propose_notice(notice=notice, by=SYSTEM)
    begun = time.perf_counter()
    services.apply_notice(pk=row.pk, version=selectors.version_of(2027), by=SYSTEM, today=today)
    print(
        f"{NUMBER:,} open clocks: recomputed and {moved:,} moved in {time.perf_counter() - begun:.1f} s, in one transaction"
    )
    for day, name in ((date(2026, 12, 1), "nothing to tell"), (date(2027, 6, 1), "every one overdue")):
        begun = time.perf_counter()
        told = services.sweep(today=day)
        print(f"{NUMBER:,} open clocks: sweep, {name}: {time.perf_counter() - begun:.2f} s, {told:,} told of")


def main() -> int:
    """Measure and print."""
    print(f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}")
    print(f"Method: medians of {ROUNDS} runs; clocks on SQLite, one run")
    counting()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ |= {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": folder, "DATABASE_URL": "",
                       "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}  # fmt: skip
        import django

        django.setup()
        clocks()
    return 0


if __name__ == "__main__":
    sys.exit(main())
