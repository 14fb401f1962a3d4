"""The last days that concern an applicant, and a file with them for his or her own calendar (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from gongkai.applications import selectors
from gongkai.applications.enums import State
from gongkai.applications.rules.remedies import COURT, REVIEW

LINE = 75  # bytes, by the format
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Entry:
    """One last day: what it is the last day of."""

    name: str
    on: date
    title: str
    note: str = ""


def of(application: selectors.Application) -> list[Entry]:
    """The last days that are known now."""
    number = application.number
    found = []
    if application.reply_runs and application.due_on:
        found.append(Entry("reply", application.due_on, _("申请 %(n)s 最迟答复日") % {"n": number}))
    if application.state == State.SUPPLEMENTING.value and application.supplement_by:
        title = _("申请 %(n)s 补正的最后一天") % {"n": number}
        found.append(Entry("supplement", application.supplement_by, title))
    if application.state == State.PAYING.value and (fee := selectors.fee_of(application)) and fee[0].due_on:
        found.append(Entry("fee", fee[0].due_on, _("申请 %(n)s 缴费的最后一天") % {"n": number}))
    titles = {
        REVIEW: _("对申请 %(n)s 的答复申请行政复议的最后一天") % {"n": number},
        COURT: _("对申请 %(n)s 的答复提起行政诉讼的最后一天") % {"n": number},
    }
    remedies = selectors.remedies_of(application)
    for way in remedies.ways if remedies else ():
        if way.last_on:
            note = _("%(before)s。依据：%(cite)s") % {"before": way.before, "cite": way.cite}
            found.append(Entry(way.name, way.last_on, titles[way.name], note))
    return found


def calendar_file(application: selectors.Application, now: datetime) -> bytes:
    """The days as whole-day events, each with a reminder three days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//applications//ZH", "CALSCALE:GREGORIAN"]
    for entry in of(application):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{application.number}-{entry.name}@gongkai",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(1):%Y%m%d}",
            f"SUMMARY:{entry.title.translate(ESCAPED)}",
            *([f"DESCRIPTION:{entry.note.translate(ESCAPED)}"] if entry.note else []),
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{entry.title.translate(ESCAPED)}",
            "TRIGGER:-P3D",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def folded(line: str) -> str:
    """A line in parts of at most 75 bytes; no sign is cut in two."""
    parts: list[str] = []
    part = ""
    for sign in line:
        room = LINE - (1 if parts else 0)
        if len((part + sign).encode()) > room:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
