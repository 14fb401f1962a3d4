"""Changes organs without pause until it is told to stop: `python -m gongkai.search.tests.changing SEED`, run by a test."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading

import django

PAUSE = 0.01  # seconds between two changes
BEGUN = 10  # organs there before the test goes on


def main(seed: int) -> None:
    from gongkai.audit.rules import SYSTEM
    from gongkai.organisations import services
    from gongkai.organisations.enums import OrganKind
    from gongkai.organisations.services import NewOrgan

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_told: stop.set())
    chance, made = random.Random(seed), 0
    while not stop.wait(PAUSE):
        if made < BEGUN or chance.random() < 0.3:
            made += 1
            services.add_organ(
                organ=NewOrgan(f"sample-{made}", f"示例机关第{made}号", f"示例{made}", OrganKind.OTHER), by=SYSTEM
            )
            if made == BEGUN:
                print("begun", flush=True)  # noqa: T201 - told to the test
        else:
            number, turn = chance.randint(1, made), chance.randint(0, 10**9)
            services.rename_organ(
                code=f"sample-{number}", name=f"示例机关第{number}号改{turn}", short_name=f"示例{number}", by=SYSTEM
            )
    print(made)  # noqa: T201 - told to the test


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    django.setup()
    main(int(sys.argv[1]))
