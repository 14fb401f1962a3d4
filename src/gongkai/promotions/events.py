"""Facts of this context, published in the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promoted:
    """What one applicant was given is for everybody from this day on."""

    promotion_id: int
    application_id: int
    organ: str
    title: str
    on: date
