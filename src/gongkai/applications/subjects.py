"""What this context holds of an applicant, for the applicant's rights in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from gongkai.privacy.subjects import ERASED, Hold, Person, register
from gongkai.statutes import in_force

from .enums import ENDED
from .models import Application, Rectification

RECTIFIED = ("name", "identity_number", "phone", "email", "record", "wrong", "contents")
HANDED_OVER = ("applicant_name", "identity_number", "phone", "email", "address")


def export(who: Person) -> Sequence[dict[str, Any]]:
    """Each application of the person, with all that was said about him or her, in plain."""
    return [
        {
            "number": row.number,
            "organ": row.organ.name,
            "submitted_at": row.submitted_at,
            "wanted": row.description,
            "outcome": row.code,
            "closed_on": row.closed_on,
            **{name: getattr(row, name) for name in HANDED_OVER},
        }
        for row in _of(who).select_related("organ")
    ] + [
        {"number": row.number, "organ": row.organ.name, "answered_on": row.answered_on}
        | {name: getattr(row, name) for name in RECTIFIED}
        for row in _rectifications(who).select_related("organ")
    ]


def hold(who: Person) -> Sequence[Hold]:
    """Art. 47(2): an open case, and a closed one whose file must still be kept, are not erased."""
    found: list[Hold] = []
    for row in _of(who):
        if row.state not in ENDED or row.closed_on is None:
            law = in_force("personal_data_kept_by_law", localdate())
            found.append(Hold(f"申请 {row.number} 尚未办结", law.cite.text))
        elif (until := kept_until(row.closed_on)) > localdate():
            law = in_force("application_retention", row.closed_on)
            found.append(Hold(f"申请 {row.number} 的案卷保存到 {until}", law.basis, until.isoformat()))
    law = in_force("personal_data_kept_by_law", localdate())
    open_ = _rectifications(who).filter(answered_on__isnull=True)
    return found + [Hold(f"更正要求 {row.number} 尚未答复", law.cite.text) for row in open_]


def kept_until(closed_on: date) -> date:
    """The day from which the file of a closed case need no longer be kept: the end of the year of its last day."""
    return date(closed_on.year + in_force("application_retention", closed_on).integer, 12, 31)


def erase(who: Person) -> int:
    """Who applied is gone; that an application was made, for what, and how it ended stays: it was counted."""
    rows = list(_of(who).exclude(identity_digest=""))
    for row in rows:
        for name in HANDED_OVER:
            setattr(row, name, ERASED if getattr(row, name) else "")
        row.identity_digest = ""
        row.save(update_fields=[*HANDED_OVER, "identity_digest"])
    asked = list(_rectifications(who))
    for one in asked:
        for name in RECTIFIED:
            setattr(one, name, ERASED if getattr(one, name) else "")
        one.identity_digest = ""
        one.save(update_fields=[*RECTIFIED, "identity_digest"])
    return len(rows) + len(asked)


def _of(who: Person) -> QuerySet[Application]:
    """By the number of the document that proved who applied."""
    return Application.objects.filter(Q(identity_digest__in=who.digests) & ~Q(identity_digest=""))


def _rectifications(who: Person) -> QuerySet[Rectification]:
    return Rectification.objects.filter(Q(identity_digest__in=who.digests) & ~Q(identity_digest=""))


def registered() -> None:
    """Called once, when the program starts."""
    register("applications", export=export, erase=erase, hold=hold)
