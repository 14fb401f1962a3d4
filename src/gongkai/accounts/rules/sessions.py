"""How long a session lasts. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

STARTED, SEEN = "gongkai_started", "gongkai_seen"  # in the session: seconds since 1970
NOTE_EVERY = timedelta(minutes=1)  # how exactly the last act is kept; each note is a write


@dataclass(frozen=True)
class Limits:
    """A session ends after `idle` without an act, and after `longest` whatever is done."""

    idle: timedelta
    longest: timedelta


def is_over(*, started: datetime, seen: datetime, now: datetime, limits: Limits) -> bool:
    """Whether a session that began at `started` and was last used at `seen` has run out."""
    return now - seen >= limits.idle or now - started >= limits.longest


def worth_noting(*, seen: datetime, now: datetime) -> bool:
    """Whether the last act is long enough ago to be written anew."""
    return now - seen >= NOTE_EVERY


def address_of(meta: Mapping[str, object], *, behind_proxy: bool) -> str:
    """The network address of who sends a request, "" when it is none.

    Behind a proxy of ours it is the last one of X-Forwarded-For, which our proxy wrote; those before it anyone can.
    """
    last = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
    text = (last if behind_proxy else str(meta.get("REMOTE_ADDR", ""))).strip()
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
