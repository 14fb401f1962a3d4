"""Folded clocks as plain values, for JSON. Pure."""

from __future__ import annotations

from typing import Any

from .fold import Denied, Folded
from .terms import Clock


def folded_object(found: Folded) -> dict[str, Any]:
    """All of it as plain values for JSON."""
    return {
        "as_of": found.as_of.isoformat(),
        "clocks": [_clock_object(clock) for clock in found.clocks],
        "refused": [_refused_object(denied) for denied in found.refused],
        "later": found.later,
    }


def _clock_object(clock: Clock) -> dict[str, Any]:
    days = clock.due.plain if clock.due else {"due_on": None, "provisional": False, "working": [], "cite": ""}
    latest = clock.latest
    return {
        "name": clock.name,
        "label": clock.label,
        **({"party": clock.party} if clock.party else {}),
        "state": clock.state.value,
        **days,
        **({"starts_on": clock.due.start.isoformat(), "working_days": clock.due.working_days} if clock.due else {}),
        **(
            {"latest_due_on": latest.due_on.isoformat(), "provisional": latest.provisional, "cite": latest.cite}
            if latest
            else {}
        ),
        "ended_on": clock.ended_on.isoformat() if clock.ended_on else None,
    }


def _refused_object(denied: Denied) -> dict[str, Any]:
    return {"act": denied.event.act.value, "on": denied.event.on.isoformat(), "why": denied.why}
