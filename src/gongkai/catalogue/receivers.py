"""What this context does about its own news: slow work is queued in the transaction that asks for it."""

from __future__ import annotations

from gongkai.kernel import bus

from . import tasks
from .enums import BatchState
from .events import BatchMoved


def work_on(event: BatchMoved) -> None:
    """Have the worker look a table over, or take it in."""
    work = {BatchState.WAITING.value: tasks.check_batch, BatchState.TAKING.value: tasks.take_batch}
    work[event.state].enqueue(event.pk)


def subscribe() -> None:
    """Called once, when the program starts."""
    bus.subscribe(BatchMoved, work_on)
