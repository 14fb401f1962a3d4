"""Working days and what is counted in them, as pure functions: no Django, no tables, no clock.

calendar = shipped_calendar()
found = due(date(2025, 9, 15), 20, calendar)
found.due_on, found.provisional, found.working
"""

from gongkai.deadlines.rules.calendar import Day, Notice, NoticeDay, OutsideCalendar, WorkCalendar
from gongkai.deadlines.rules.counting import CountedDay, Due, Pause, due, shift, working_days_between
from gongkai.deadlines.rules.limits import LIMITS, Limit, Receipt, WrongDays, limit_due, receipt_of
from gongkai.deadlines.rules.notices import UnfitNotice, changed_days, read_notice
from gongkai.deadlines.rules.shipped import shipped_calendar, shipped_notices

__all__ = [
    "LIMITS",
    "CountedDay",
    "Day",
    "Due",
    "Limit",
    "Notice",
    "NoticeDay",
    "OutsideCalendar",
    "Pause",
    "Receipt",
    "UnfitNotice",
    "WorkCalendar",
    "WrongDays",
    "changed_days",
    "due",
    "limit_due",
    "read_notice",
    "receipt_of",
    "shift",
    "shipped_calendar",
    "shipped_notices",
    "working_days_between",
]
