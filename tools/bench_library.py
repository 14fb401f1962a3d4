"""Speed of the library's public pages at a given number of items: one command prints every size.

    .venv/bin/python -m tools.bench_library 20000 200000

For each size: how long the items took to write, then the middle and the 95th of a hundred answers (`ROUNDS`) of each kind of page,
through Django's whole stack, in one process on an empty SQLite database of its own.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

ROUNDS = int(os.environ.get("ROUNDS", "100"))
RNG = random.Random  # seeded: the same items and questions every time
BATCH = 2_000
KINDS = ("normative_document", "other_document", "plan", "announcement", "personnel", "statistics", "procurement")
VALIDITIES = ("in_force", "in_force", "in_force", "repealed", "lapsed", "not_applicable")
SENTENCE = "各部门应当按照职责分工，做好示例事项的办理、公开和监督工作，及时报送办理结果。"


def set_up(folder: str) -> None:
    """An empty database of its own, with the organs of the district."""
    os.environ |= {"GONGKAI_ENV": "test", "GONGKAI_DATA_DIR": folder, "DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("organs", "import", verbosity=0)


def fill(count: int, start: int) -> None:
    """Published items from number `start` on, straight into the table."""
    from gongkai.catalogue.models import Item
    from gongkai.catalogue.rules.declared import themes
    from gongkai.organisations.selectors import organs

    codes, rng = [(organ.pk, organ.code) for organ in organs()], RNG(start)
    for first in range(start, count, BATCH):
        Item.objects.bulk_create(
            _item(Item, number, rng, codes, list(themes())) for number in range(first, min(first + BATCH, count))
        )


def _item(model: type, number: int, rng: random.Random, codes: list[tuple[int, str]], themes: list[str]) -> Any:
    pk, code = codes[min(int(rng.expovariate(0.15)), len(codes) - 1)]
    day = date(2012, 1, 1) + timedelta(days=rng.randrange(365 * 14))
    return model(
        index_number=f"{code}/{day.year}-{number:07}",
        slug=f"{code}-{day.year}-{number:07}",
        key=f"bench-{number}",
        kind=rng.choice(KINDS),
        title=f"虹口区关于示例事项第{number}号的通知",
        document_number=f"虹府办发〔{day.year}〕{number}号",
        number_key=f"虹府办发{day.year}-{number}",
        organ_id=pk,
        theme=rng.choice(themes),
        genre="notice",
        signed_on=day,
        published_on=day,
        year=day.year,
        summary="规定示例事项怎样办理。",
        validity=rng.choice(VALIDITIES),
        state="published",
        public=True,
        body="\n".join(f"第{n}条　{SENTENCE * 2}" for n in range(1, 9)),
        anchors=[f"p{n}" for n in range(1, 9)],
    )


def addresses(count: int) -> dict[str, Callable[[random.Random], str]]:
    """Each kind of page that is measured, by an address drawn anew for each answer."""
    from gongkai.catalogue.models import Item

    slugs = list(Item.objects.order_by("pk").values_list("slug", flat=True)[: ROUNDS * 20 : 20])
    return {
        "list": lambda rng: "/library/",
        "list, one facet": lambda rng: f"/library/?kind={rng.choice(KINDS)}",
        "list, three facets": lambda rng: (
            f"/library/?kind={rng.choice(KINDS)}&theme=finance&theme=economy&year={rng.randrange(2012, 2026)}"
        ),
        "list, page 50": lambda rng: "/library/?page=50",
        "by document number": lambda rng: f"/library/?q=虹府办发[{rng.randrange(2012, 2026)}]{rng.randrange(count)}",
        "by words of the title": lambda rng: f"/library/?q=第{rng.randrange(count)}号",
        "one item": lambda rng: f"/library/{rng.choice(slugs)}/",
        "feed": lambda rng: "/feeds/all.atom",
        "API page": lambda rng: f"/api/v1/documents?page={rng.randrange(1, 50)}&page_size=50",
    }


def measured(kinds: dict[str, Callable[[random.Random], str]]) -> Iterator[tuple[str, float, float]]:
    """(kind, middle, 95th of a hundred) in milliseconds."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    for name, address in kinds.items():
        rng, took = RNG(7), []
        for _ in range(ROUNDS):
            path, start = address(rng), time.perf_counter()
            response = client.get(path)
            took.append((time.perf_counter() - start) * 1000)
            if response.status_code != 200:
                raise SystemExit(f"{path} answers {response.status_code}")
        yield name, statistics.median(took), sorted(took)[int(ROUNDS * 0.95) - 1]


def main() -> None:
    """Every size that is asked for, smallest first, in one growing database."""
    sizes = sorted(int(word) for word in sys.argv[1:]) or [20_000, 200_000]
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        there = 0
        for size in sizes:
            start = time.perf_counter()
            fill(size, there)
            print(f"\n{size:,} items ({(size - there) / (time.perf_counter() - start):,.0f} a second)")
            there = size
            for name, middle, worst in measured(addresses(size)):
                print(f"  {name:24} p50 {middle:7.1f} ms   p95 {worst:7.1f} ms")


if __name__ == "__main__":
    main()
