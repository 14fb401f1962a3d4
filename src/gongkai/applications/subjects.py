"""What this context holds of an applicant, for the applicant's rights in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from gongkai.files import selectors as files
from gongkai.notifications import selectors as notices
from gongkai.privacy.digests import blind
from gongkai.privacy.subjects import Hold, Person, register
from gongkai.screening.rules.known import parts
from gongkai.statutes import in_force

from . import selectors, services
from .enums import ENDED
from .models import Application, Consultation, Rectification
from .rules.retention import kept_until
from .services.forgetting import RECTIFIED, WHO

ASKED = ("party", "contact", "question", "asked_on", "opinion", "reason", "answered_on")  # of a third party


def export(who: Person) -> Sequence[dict[str, Any]]:
    """Each application of the person, with all that was said about him or her, in plain."""
    return (
        [
            {
                "number": row.number,
                "organ": row.organ.name,
                "submitted_at": row.submitted_at,
                "wanted": row.description,
                "outcome": row.code,
                "closed_on": row.closed_on,
                **{name: getattr(row, name) for name in WHO},
                "letters": [
                    {"number": letter.number, "kind": selectors.label_of(letter), "issued_on": letter.issued_on}
                    for letter in selectors.letters_to_applicant(row)
                ],
                "files": [{"name": file.name, "size": file.size} for file in files.of_owner(selectors.BROUGHT, row.pk)],
                "notices": [
                    {"to": notice.address, "subject": notice.subject, "body": notice.body, "at": notice.created_at}
                    for notice in notices.told_outside(f"application:{row.pk}")
                ],
            }
            for row in _of(who).select_related("organ")
        ]
        + [
            {"number": row.number, "organ": row.organ.name, "answered_on": row.answered_on}
            | {name: getattr(row, name) for name in RECTIFIED}
            for row in _rectifications(who).select_related("organ")
        ]
        + [
            {
                "number": row.application.number,
                "organ": row.application.organ.name,
                **{name: getattr(row, name) for name in ASKED},
            }
            for row in _asked(who)
        ]
    )


def hold(who: Person) -> Sequence[Hold]:
    """Art. 47(2): an open case, and a closed one whose file must still be kept, are not erased.

    Who is named by an address alone is held as well, and who was asked as a third party: it belongs to the file.
    """
    found: list[Hold] = []
    rows = {*_concerning(who), *(one.application for one in _asked(who))}
    for row in sorted(rows, key=lambda row: row.number):
        if row.state not in ENDED or row.closed_on is None:
            law = in_force("personal_data_kept_by_law", localdate())
            found.append(Hold(f"申请 {row.number} 尚未办结", law.cite.text))
        elif (until := kept_until(row.closed_on, localdate())) >= localdate():
            law = in_force("application_retention", localdate())
            found.append(Hold(f"申请 {row.number} 的案卷保存到 {until}", law.basis, until.isoformat()))
        else:
            others = selectors.holds_of([row.pk]).get(row.pk, [])
            found += [Hold(f"申请 {row.number}：{one.reason}", one.cite, one.until) for one in others]
    law = in_force("personal_data_kept_by_law", localdate())
    open_ = _rectifications(who).filter(answered_on__isnull=True)
    return found + [Hold(f"更正要求 {row.number} 尚未答复", law.cite.text) for row in open_]


def erase(who: Person) -> int:
    """Who applied is gone, with letters and files; that an application was made, and how it ended, was counted and stays."""
    rows = {*_of(who).values_list("pk", flat=True), *(one.application_id for one in _asked(who))}
    for pk in sorted(rows):
        services.forget(pk=pk, today=localdate(), purpose="个人信息主体要求删除")
    asked = list(_rectifications(who))
    for one in asked:
        services.forget_rectification(pk=one.pk, today=localdate(), purpose="个人信息主体要求删除")
    return len(rows) + len(asked)


def _of(who: Person) -> QuerySet[Application]:
    """By the number of the document that proved who applied."""
    return Application.objects.filter(Q(identity_digest__in=who.digests) & ~Q(identity_digest=""))


def _concerning(who: Person) -> QuerySet[Application]:
    """Those, and the ones of which news went to an address of the person."""
    told = [int(key) for key in notices.keys_told(who.digests, "application") if key.isdigit()]
    mail = Q(email_digest__in=who.digests) & ~Q(email_digest="")
    rows = Application.objects.filter(Q(pk__in=told) | mail, forgotten_on__isnull=True)
    return (_of(who) | rows).distinct()


def _asked(who: Person) -> list[Consultation]:
    """What the person was asked as a third party (art. 32), by a number or address in it: a name alone may be another's."""
    if not who.digests:
        return []
    rows = Consultation.objects.filter(organ__isnull=True, application__forgotten_on__isnull=True)
    rows = rows.select_related("application__organ")
    return [row for row in rows.iterator() if who.digests & set(_digests(row))]


def _digests(row: Consultation) -> Iterator[str]:
    for text in (row.party, row.contact):
        numbers = [part for part in parts(text or "") if part.isascii()]
        yield from (blind(form) for part in numbers for form in (part, part.replace("-", "")))


def _rectifications(who: Person) -> QuerySet[Rectification]:
    return Rectification.objects.filter(Q(identity_digest__in=who.digests) & ~Q(identity_digest=""))


def registered() -> None:
    """Called once, when the program starts."""
    register("applications", export=export, erase=erase, hold=hold)
