"""What this context hears: an item was released, or what the public sees of it changed."""

from __future__ import annotations

from gongkai.catalogue.events import ItemChanged, Released
from gongkai.kernel import bus

from . import services


def listen() -> None:
    """Subscribe; again changes nothing."""
    bus.subscribe(Released, _released)
    bus.subscribe(ItemChanged, _changed)


def _released(event: Released) -> None:
    services.released(item=event.pk, on=event.on)


def _changed(event: ItemChanged) -> None:
    services.changed(item=event.pk)
