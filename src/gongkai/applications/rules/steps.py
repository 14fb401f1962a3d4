"""What the acts of the flow are to the law: the facts that start, stop and lengthen its limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from .history import Event, Fact

SERVE = "serve"  # names the act whose letter arrived, and on which day: a part of that fact, not one of its own
FACTS: Mapping[str, Fact] = {
    "submit": Fact.ARRIVED,
    "register": Fact.RECEIVED,
    "record": Fact.RECORDED,
    "ask_supplement": Fact.SUPPLEMENT_ASKED,
    "supplement": Fact.SUPPLEMENTED,
    "lapse": Fact.ABANDONED,
    "ask_reasons": Fact.REASONS_ASKED,
    "give_reasons": Fact.REASONS_GIVEN,
    "no_reasons": Fact.REASONS_NOT_GIVEN,
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
    """The facts of the law among the steps of a case, by their days; those of one day as they were written down.

    The day on which a letter arrived goes to the last fact before it that the letter was written for.
    """
    found: list[Event] = []
    places: dict[tuple[str, str], int] = {}
    for step in steps:
        if step.facts.get("aside"):
            continue
        if step.act == SERVE:
            place = places.get((str(step.facts.get("of")), str(step.facts.get("party") or "")))
            if place is not None:
                found[place] = replace(found[place], taken_on=step.on)
        elif step.act in FACTS:
            event = replace(event_of(step.act, step.on, step.facts), stood=True)
            places[step.act, event.party] = len(found)
            found.append(event)
    return sorted(found, key=lambda event: event.on)


def event_of(act: str, on: date, facts: Mapping[str, Any]) -> Event:
    """One step as a fact; days may be given as days or as ISO text."""
    named: dict[str, Any] = {name: facts.get(name) for name in ("reply_by", "until", "taken_on")}
    named["reply_by"] = named["reply_by"] or facts.get("by")  # as it was written down at first
    named = {name: date.fromisoformat(day) if isinstance(day, str) else day for name, day in named.items()}
    named["party"], named["reason"] = str(facts.get("party") or ""), str(facts.get("reason") or "")
    return Event(FACTS[act], on, working_days=facts.get("working_days"), to_serve=bool(facts.get("to_serve")), **named)
