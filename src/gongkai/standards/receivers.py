"""What this context hears: an item of the library changed, so the rows it stands for are judged anew."""

from __future__ import annotations

from django.utils import timezone

from gongkai.catalogue.events import ItemChanged
from gongkai.kernel import bus

from . import services


def listen() -> None:
    """Subscribe; again changes nothing."""
    bus.subscribe(ItemChanged, _changed)


def _changed(event: ItemChanged) -> None:
    services.refresh_of_item(event.pk, today=timezone.localdate())
