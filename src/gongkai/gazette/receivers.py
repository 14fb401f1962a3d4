"""What this context hears: a document was released."""

from __future__ import annotations

from gongkai.catalogue.events import Released
from gongkai.kernel import bus

from . import services


def listen() -> None:
    """Hear of releases."""
    bus.subscribe(Released, take_up)


def take_up(event: Released) -> None:
    """A released document of the positive list is an article at once."""
    services.queue(item=event.pk, on=event.on)
