"""What the acts of the flow are to the law: the facts that start, stop and lengthen its limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from .history import Event, Fact

FACTS: Mapping[str, Fact] = {
    "register": Fact.RECEIVED,
    "record": Fact.RECORDED,
    "ask_supplement": Fact.SUPPLEMENT_ASKED,
    "supplement": Fact.SUPPLEMENTED,
    "lapse": Fact.ABANDONED,
    "ask_reasons": Fact.REASONS_ASKED,
    "give_reasons": Fact.REASONS_GIVEN,
    "defer": Fact.DEFERRED,
    "ask_third_party": Fact.THIRD_PARTY_ASKED,
    "third_party_answered": Fact.THIRD_PARTY_ANSWERED,
    "ask_co_producer": Fact.CO_PRODUCER_ASKED,
    "co_producer_answered": Fact.CO_PRODUCER_ANSWERED,
    "extend": Fact.EXTENDED,
    "charge": Fact.FEE_NOTICE,
    "pay": Fact.FEE_PAID,
    "unpaid": Fact.ABANDONED,
    "deliver": Fact.REPLIED,
    "withdraw": Fact.WITHDRAWN,
    "reopen": Fact.REOPENED,
}


class Written(Protocol):
    """A step as it was written down."""

    act: Any
    on: Any
    facts: Any


def events_of(steps: Iterable[Written]) -> list[Event]:
    """The facts of the law among the steps of a case, by their days; those of one day as they were written down."""
    found = [
        event_of(step.act, step.on, step.facts) for step in steps if step.act in FACTS and not step.facts.get("aside")
    ]
    return sorted(found, key=lambda event: event.on)


def event_of(act: str, on: date, facts: Mapping[str, Any]) -> Event:
    """One step as a fact; days may be given as days or as ISO text."""
    days = {name: facts.get(name) for name in ("reply_by", "until", "taken_on")}
    days["reply_by"] = days["reply_by"] or facts.get("by")  # as it was written down at first
    return Event(
        FACTS[act],
        on,
        working_days=facts.get("working_days"),
        party=str(facts.get("party") or ""),
        reason=str(facts.get("reason") or ""),
        **{name: date.fromisoformat(day) if isinstance(day, str) else day for name, day in days.items()},
    )
