"""What is looked at again when something happened in a room below."""

from __future__ import annotations

from gongkai.kernel import bus
from gongkai.organisations.events import OrganChanged
from gongkai.search import services
from gongkai.search.sources import organs


def organ_changed(event: OrganChanged) -> None:
    services.touch(organs.NAME, [event.code])


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(OrganChanged, organ_changed)
