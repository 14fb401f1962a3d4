"""Facts that happened here, told upwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganChanged:
    """An organ was added, or what is told of it changed."""

    code: str
