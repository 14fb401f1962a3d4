"""What happened in this context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .enums import Change


@dataclass(frozen=True)
class PersonLeft:
    """A person left; every room moves the person's open work to the successor (None: to nobody yet)."""

    user_id: int
    successor_id: int | None


@dataclass(frozen=True)
class SecurityChanged:
    """Something happened to the safety of a person's account; `entry` is the number of its row in the audit chain."""

    user_id: int
    change: Change
    at: datetime
    entry: int
