"""Speed of the applications' desk over 100,000 cases, as ratios against a bare Django page in the same run.

`make bench` prints the median and the 95th percentile of the
list, filters, search and a case page with their query counts, the sweep of the clocks, intake and letters:
first with every case open, then with 95 of 100 ended, as an organ's books are after some years.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

CASES = int(os.environ.get("CASES", "100000"))
BATCH = 2_000
ROUNDS = 40
INTAKE = 200
LETTERS = 20
BARE = "/healthz"
SUBJECTS = (
    "补贴发放标准",
    "征收补偿方案",
    "规划许可",
    "行政处罚",
    "采购合同",
    "会议纪要",
    "预算执行",
    "停车位设置",
    "信访答复",
    "加装电梯",
)
PLACES = ("欧阳路", "曲阳路", "广中路", "嘉兴路", "凉城新村", "四川北路", "北外滩", "江湾镇")


def people() -> tuple[Any, Any]:
    """The directory, and somebody who heads an organ's disclosure office and is its officer too."""
    from gongkai.accounts.enums import Role
    from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
    from gongkai.applications.tests import factories

    factories.organs()
    user = a_person(organ=an_organ(factories.ORGAN))
    for role in (Role.OFFICER, Role.DISCLOSURE_OFFICE, Role.SECTION_CHIEF):
        a_duty(user, role, factories.ORGAN)
    return user, factories.holding(user, Role.OFFICER, Role.DISCLOSURE_OFFICE, Role.SECTION_CHIEF)


def fill(standing: Any, today: date) -> None:
    """One case for each of the last four weeks' days goes through the services; what they wrote is copied."""
    from gongkai.applications.models import Application, Band, Step
    from gongkai.applications.rules.likeness import bands
    from gongkai.applications.tests import factories
    from gongkai.deadlines.models import Clock

    begun = time.perf_counter()
    patterns = [factories.registered(standing, day=today - timedelta(days)) for days in range(1, 28)]
    steps = {row.pk: list(Step.objects.filter(application=row)) for row in patterns}
    clocks = {row.pk: list(Clock.objects.filter(owner_id=str(row.pk))) for row in patterns}
    for first in range(0, CASES - len(patterns), BATCH):
        places = range(first, min(first + BATCH, CASES - len(patterns)))
        made = [(patterns[place % len(patterns)], _copy(patterns[place % len(patterns)], place)) for place in places]
        Application.objects.bulk_create([row for _of, row in made])
        Step.objects.bulk_create(_again(step, application=row) for of, row in made for step in steps[of.pk])
        Clock.objects.bulk_create(_again(clock, owner_id=str(row.pk)) for of, row in made for clock in clocks[of.pk])
        Band.objects.bulk_create(
            Band(application=row, place=n, value=value)
            for _of, row in made
            for n, value in enumerate(bands(row.description))
        )
    print(f"{CASES:,} open cases of one organ, filled in {time.perf_counter() - begun:.0f} s")


def _copy(of: Any, place: int) -> Any:
    words = f"{2015 + place % 10}年{PLACES[place % 8]}街道第{place // 80}号{SUBJECTS[place % 10]}"
    number, name = f"BENCH-{place:06}", f"示例申请人{place}"
    return _again(of, number=number, key=number, code_digest=number, applicant_name=name, description=words)


def _again(of: Any, **changes: object) -> Any:
    """A row like another, not yet kept."""
    fields = {field.attname: getattr(of, field.attname) for field in of._meta.concrete_fields if not field.primary_key}
    if "application" in changes:
        fields.pop("application_id")
    return type(of)(**fields | changes)


def pages(user: Any) -> None:
    """The median and the 95th percentile of each page beside the bare one, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.applications.models import Application

    client = Client()
    client.force_login(user)
    numbers = list(Application.objects.order_by("pk").values_list("number", flat=True)[:: max(1, CASES // ROUNDS)])
    asked: list[tuple[str, Callable[[int], str]]] = [
        ("a bare page", lambda _place: BARE),
        ("list", lambda _place: "/workbench/applications/"),
        ("list, page 900", lambda _place: "/workbench/applications/?page=900"),
        ("list by state", lambda _place: "/workbench/applications/?state=registered"),
        ("list by words", lambda place: f"/workbench/applications/?q={PLACES[place % 8]}街道第{place * 7}号"),
        ("search by words", lambda place: f"/workbench/search/?q={PLACES[place % 8]}街道第{place * 7}号"),
        ("search by number", lambda place: f"/workbench/search/?q={numbers[place % len(numbers)]}"),
        ("the desk", lambda _place: "/workbench/"),
        ("case page", lambda place: f"/workbench/applications/{numbers[place % len(numbers)]}/"),
    ]
    base = 0.0
    print(f"{'page':20} {'p50 ms':>8} {'p95 ms':>8} {'of a bare page':>15} {'queries':>8}")
    for name, address in asked:
        client.get(address(0))
        times = []
        for place in range(ROUNDS):
            begun = time.perf_counter()
            answer = client.get(address(place))
            times.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {address(place)} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address(1))
        middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        base = base or middle
        print(f"{name:20} {middle:8.1f} {high:8.1f} {middle / base:14.1f}x {len(queries):8}")


def end(share: int) -> None:
    """So many of each hundred cases have been answered."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_application SET state = 'closed', closed_on = received_on, counted_on = received_on, "
            "code = 'g1', counted_code = 'g1', next_on = NULL, letter_number = number WHERE id %% 100 < %s AND received_on IS NOT NULL",
            [share],
        )
    print(f"{share} of each 100 cases ended")


def clocks(today: date) -> None:
    """The sweep: on the first day, on a day on which nothing is new, on the next working day."""
    from gongkai.deadlines import services
    from gongkai.deadlines.models import Clock

    open_ = Clock.objects.filter(state="open").count()
    for name, day in (("the first", today), ("again", today), ("a day later", today + timedelta(1))):
        begun = time.perf_counter()
        told = services.sweep(today=day)
        print(f"sweep of {open_:,} open clocks, {name}: {time.perf_counter() - begun:.2f} s, {told:,} told of")


def acts(standing: Any) -> None:
    """Intake and letters, one after the other in one process."""
    from dataclasses import replace

    from gongkai.applications import services
    from gongkai.applications.tests import factories

    begun = time.perf_counter()
    for place in range(INTAKE):
        draft = replace(factories.DRAFT, description=f"第{place}号示例信息")
        services.submit(draft=draft, key=f"bench-submission-{place:06}")
    took = time.perf_counter() - begun
    print(f"{INTAKE} applications taken in: {INTAKE / took:,.0f} a second")
    took = _letters(standing)
    print(f"{LETTERS} replies signed, made as Word and PDF and kept: {LETTERS * 60 / took:,.0f} a minute")


def _letters(standing: Any) -> float:
    from gongkai.accounts.enums import Role
    from gongkai.applications import services
    from gongkai.applications.tests import factories

    chief = factories.holding(factories.person(), Role.DISCLOSURE_OFFICE)
    ready = [factories.reviewed(factories.decided(standing)) for _each in range(LETTERS)]
    begun = time.perf_counter()
    for row in ready:
        key = f"bench-sign-{row.pk:06}"
        services.sign(pk=row.pk, by=chief, version=row.version, key=key, user_id=chief.user_id, today=date(2025, 9, 29))
    return time.perf_counter() - begun


def settings(folder: str) -> Iterator[tuple[str, str]]:
    """A place of its own."""
    yield "GONGKAI_ENV", "demo"
    yield "GONGKAI_DATA_DIR", folder
    yield "DATABASE_URL", os.environ.get("DATABASE_URL", "")
    yield "DJANGO_SETTINGS_MODULE", "gongkai.config.settings"


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ |= dict(settings(folder))
        import django
        from django.conf import settings as used
        from django.core.management import call_command

        django.setup()
        used.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        kind = os.environ["DATABASE_URL"].partition(":")[0] or "sqlite"
        print(f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, {kind}")
        today = date.today()  # noqa: DTZ011 - the pages ask for the day themselves
        user, standing = people()
        fill(standing, today)
        pages(user)
        clocks(today)
        acts(standing)
        end(95)
        pages(user)
    return 0


if __name__ == "__main__":
    sys.exit(main())
