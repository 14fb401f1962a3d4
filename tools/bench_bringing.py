"""Speed of tables of drafts at the desk: a table of permits as CSV and as a workbook, looked over, taken in, and again.

    .venv/bin/python -m tools.bench_bringing 20000

For each form: seconds and queries to look it over and to take it in, the same table again, and the most memory the process
had. In one process on an empty SQLite database of its own; `DATABASE_URL` names another one.
"""

import argparse
import cProfile
import os
import pstats
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

TODAY = date(2026, 11, 16)
HEADS = (
    *("信息类别", "标题", "发文机关", "成文日期", "公开属性", "正文", "key"),
    *("许可事项", "许可决定文书号", "行政相对人", "许可决定日期", "有效期至"),
)
SENTENCE = "经审查，申请材料齐全，符合示例事项的法定条件，准予许可；被许可人应当在许可范围内活动，并接受监督检查。"
ORGANS = ("civil-affairs", "health", "market-regulation")


def set_up(folder: str) -> None:
    """An empty database, with the organs of the district."""
    os.environ |= {
        "GONGKAI_ENV": "test",
        "GONGKAI_DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("organs", "import", verbosity=0)


def table(count: int, mark: str, signs: int, wrong_every: int) -> list[tuple[str, ...]]:
    """The headings and so many permits; one row of `wrong_every` is at fault."""
    body = (SENTENCE * (signs // len(SENTENCE) + 1))[:signs]
    return [HEADS, *(_permit(number, mark, body, wrong_every) for number in range(1, count + 1))]


def _permit(number: int, mark: str, body: str, wrong_every: int) -> tuple[str, ...]:
    wrong = wrong_every and number % wrong_every == 0
    day = "不详" if wrong else f"2026-{1 + number % 9:02}-{1 + number % 28:02}"
    return (
        *("行政许可结果", f"示例企业{mark}{number}号从事示例经营的许可", ORGANS[number % 3], day, "主动公开", body),
        *(
            f"{mark}-{number}",
            "示例经营许可",
            f"{mark}{number:07}",
            f"示例企业{mark}{number}号",
            "2026-10-01",
            "2031-09-30",
        ),
    )


@contextmanager
def measured(what: str, profile: str) -> Iterator[None]:
    """Print how long it took, with how many queries."""
    from django.db import connection

    asked = 0

    def count(execute: Callable[..., Any], *words: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*words)

    profiler = cProfile.Profile() if profile and profile in what else None
    begun = time.perf_counter()
    with connection.execute_wrapper(count):
        if profiler:
            profiler.enable()
        yield
        if profiler:
            profiler.disable()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what:28} {time.perf_counter() - begun:7.1f} s {asked:8,} queries   at most {most:,.0f} MB", flush=True)
    if profiler:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def brought(data: bytes, name: str, user: Any, profile: str) -> Any:
    """Hand a file in, have it looked over, take it in."""
    from gongkai.accounts import selectors as accounts
    from gongkai.catalogue import services
    from gongkai.catalogue.models import Batch

    standing = accounts.standing(user, TODAY)
    with measured(f"{name}: hand in", profile):
        batch = services.hand_in(name=name, data=data, by=standing)
    with measured(f"{name}: look over", profile):
        services.check(pk=batch.pk, today=TODAY)
    batch.refresh_from_db()
    print(
        f"    rows {batch.rows:,}: new {batch.new:,}, changed {batch.changed:,}, same {batch.same:,}, at fault {batch.faulty:,}"
    )
    if batch.new or batch.changed:
        services.confirm(pk=batch.pk, by=standing)
        with measured(f"{name}: take in", profile):
            services.take(pk=batch.pk, today=TODAY)
    return Batch.objects.get(pk=batch.pk)


def main() -> None:
    """Each form: new, the same again, a tenth changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--signs", type=int, default=200, help="of each permit's text")
    parser.add_argument("--forms", default="csv,xlsx")
    parser.add_argument("--profile", default="", help="a piece of what is measured: `take in`")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from gongkai.accounts.enums import Role
        from gongkai.accounts.tests.factories import a_duty, a_person
        from gongkai.catalogue.events import BatchMoved
        from gongkai.catalogue.receivers import work_on
        from gongkai.kernel import bus
        from gongkai.ui.sheets import csv_file, xlsx_file

        bus.unsubscribe(BatchMoved, work_on)
        user = a_person()
        for organ in ORGANS:
            a_duty(user, Role.OFFICER, organ)
        makers: dict[str, Callable[[Any], bytes]] = {
            "csv": csv_file,
            "xlsx": lambda rows: xlsx_file(rows, title="许可"),
        }
        for form in asked.forms.split(","):
            data = makers[form](table(asked.count, form, asked.signs, 100))
            print(f"\n{asked.count:,} permits as {form}, {len(data) / 1e6:.1f} MB")
            brought(data, f"permits.{form}", user, asked.profile)
            print("  the same again")
            brought(data, f"permits.{form}", user, asked.profile)


if __name__ == "__main__":
    main()
