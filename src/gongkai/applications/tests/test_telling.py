"""News of an application reach whom they concern, once, and nobody when the act is undone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.events import PersonLeft
from gongkai.accounts.models import Duty, User
from gongkai.applications import services
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.deadlines import services as deadlines
from gongkai.kernel import bus
from gongkai.notifications.models import Message, Outgoing
from gongkai.organisations.models import Organ

pytestmark = pytest.mark.django_db


def with_duty(role: Role) -> User:
    user = factories.person()
    organ = Organ.objects.get(code=factories.ORGAN)
    Duty.objects.create(user=user, organ=organ, role=role.value, valid_from=date(2020, 1, 1))
    return user


def test_officers_hear_of_what_came_in_and_applicants_of_what_concerns_them() -> None:
    factories.organs()
    officer, chief = with_duty(Role.OFFICER), with_duty(Role.SECTION_CHIEF)
    factories.closed(factories.holding(officer, Role.OFFICER), factories.holding(chief, Role.SECTION_CHIEF))
    assert [(message.user_id, message.event) for message in Message.objects.order_by("pk")] == [
        (officer.pk, "applications.submitted"),
        (chief.pk, "applications.to_sign"),
        (officer.pk, "applications.to_seal"),
    ]
    outside = Outgoing.objects.filter(user_id__isnull=True).order_by("event", "channel")
    assert [(notice.event, notice.channel) for notice in outside] == [
        ("applications.decided", "mail"),
        ("applications.decided", "sms"),
        ("applications.registered", "mail"),
        ("applications.registered", "sms"),
    ]
    assert all("2025" in notice.body for notice in outside if notice.event == "applications.registered")


def test_who_has_a_case_now_hears_of_it() -> None:
    factories.organs()
    officer, other = with_duty(Role.OFFICER), with_duty(Role.OFFICER)
    by, today = factories.holding(officer, Role.OFFICER), date(2025, 9, 16)
    row = factories.registered(by)
    how: dict[str, Any] = {"pk": row.pk, "by": by, "version": row.version, "today": today}
    services.assign(**how, key="assign-a-sample-case", handler_id=other.pk, note="")
    there = factories.person("示例财政承办人")
    finance = Organ.objects.get(code="finance")
    Duty.objects.create(user=there, organ=finance, role=Role.OFFICER.value, valid_from=date(2020, 1, 1))
    row = factories.submitted().application
    how = {"pk": row.pk, "by": by, "version": row.version, "today": today}
    services.transfer(**how, key="transfer-a-sample-case", organ="finance", reason="属于财政局职责")
    told = Message.objects.filter(user_id__in=[other.pk, there.pk]).exclude(
        event="applications.submitted", user_id=other.pk
    )
    assert [(message.user_id, message.event, message.url) for message in told.order_by("pk")] == [
        (other.pk, "applications.assigned", "/workbench/applications/2025-000001/"),
        (there.pk, "applications.submitted", "/workbench/applications/2025-000002/"),
    ]


def test_an_applicant_hears_to_whom_it_was_passed_on_and_when_the_limit_was_counted_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.organs()
    moment = datetime(2025, 9, 25, 2, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    officer, today = with_duty(Role.OFFICER), date(2025, 9, 16)
    by = factories.holding(officer, Role.OFFICER)
    row = factories.submitted().application
    how: dict[str, Any] = {"pk": row.pk, "by": by, "version": row.version, "today": today}
    services.transfer(**how, key="transfer-a-sample-case", organ="finance", reason="属于财政局职责")
    row = factories.registered(by)
    how = {"pk": row.pk, "by": by, "today": today}
    services.ask_supplement(
        **how, version=row.version, key="ask-a-sample-supplement", wanted="请写明哪一年", working_days=10
    )
    services.supplement(**how, version=row.version + 1, key="supplement-a-sample-0", text="2024年度")
    told = Outgoing.objects.filter(user_id__isnull=True, channel="sms").order_by("event").values_list("event", "body")
    assert [
        (event, "区财政局" in body, "收到您的补正，最迟答复日为2025年10月20日" in body) for event, body in told
    ] == [
        ("applications.days_counted_anew", False, True),
        ("applications.registered", False, False),
        ("applications.supplement_asked", False, False),
        ("applications.transferred", True, False),
    ]


def test_an_act_that_is_undone_tells_nobody() -> None:
    factories.organs()
    with_duty(Role.OFFICER)
    with transaction.atomic():
        factories.submitted()
        transaction.set_rollback(True)
    assert (Message.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_a_sweep_tells_of_an_overdue_case_those_above_too_and_once() -> None:
    factories.organs()
    officer, chief, head = with_duty(Role.OFFICER), with_duty(Role.SECTION_CHIEF), with_duty(Role.DISCLOSURE_OFFICE)
    factories.registered(factories.holding(officer, Role.OFFICER))
    for _time in range(3):
        deadlines.sweep(today=date(2025, 10, 20))
    told = Message.objects.filter(event="deadlines.overdue").values_list("user_id", flat=True)
    assert sorted(told) == [officer.pk, chief.pk, head.pk]


def test_open_cases_of_a_person_who_left_go_to_the_successor_and_closed_ones_stay() -> None:
    factories.organs()
    leaver, successor, chief = with_duty(Role.OFFICER), with_duty(Role.OFFICER), with_duty(Role.SECTION_CHIEF)
    standing = factories.holding(leaver, Role.OFFICER)
    open_case = factories.registered(standing)
    closed_case = factories.closed(standing, factories.holding(chief, Role.SECTION_CHIEF))
    reopened = factories.closed(standing, factories.holding(chief, Role.SECTION_CHIEF))
    Application.objects.filter(pk=reopened.pk).update(state="registered")  # its first closing stays on record
    Application.objects.update(handler=leaver)
    bus.publish(PersonLeft(leaver.pk, successor.pk))
    rows = (open_case, reopened, closed_case)
    for row in rows:
        row.refresh_from_db()
    assert [row.handler_id for row in rows] == [successor.pk, successor.pk, leaver.pk]
