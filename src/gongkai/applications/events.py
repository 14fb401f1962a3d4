"""Facts of this context, published in the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Submitted:
    """An application came in; `number` is what the applicant holds in hand."""

    application_id: int
    number: str
    organ: str


@dataclass(frozen=True)
class RectificationAsked:
    """Somebody asked that a record about himself or herself be put right (art. 41)."""

    rectification_id: int
    number: str
    organ: str


@dataclass(frozen=True)
class Registered:
    """Its day of receipt is fixed, and with it the last day for the reply."""

    application_id: int
    number: str
    organ: str
    received_on: date
    due_on: date


@dataclass(frozen=True)
class Delivered:
    """The reply has been sent."""

    application_id: int
    number: str
    organ: str
    code: str
