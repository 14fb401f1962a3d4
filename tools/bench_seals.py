"""Speed of sealing, as ratios against making the same letter's PDF alone, measured in one run.

`make bench` prints letters a minute: made; made and signed by either kind of key kept here; made, signed, kept and
remembered, by one process. `--seconds 60` measures longer. It uses the database of DATABASE_URL, which must be empty;
without it, SQLite in a folder of its own.
"""

import argparse
import itertools
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable

ORGAN = "district-office"
WARM = 2  # turns before the clock runs: libraries, fonts and the seal's picture are loaded once


def rate(act: Callable[[], object], seconds: float) -> float:
    """Turns a minute."""
    for _ in range(WARM):
        act()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        act()
        count += 1
    return count / (time.perf_counter() - begun) * 60


def measure(seconds: float) -> None:
    """Each act beside making the PDF alone."""
    from gongkai.audit.rules import SYSTEM
    from gongkai.papers import services as papers
    from gongkai.seals import services
    from gongkai.seals.signing import pdf
    from gongkai.seals.signing.file import FileSigner
    from gongkai.seals.signing.port import Signer
    from gongkai.seals.signing.sm2 import Sm2Signer
    from gongkai.seals.tests import factories

    letter, numbers = factories.paper(paragraphs=12), itertools.count()
    order = pdf.Order(factories.NAME, "bench", "bench", sample=True)

    def signed(signer: Signer, national: bool) -> Callable[[], object]:
        key = factories.key(national=national)
        return lambda: pdf.sign(papers.pdf(letter), order=order, key=key, signer=signer)

    def sealed() -> object:
        return services.seal_paper(
            paper=letter, organ_code=ORGAN, reason="bench", object_kind="bench", object_id=next(numbers), by=SYSTEM
        )

    acts: dict[str, Callable[[], object]] = {
        "made": lambda: papers.pdf(letter),
        "made and signed, RSA": signed(FileSigner(), national=False),
        "made and signed, SM2": signed(Sm2Signer(), national=True),
        "made, signed, kept, remembered": sealed,
    }
    alone = 0.0
    print(f"{'letters':<32} {'a minute':>9} {'of made':>8}")
    for name, act in acts.items():
        found = rate(act, seconds)
        alone = alone or found
        print(f"{name:<32} {found:9,.0f} {found / alone:8.2f}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ |= {"GONGKAI_ENV": "demo", "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
        os.environ["GONGKAI_DATA_DIR"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("organs", "import", verbosity=0)
        call_command("seals", "init", ORGAN, verbosity=0)
        where = os.environ.get("DATABASE_URL", "").partition(":")[0] or "sqlite"
        print(
            f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, {where}"
        )
        print(f"Method: {options.seconds:g} s each, one run, one process, a letter of one page")
        measure(options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
