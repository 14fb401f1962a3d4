"""What is to be told of an item, from what it is now and what was told before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from gongkai.channels.enums import Kind

# An entry is tried again after these; then it stands aside, and an administrator is told.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
MOST_TRIES = len(PAUSES) + 1
PATIENCE = 3  # failures of one receiver in a row, after which the others are looked after first
_LEFT_OUT = frozenset({"changed_at", "validity_since"})  # what changes without anything for a reader changing


def next_kind(last: Kind | None, *, live: bool, same: bool) -> Kind | None:
    """What is to be told: nothing of what was never released here, nothing twice."""
    if last is None:
        return None
    if not live:
        return None if last is Kind.TAKEN_BACK else Kind.TAKEN_BACK
    if last is Kind.TAKEN_BACK:
        return Kind.RELEASED
    return None if same else Kind.UPDATED


def wait_after(tries: int) -> timedelta:
    """How long an entry that was tried so often waits for its next try."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def digest(record: Mapping[str, object]) -> str:
    """The digest of what a reader sees of an item."""
    seen = {name: value for name, value in record.items() if name not in _LEFT_OUT}
    text = json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
