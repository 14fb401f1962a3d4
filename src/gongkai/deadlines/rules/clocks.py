"""How near the last day of a clock is, and when something next happens to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.deadlines.enums import Stage
from gongkai.statutes import in_force

from .calendar import WorkCalendar
from .counting import working_days_between

ORDER = (Stage.CALM, Stage.SOON, Stage.URGENT, Stage.LAST_DAY, Stage.OVERDUE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """With how many working days left a clock is shown amber (`soon`) and red (`urgent`)."""

    soon: int
    urgent: int

    @classmethod
    def on(cls, day: date) -> Thresholds:
        """As this house has set them on a day."""
        return cls(in_force("clock_soon", day).integer, in_force("clock_urgent", day).integer)

    def reached_on(self, stage: Stage, due_on: date, calendar: WorkCalendar) -> date:
        """The first day on which a clock due on `due_on` is at a stage (one after CALM)."""
        if stage is Stage.OVERDUE:
            return due_on + timedelta(1)
        left = {Stage.SOON: self.soon, Stage.URGENT: self.urgent}.get(stage, 0)
        return calendar.working_day(max(calendar.before(due_on) - left, 0))

    def stage(self, today: date, due_on: date, calendar: WorkCalendar) -> Stage:
        """The stage on a day."""
        reached = [stage for stage in ORDER[1:] if today >= self.reached_on(stage, due_on, calendar)]
        return reached[-1] if reached else Stage.CALM

    def next_alert(self, told: Stage, due_on: date, calendar: WorkCalendar) -> date | None:
        """The day on which the stage after the one told of is reached; None when all have been told."""
        after = ORDER.index(told) + 1
        return self.reached_on(ORDER[after], due_on, calendar) if after < len(ORDER) else None

    def still_told(self, told: Stage, today: date, due_on: date, calendar: WorkCalendar) -> Stage:
        """What still counts as told when the last day moves: no stage that is not reached under the new day."""
        return min(told, self.stage(today, due_on, calendar), key=ORDER.index)


def days_left(today: date, due_on: date, calendar: WorkCalendar) -> int:
    """Working days left after today, the last day included; negative when it has passed."""
    left = working_days_between(today, due_on, calendar)
    return left if today <= due_on else min(left, -1)


def missing_year(today: date, calendar: WorkCalendar) -> int:
    """The year whose official notice should be there and is not; 0 when none is missing.

    The running year always should; the next one from the day of the year that this house has set.
    """
    expected = in_force("calendar_notice_expected", today).text
    years = [today.year, today.year + 1] if today.isoformat()[5:] >= expected else [today.year]
    notices = calendar.notices
    return next((year for year in years if year not in notices or not notices[year].official), 0)
