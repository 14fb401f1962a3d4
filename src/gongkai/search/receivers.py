"""What is looked at again when something happened in a room below."""

from __future__ import annotations

from gongkai.catalogue.events import ItemChanged
from gongkai.kernel import bus
from gongkai.organisations.events import OrganChanged
from gongkai.search import services
from gongkai.search.sources import catalogue, organs


def organ_changed(event: OrganChanged) -> None:
    services.touch(organs.NAME, [event.code])


def item_changed(event: ItemChanged) -> None:
    services.touch(catalogue.NAME, [str(event.pk)])


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(ItemChanged, item_changed)
    bus.subscribe(OrganChanged, organ_changed)
