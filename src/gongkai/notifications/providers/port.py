"""What every way out answers, and how it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from gongkai.notifications.enums import Outcome


@dataclass(frozen=True)
class Letter:
    """What is sent: `id` is the same however often the notice is sent, so that a double can be known."""

    id: str
    address: str
    subject: str
    body: str
    language: str


@dataclass(frozen=True)
class Answer:
    """How a try ended, and the other side's words."""

    outcome: Outcome
    words: str = ""


class Unreachable(Exception):
    """The provider cannot be reached or lets nobody in: nothing was sent, nothing need be tried now."""


class Way(Protocol):
    """A way out. It is opened once for many letters; opening raises Unreachable."""

    def __enter__(self) -> Way: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over. Raises Unreachable if the connection broke before anything of it was said."""
        ...
