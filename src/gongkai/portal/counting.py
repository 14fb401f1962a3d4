"""A period counted out on a page: the calendar strip of the design system."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongkai.deadlines.rules import Due, WorkCalendar
from gongkai.deadlines.rules.strip import weeks

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def strip(found: Due, calendar: WorkCalendar) -> dict[str, Any]:
    """What `_calendar_strip` takes."""
    first, last = (date_format(day, "DATE_FORMAT") for day in (found.start, found.due_on))
    return {
        "caption": _("%(first)s至%(last)s，共 %(n)d 个工作日")
        % {"first": first, "last": last, "n": found.working_days},
        "weekdays": [_(name) for name in WEEKDAYS],
        "weeks": weeks(found, calendar, timezone.localdate(), _),
    }
