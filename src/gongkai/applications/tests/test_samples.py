"""The demo's cases stand there once, and their draft report passes the checks."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.applications import samples
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.organisations.models import Organ
from gongkai.reports import selectors as reports

pytestmark = pytest.mark.django_db


def test_sample_cases_are_loaded_once_and_their_report_adds_up() -> None:
    factories.organs()
    for role in (Role.OFFICER, Role.SECTION_CHIEF, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER):
        Duty.objects.create(
            user=factories.person(),
            organ=Organ.objects.get(code="district-office"),
            role=role.value,
            valid_from=date(2020, 1, 1),
        )
    today = date(2025, 11, 20)
    assert samples.load(today=today) == len(samples.CASES)
    assert samples.load(today=today) == 0
    assert Application.objects.count() == len(samples.CASES)
    draft = reports.draft_of("district-office", 2025)
    assert draft is not None
    assert draft.findings == ()
    assert draft.checked > 40


def test_the_command_may_be_run_again() -> None:
    factories.organs()
    out = StringIO()
    call_command("applications", "demo", stdout=out)
    assert "新增 0 件" in out.getvalue()
