"""The event bus: facts that happened, told upwards.

A context publishes a frozen dataclass from its `events.py`; a higher one subscribes in its `receivers.py`. Receivers run
at once, inside the publisher's transaction: what they write stands or falls with the fact itself. So they only write
rows (a notice in the outbox, a queued task) and leave slow or outward work to tasks.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_receivers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], receiver: Callable[[E], None]) -> None:
    """Have `receiver` called with each event of this very kind; subscribing twice changes nothing."""
    if receiver not in _receivers[kind]:
        _receivers[kind].append(receiver)


def unsubscribe(kind: type[E], receiver: Callable[[E], None]) -> None:
    """Stop calling `receiver`; nothing happens if it was not subscribed."""
    if receiver in _receivers[kind]:
        _receivers[kind].remove(receiver)


def publish(event: object) -> None:
    """Tell every receiver, in the order they subscribed; a receiver's error undoes the publisher's act."""
    for receiver in tuple(_receivers[type(event)]):
        receiver(event)
