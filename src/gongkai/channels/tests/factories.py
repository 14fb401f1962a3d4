"""Receivers for tests, set up as the administrator does."""

from __future__ import annotations

from itertools import count

from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import an_organ
from gongkai.channels import services
from gongkai.channels.models import Receiver
from gongkai.clients.tests.factories import administrator

ORGAN = "civil-affairs"
_numbers = count(1)


def a_receiver(
    *, organ: str = ORGAN, channel: str = "district_library", url: str = "", by: Standing | None = None
) -> tuple[Receiver, str]:
    """A receiver with its secret."""
    an_organ(organ)
    number = next(_numbers)
    return services.add_receiver(
        by=by or administrator(organ),
        channel=channel,
        name=f"示例图书馆{number}",
        organ=organ,
        url=url or f"http://127.0.0.1:1/take/{number}",
    )
