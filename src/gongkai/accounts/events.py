"""What happened in this context."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonLeft:
    """A person left; every room moves the person's open work to the successor (None: to nobody yet)."""

    user_id: int
    successor_id: int | None
