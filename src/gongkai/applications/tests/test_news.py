"""Every step that concerns the applicant is told, by mail and SMS, in words that hold; what does not is not told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import services, telling
from gongkai.applications.enums import Scale
from gongkai.applications.models import Application
from gongkai.applications.rules.flow import flow
from gongkai.applications.tests import factories
from gongkai.notifications.models import Outgoing
from gongkai.notifications.templates import template

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 16)


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER, Role.DISCLOSURE_OFFICE)


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    row.refresh_from_db()
    key = f"{name}-{row.pk}-{row.version}-0000"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def told() -> list[tuple[str, str]]:
    """The last event told outside, with each channel's words."""
    last = Outgoing.objects.filter(user_id__isnull=True).order_by("-created_at").first()
    if last is None:
        return []
    rows = Outgoing.objects.filter(user_id__isnull=True, event=last.event).order_by("channel")
    return [(f"{row.event.removeprefix('applications.')}:{row.channel}", row.body) for row in rows]


def events() -> list[str]:
    return [name for name, _body in told()]


def test_each_act_that_is_told_is_one_of_the_flow_and_has_its_words() -> None:
    assert set(telling.TO_APPLICANT) <= {rule.act for rule in flow().rules}
    for event in {*telling.TO_APPLICANT.values(), telling.CORRECTED}:
        assert {channel.value for channel in template(event).channels} == {"mail", "sms"}


def test_what_is_asked_of_the_applicant_is_told_with_its_last_day(officer: Standing) -> None:
    row = do("ask_reasons", factories.registered(officer), officer, today=DAY, facts="六十件", working_days=10)
    assert events() == ["reasons_asked:mail", "reasons_asked:sms"]
    assert all("2025年9月29日" in body for _name, body in told())
    row = do("give_reasons", row, services.applicant_of(row), today=DAY, text="研究需要")
    row = do("defer", row, officer, today=DAY, until=date(2025, 11, 14), reason="数量较多")
    assert events() == ["deferred:mail", "deferred:sms"]
    row = do("charge", row, officer, today=DAY, scale=Scale.BY_PAGE, pages=60, how="到窗口缴纳")
    fee = row.fee
    assert events() == ["fee_notice:mail", "fee_notice:sms"]
    assert all(f"{fee.yuan}" in body and f"{fee.due_on:%-d}日" in body for _name, body in told())
    do("unpaid", row, officer, today=date(2025, 12, 1))
    assert events() == ["closed:mail", "closed:sms"]
    assert all("逾期不缴费" in body for _name, body in told())


def test_a_consultation_is_told_once_however_many_are_asked(officer: Standing) -> None:
    row = factories.registered(officer)
    for party in ("示例公司甲", "示例公司乙"):
        row = do("ask_third_party", row, officer, today=DAY, party=party, contact="", question="合同金额")
    assert events() == ["consultation_begun:mail", "consultation_begun:sms"]
    assert "示例公司" not in str(told())


def test_a_corrected_letter_is_told_as_such_and_a_reopened_case_as_reopened(officer: Standing, chief: Standing) -> None:
    row = factories.closed(officer, chief)
    row = do("correct_letter", row, officer, today=date(2025, 10, 9), reason="文号有误")
    row = do(
        "decide",
        row,
        officer,
        kind="provided",
        contents=dict.fromkeys(row.contents, "示例"),
        user_id=officer.user_id,
        today=date(2025, 10, 9),
    )
    row = factories.reviewed(row, today=date(2025, 10, 9))
    row = do("sign", row, chief, user_id=chief.user_id, today=date(2025, 10, 9))
    row = do("seal", row, officer, today=date(2025, 10, 9))
    do("deliver", row, officer, sent_on=date(2025, 10, 9), proof="网上送达", today=date(2025, 10, 9))
    assert events() == ["corrected:mail", "corrected:sms"]
    do("reopen", row, officer, on=date(2025, 10, 20), working_days=None, reason="示例决定书", today=date(2025, 10, 20))
    assert events() == ["reopened:mail", "reopened:sms"]


def test_the_code_is_in_no_notice(officer: Standing) -> None:
    receipt = factories.submitted()
    row = receipt.application
    services.withdraw(application=row, key="withdraw-sample-0000001", today=DAY)
    assert events() == ["closed:mail", "closed:sms"]
    assert receipt.code not in str(told())
