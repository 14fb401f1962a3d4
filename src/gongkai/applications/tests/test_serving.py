"""送达: a term begins on the day on which its letter arrived, and before that nothing is silent, late or given up."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import Delivery, Opinion, Scale, Way
from gongkai.applications.models import Application, Consultation, Fee, Letter
from gongkai.applications.rules.serving import must_be_served
from gongkai.applications.tests import factories
from gongkai.applications.tests.test_course import do
from gongkai.audit.models import Entry
from gongkai.deadlines.models import Clock
from gongkai.notifications.models import Message
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.django_db
ASKED, ARRIVED = date(2025, 9, 18), date(2025, 9, 24)
QUESTION = "2024年示例项目的合同金额"


@pytest.fixture
def head(officer: Standing) -> Standing:
    return factories.holding(factories.person("示例公开机构负责人"), Role.DISCLOSURE_OFFICE)


@pytest.fixture
def asked(officer: Standing) -> Application:
    """One whose third party was written to on 18 September, and nobody knows yet when the letter came."""
    row = factories.registered(officer)
    Application.objects.filter(pk=row.pk).update(handler_id=officer.user_id)
    return do("ask_third_party", row, officer, today=ASKED, party="示例公司", contact="", question=QUESTION)


@pytest.mark.parametrize(
    ("delivery", "wanted"),
    [(Delivery.ONLINE, False), (Delivery.E_MAIL, False), (Delivery.POST, True), (Delivery.IN_PERSON, True)],
)
def test_a_notice_has_arrived_at_once_where_the_applicant_chose_to_be_reached_online(
    delivery: Delivery, wanted: bool
) -> None:
    assert must_be_served(delivery.value) is wanted


def test_before_a_letter_is_known_to_have_come_no_silence_is_an_answer(officer: Standing, asked: Application) -> None:
    found = Consultation.objects.get()
    assert (found.due_on, found.taken_on, asked.next_clock, asked.next_on) == (None, None, "service", date(2025, 9, 25))
    assert services.end_consultations(today=date(2026, 3, 2)) == 0
    with pytest.raises(Refused, match="1份征求意见书尚未登记送达"):
        do("end_consultation", asked, officer, today=date(2026, 3, 2))
    # The limit of the organ is lengthened by no more than if the letter had come on the day it was sent.
    assert asked.due_on == date(2025, 11, 7)


def test_the_term_runs_from_the_day_the_letter_came_and_the_handler_is_told_how_it_was_counted(
    officer: Standing, asked: Application
) -> None:
    row = factories.served(asked, officer, on=ARRIVED)
    found, letter = Consultation.objects.get(), Letter.objects.get(kind="third_party_request")
    assert (found.taken_on, found.due_on) == (ARRIVED, date(2025, 10, 21))
    assert (letter.delivered_on, letter.proof) == (ARRIVED, "邮寄签收；挂号信 示例0001")
    assert (row.state, row.next_clock, row.next_on, row.due_on) == (
        "consulting", "third_party", date(2025, 10, 21), date(2025, 11, 13),
    )  # fmt: skip
    assert {clock.name.partition(":")[0]: clock.state for clock in Clock.objects.filter(owner_id=row.pk)} == {
        "registration": "met", "reply": "open", "third_party": "open", "service": "met",
    }  # fmt: skip
    facts = json.loads(Entry.objects.get(act="applications.serve").facts)
    assert (facts["served_on"], facts["term_due_on"], facts["term_days"]) == ("2025-09-24", "2025-10-21", 15)
    told = Message.objects.get(event="applications.served")
    assert told.user_id == officer.user_id
    assert services.end_consultations(today=date(2025, 10, 21)) == 0
    assert services.end_consultations(today=date(2025, 10, 22)) == 1


def test_a_wrong_day_of_service_is_put_right_and_an_impossible_one_refused(
    officer: Standing, asked: Application
) -> None:
    for day in (date(2025, 9, 17), date(2025, 9, 25)):
        with pytest.raises(Refused, match="送达日期应当在"):
            factories.served(asked, officer, on=day, today=ARRIVED)
    with pytest.raises(Refused, match="送达的凭证"):
        factories.served(asked, officer, on=ARRIVED, proof=" ")
    row = factories.served(asked, officer, on=date(2025, 9, 22))
    row = factories.served(row, officer, on=ARRIVED, note="原登记有误")
    assert Consultation.objects.get().due_on == date(2025, 10, 21)
    answer: dict[str, Any] = {"consultation": Consultation.objects.get().pk, "opinion": Opinion.CONSENT, "reason": ""}
    row = do("take_opinion", row, officer, on=date(2025, 9, 25), today=date(2025, 9, 25), **answer)
    with pytest.raises(Refused, match="不会在这以后才送达"):
        factories.served(row, officer, on=date(2025, 9, 26))


def test_a_third_party_that_opens_its_letter_with_the_code_has_received_it(asked: Application) -> None:
    found, now = Consultation.objects.get(), datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
    services.note_reading(consultation=found, now=now)
    services.note_reading(consultation=Consultation.objects.get(), now=datetime(2025, 9, 26, 2, 0, tzinfo=UTC))
    assert (found.taken_on, found.due_on) == (ARRIVED, date(2025, 10, 21))
    assert "凭答复码在网上打开" in Letter.objects.get(kind="third_party_request").proof
    assert Entry.objects.filter(act="applications.serve").count() == 1


def test_a_third_party_serves_its_own_letter_alone(officer: Standing, asked: Application) -> None:
    other = do(
        "ask_third_party", factories.registered(officer), officer, today=ASKED, party="另一示例公司", contact="",
        question=QUESTION,
    )  # fmt: skip
    stranger = services.party_of(Consultation.objects.get(application=other))
    words: dict[str, Any] = {"way": Way.ELECTRONIC, "proof": "示例", "note": "", "on": ARRIVED, "today": ARRIVED}
    told = Letter.objects.get(application=asked, kind="third_party_told")
    for letter in Letter.objects.filter(pk__in=[told.pk, Letter.objects.get(consultation__application=asked).pk]):
        with pytest.raises(NotYours):
            do("serve", asked, stranger, letter=letter.pk, **words)


def test_who_is_to_be_reached_by_post_is_not_late_before_the_notice_came(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer, delivery=Delivery.POST)
    row = do("ask_supplement", row, officer, today=ASKED, wanted="写明年份", working_days=5)
    assert (row.supplement_by, row.next_clock) == (None, "service")
    body = str(selectors.paper_of(Letter.objects.get(kind="supplement_notice")).body)
    assert "请于收到本告知书次日起5个工作日内将补正材料提交" in body
    with pytest.raises(Refused, match="尚未登记送达"):
        do("lapse", row, officer, today=date(2026, 1, 5))
    row = factories.served(row, officer, on=ARRIVED)
    assert (row.supplement_by, row.next_clock) == (date(2025, 9, 30), "supplement")
    row = do("supplement", row, services.applicant_of(row), today=date(2025, 9, 30), text="2024年")
    words: dict[str, Any] = {"scale": Scale.BY_PAGE, "pages": 100, "how": "窗口"}
    row = do("charge", row, head, today=date(2025, 10, 9), **words)
    assert Fee.objects.get().due_on is None
    assert "个工作日内缴纳" in str(selectors.paper_of(Letter.objects.get(kind="fee_notice")).body)
    with pytest.raises(Refused, match="尚未登记送达"):
        do("unpaid", row, officer, today=date(2026, 1, 5))
    row = factories.served(row, officer, on=date(2025, 10, 13))
    assert Fee.objects.get().due_on == date(2025, 11, 10)
    assert do("unpaid", row, officer, today=date(2025, 11, 11)).counted_code == "O2"


def test_a_letter_that_begins_no_term_has_its_proof_kept_and_moves_no_day(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer)
    row = do("extend", row, head, today=ASKED, working_days=5, reason="查找")
    letter = Letter.objects.get(kind="extension")
    words: dict[str, Any] = {"way": Way.IN_PERSON, "proof": "回证1号", "note": "", "on": ARRIVED, "today": ARRIVED}
    after = do("serve", row, officer, letter=letter.pk, **words)
    letter.refresh_from_db()
    assert (letter.delivered_on, after.due_on, after.state) == (ARRIVED, row.due_on, "registered")
    with pytest.raises(Refused, match="没有可以登记送达的这份文书"):
        do("serve", factories.submitted().application, officer, letter=letter.pk, **words)


def test_who_supplements_after_the_term_is_told_where_to_say_why_and_an_officer_takes_it(officer: Standing) -> None:
    row, late = factories.registered(officer), date(2025, 10, 9)
    row = do("ask_supplement", row, officer, today=ASKED, wanted="写明年份", working_days=5)
    with pytest.raises(Refused, match=r"打电话(（.+）)?或者来信向上海市虹口区民政局说明"):
        do("supplement", row, services.applicant_of(row), today=late, text="2024年")
    row = do("supplement", row, officer, today=late, text="2024年", reason="住院，附出院小结")
    assert (row.state, row.due_on) == ("registered", date(2025, 11, 5))
