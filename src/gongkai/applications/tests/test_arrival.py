"""到达: from the day an application comes in somebody is waited for, and from the day of receipt the reply."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty, User
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.applications.tests.test_course import do
from gongkai.deadlines import services as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.models import Clock
from gongkai.notifications.models import Message
from gongkai.organisations import services as organisations
from gongkai.organisations.models import Organ

waits = import_module("gongkai.applications.migrations.0021_open_consultations_wait_for_service")
pytestmark = pytest.mark.django_db
FRIDAY, TUESDAY = date(2025, 9, 12), date(2025, 9, 16)  # two working days after it


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    user = factories.person()
    organ = Organ.objects.get(code=factories.ORGAN)
    Duty.objects.create(user=user, organ=organ, role=Role.OFFICER.value, valid_from=date(2020, 1, 1))
    return factories.holding(user, Role.OFFICER)


def running(row: Application) -> dict[str, date]:
    return dict(Clock.objects.filter(owner_id=row.pk, state="open").values_list("name", "due_on"))


def tallies(officer: Standing, today: date) -> tuple[int, int]:
    found = selectors.tallies(officer, today=today, soon=date(2025, 9, 19))
    return found["overdue"], found["soon"]


def test_what_nobody_registers_is_warned_of_and_told_as_overdue(officer: Standing) -> None:
    row = factories.submitted().application
    assert running(row) == {"registration": TUESDAY}
    assert (row.next_on, row.next_clock, row.due_on) == (TUESDAY, "registration", None)
    assert [clock.name for clock in selectors.clocks(row, TUESDAY)] == ["registration"]
    assert tallies(officer, TUESDAY) == (0, 1)
    assert list(selectors.queue(officer, until=date(2025, 9, 16))) == [row]
    told = {}
    for day in (date(2025, 9, 15), TUESDAY, date(2025, 9, 17)):
        deadlines.sweep(today=day)
        told[day.day] = Message.objects.filter(event__startswith="deadlines.").count()
    assert told[17] > 0
    assert Message.objects.filter(event="deadlines.overdue").count() == 1
    assert tallies(officer, date(2025, 9, 17)) == (1, 0)
    services.register(
        pk=row.pk, by=officer, version=0, key="key-of-register-1", day=date(2025, 9, 17), today=date(2025, 9, 17)
    )
    row.refresh_from_db()
    assert running(row) == {"reply": row.due_on}
    assert tallies(officer, date(2025, 9, 17)) == (0, 0)


def test_over_the_counter_the_limit_of_the_reply_runs_from_that_day_and_is_counted_once(officer: Standing) -> None:
    row = factories.submitted(channel=Channel.IN_PERSON).application
    assert running(row) == {"registration": TUESDAY, "reply": date(2025, 10, 16)}
    assert (row.due_on, row.next_on, row.received_on) == (date(2025, 10, 16), TUESDAY, None)
    found = selectors.working(row)
    assert found is not None
    assert (found.due_on, len([day for day in found.working if day.counted])) == (date(2025, 10, 16), 20)
    assert tallies(officer, date(2025, 10, 17)) == (1, 0)
    done = services.register(pk=row.pk, by=officer, version=0, key="key-of-register-2", day=None, today=TUESDAY)
    assert running(done) == {"reply": date(2025, 10, 16)}
    assert (done.received_on, done.next_clock) == (FRIDAY, "reply")


def test_what_is_taken_back_or_handed_on_before_it_is_registered_leaves_no_clock_behind(officer: Standing) -> None:
    row = factories.submitted(channel=Channel.IN_PERSON).application
    row = do("transfer", row, officer, organ="education", reason="属于该机关", today=TUESDAY)
    assert set(Clock.objects.filter(owner_id=row.pk).values_list("organ", flat=True)) == {"education"}
    services.withdraw(application=row, key="withdraw-0000001", today=TUESDAY)
    row.refresh_from_db()
    assert (running(row), row.next_on, selectors.clocks(row, TUESDAY)) == ({}, None, ())


def test_recording_is_counted_from_arrival_and_by_the_number_that_the_organ_has_set(officer: Standing) -> None:
    actor: Any = officer.actor
    organisations.describe_organ(code=factories.ORGAN, changes={"recording_days": 1}, by=actor)
    moment = datetime(2025, 9, 12, 4, 0, tzinfo=UTC)
    row = factories.submitted(channel=Channel.FAX, at=moment).application
    Application.objects.filter(pk=row.pk).update(recorded_at=datetime(2025, 9, 18, 4, 0, tzinfo=UTC))
    row.steps.filter(act="record").update(on=date(2025, 9, 18))
    assert running(row) == {"registration": date(2025, 9, 15)}
    clock = next(one for one in selectors.clocks(row, date(2025, 9, 18)) if one.name == "record")
    assert clock.due is not None
    assert (clock.state.value, clock.due.due_on, clock.ended_on) == ("lapsed", date(2025, 9, 15), date(2025, 9, 18))


def test_the_printed_receipt_says_by_when_where_the_day_is_known(officer: Standing, client: Client) -> None:
    client.force_login(User.objects.get(pk=officer.user_id))
    draft = factories.DRAFT
    said = {
        "organ": draft.organ, "applicant_kind": draft.applicant_kind.value, "applicant_name": draft.applicant_name,
        "identity_kind": draft.identity_kind.value, "identity_number": draft.identity_number, "phone": draft.phone,
        "email": draft.email, "address": draft.address, "description": draft.description, "form": draft.form.value,
        "delivery": draft.delivery.value, "arrived_on": "2025-09-12",
    }  # fmt: skip
    pages = {}
    for channel in ("oral", "fax"):
        key = f"receipt-sample-{channel}-00001"
        pages[channel] = client.post("/workbench/applications/new/", {**said, "channel": channel, "key": key})
    oral, fax = (page.content.decode() for page in pages.values())
    assert "2025-10-16" in oral
    assert "次日起算 20 个工作日" in oral
    assert oral.count("<li>") >= 30
    assert "收到申请之日确定以后另行告知" in fax


def test_reasons_that_were_asked_for_before_a_reopening_bear_no_refusal_after_it(officer: Standing) -> None:
    roles = (Role.OFFICER, Role.DISCLOSURE_OFFICE)
    head = factories.holding(factories.person(), *roles)
    row = factories.registered(head)
    row = do("ask_reasons", row, head, facts="一月内三十件", working_days=5, today=date(2025, 9, 16))
    row = do("no_reasons", row, head, today=date(2025, 9, 24))
    assert selectors.course_of(row).reasons == "asked"
    row = services.withdraw(application=row, key="withdraw-0000002", today=date(2025, 9, 24))
    row = do("reopen", row, head, on=date(2025, 9, 26), working_days=None, reason="示例判决", today=date(2025, 9, 26))
    assert selectors.course_of(row).reasons == ""
    row = do("ask_reasons", row, head, facts="一月内三十件", working_days=5, today=date(2025, 9, 28))
    assert selectors.course_of(row).reasons == "asked"


def test_what_came_or_was_asked_before_there_were_such_clocks_gets_them(officer: Standing) -> None:
    waiting = factories.submitted().application
    Clock.objects.all().delete()
    Application.objects.update(next_on=None, next_clock="", due_on=None)
    asked = do(
        "ask_third_party", factories.registered(officer), officer, today=TUESDAY, party="示例公司", contact="",
        question="2024年示例项目的合同金额",
    )  # fmt: skip
    step = asked.steps.get(act="ask_third_party")
    step.facts = {"party": step.facts["party"]}
    step.save()
    asked.consultations.update(due_on=date(2025, 10, 13))
    Application.objects.filter(pk=asked.pk).update(next_clock="third_party")
    waits.wait(apps, None)
    assert services.catch_up(today=TUESDAY) == 2
    assert services.catch_up(today=TUESDAY) == 0
    assert running(waiting) == {"registration": TUESDAY}
    assert running(asked)[f"service:{asked.consultations.get().pk}"] == date(2025, 9, 23)
    assert services.end_consultations(today=date(2026, 3, 2)) == 0
