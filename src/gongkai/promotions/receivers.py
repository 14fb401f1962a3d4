"""What this context hears: an item of the library was released, which may have come from a case."""

from __future__ import annotations

from gongkai.catalogue.events import Released
from gongkai.kernel import bus

from . import services


def listen() -> None:
    """Subscribe; again changes nothing."""
    bus.subscribe(Released, _released)


def _released(event: Released) -> None:
    services.keep_persons_out(item=event.pk)
