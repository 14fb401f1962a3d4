"""Who is in a case, to make sure that a text for everybody tells of none of them."""

from __future__ import annotations

from gongkai.applications.models import Application

from .cases import contact


def names_in(application: Application) -> list[str]:
    """Names, numbers and addresses of the applicant and of every third party, in plain: to compare with, never to show."""
    applicant = contact(application)
    found = [applicant.name, applicant.identity_number, applicant.phone, applicant.email, applicant.address]
    for asked in application.consultations.all():
        found += [asked.party, asked.contact]
    return [text for text in found if text]
