"""届满前的提醒: which step of the end of a term a normative document has come to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from gongkai.statutes import in_force


@dataclass(frozen=True)
class Step:
    """One step before a term ends: the event by which people are told, and the setting that has its months."""

    event: str
    setting: str

    def begins(self, last_day: date, today: date) -> date:
        """The day from which the step is to be done."""
        return last_day - relativedelta(months=in_force(self.setting, today).integer)


# From the first to the last; each is told once.
STEPS = (
    Step("catalogue.evaluation_due", "normative_evaluation_lead"),
    Step("catalogue.review_due", "normative_review_lead"),
    Step("catalogue.submission_due", "normative_submission_lead"),
)


def step(last_day: date, today: date) -> Step | None:
    """The step that a document has come to: none before the first, none when its term is over."""
    if today > last_day:
        return None
    reached = [one for one in STEPS if one.begins(last_day, today) <= today]
    return reached[-1] if reached else None
