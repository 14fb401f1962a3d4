"""Who is in a case, to make sure that a text for everybody tells of none of them."""

from __future__ import annotations

from gongkai.applications.models import Application
from gongkai.screening.enums import FindingKind
from gongkai.screening.rules.personal import find

from .cases import contact

# What no letter to a third party or another organ has to spell out: numbers that are one person's own.
NUMBERS = frozenset(
    {
        FindingKind.IDENTITY_NUMBER,
        FindingKind.BANK_CARD,
        FindingKind.PASSPORT,
        FindingKind.TRAVEL_PERMIT,
        FindingKind.RESIDENCE_PERMIT,
    }
)


def names_in(application: Application) -> list[str]:
    """Names, numbers and addresses of the applicant and of every third party, in plain: to compare with, never to show."""
    applicant = contact(application)
    found = [applicant.name, applicant.identity_number, applicant.phone, applicant.email, applicant.address]
    for asked in application.consultations.all():
        found += [asked.party, asked.contact]
    return [text for text in found if text]


def names_applicant(row: Application, text: str, *, number: bool = True) -> str:
    """What of the applicant's stands in a text that goes to somebody else; empty when nothing does.

    `number`: the number of the application counts too. Among organs it names nobody.
    """
    plain = "".join(text.split())
    told = {
        "姓名或者名称": row.applicant_name,
        "证件号码": row.identity_number,
        "电话": row.phone,
        "邮箱": row.email,
        "地址": row.address,
        **({"申请编号": row.number} if number else {}),
    }
    return next((name for name, value in told.items() if len(value) > 1 and "".join(value.split()) in plain), "")


def numbers_in(text: str) -> str:
    """What kind of a person's own number stands in a text that goes to somebody else; empty when none does."""
    return next((span.kind.label for span in find(text) if span.kind in NUMBERS), "")
