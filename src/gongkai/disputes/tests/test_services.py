"""A dispute from its opening to its end: terms, results, the case handled again, and what the record says."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.accounts.enums import Role
from gongkai.applications.enums import State as CaseState
from gongkai.applications.models import Application
from gongkai.applications.tests.factories import ORGAN, holding, organs, person
from gongkai.audit import selectors as audit
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines import services as clocks
from gongkai.disputes import retention, selectors, services
from gongkai.disputes.enums import Cause, Kind, Result, State
from gongkai.disputes.models import Dispute
from gongkai.notifications.models import Message
from gongkai.privacy.subjects import ERASED
from gongkai.reports import selectors as reports
from gongkai.workflow.rules import NotYours, Refused, Stale

from . import factories
from .factories import TODAY, accepted, case, do, opened

pytestmark = pytest.mark.django_db
CORRECTED = {"result": Result.CORRECTED, "result_on": date(2025, 11, 10), "told_on": date(2025, 11, 12), "today": TODAY}
UPHELD = {**CORRECTED, "result": Result.UPHELD}


@pytest.fixture(autouse=True)
def _organs() -> None:
    organs()


def test_a_dispute_runs_to_its_end_with_its_term_and_its_record() -> None:
    row = accepted(opened())
    assert (row.state, row.answer_due_on) == (State.RUNNING.value, date(2025, 10, 21))
    clock = deadlines.clock(owner_kind="disputes.dispute", owner_id=row.pk, name="answer")
    assert clock is not None
    assert (clock.due_on, clock.state) == (date(2025, 10, 21), "open")
    row = do("answer", row, on=date(2025, 10, 20), today=TODAY)
    by = factories.officer()
    row = do("note", row, by, on=date(2025, 11, 3), text="开庭审理", user_id=by.user_id, today=TODAY)
    row = do("conclude", row, **UPHELD, lesson="检索过程应当留痕。")
    assert (row.state, row.result, row.lesson) == (State.CONCLUDED.value, "upheld", "检索过程应当留痕。")
    clock.refresh_from_db()
    assert (clock.state, clock.ended_on) == ("met", date(2025, 10, 20))
    acts = [entry.act for entry in audit.entries_about(object_kind="disputes.dispute", object_id=row.pk)]
    assert acts == ["disputes.open", "disputes.accept", "disputes.answer", "disputes.note", "disputes.conclude"]
    assert list(audit.verify()) == []


def test_the_same_key_opens_one_dispute_and_an_old_page_changes_nothing() -> None:
    application, by = case(), factories.officer()
    words = {"authority": "示例机关", "cause": Cause.CONTENT, "filed_on": date(2025, 10, 9), "today": TODAY}
    kind, key = Kind.RECONSIDERATION, "the-same-key-0001"
    for _time in (1, 2):
        services.open_dispute(application=application, by=by, user_id=by.user_id, key=key, kind=kind, **words)  # type: ignore[arg-type]
    row = Dispute.objects.get()
    accepted(row)
    with pytest.raises(Stale):
        services.answer(pk=row.pk, by=by, version=0, key="an-old-page-00001", on=TODAY, today=TODAY)


def test_a_result_that_corrects_has_the_case_handled_again_within_the_days_of_the_decision() -> None:
    row = do("conclude", accepted(opened()), **CORRECTED, reply_within=15)
    head = holding(person(), Role.DISCLOSURE_OFFICE)
    with pytest.raises(NotYours):
        do("redo", row, today=TODAY)
    row = do("redo", row, head, today=TODAY)
    application = Application.objects.get(pk=row.application_id)
    assert (application.state, application.due_on) == (CaseState.REGISTERED.value, date(2025, 12, 3))
    assert row.redone_on == TODAY
    with pytest.raises(Refused, match="不必再办"):
        do("redo", row, head, today=TODAY)
    with pytest.raises(Refused, match="不能撤回"):
        do("amend", row, head, reason="登记有误")


def test_a_result_that_upholds_leaves_the_case_alone() -> None:
    row = do("conclude", opened(), **UPHELD)
    with pytest.raises(Refused, match="结果不是纠正"):
        do("redo", row, holding(person(), Role.DISCLOSURE_OFFICE), today=TODAY)


def test_a_result_put_on_record_wrongly_is_taken_back_and_not_counted() -> None:
    row = do("conclude", opened(), **UPHELD)
    organ = frozenset({ORGAN})
    assert selectors.table_four(organ, 2025)["administrative_reconsideration"]["upheld"] == 1
    row = do("amend", row, holding(person(), Role.DISCLOSURE_OFFICE), reason="登记有误")
    assert (row.state, row.result) == (State.ANSWERED.value, "")
    cells = selectors.table_four(organ, 2025)["administrative_reconsideration"]
    assert cells == {"upheld": 0, "corrected": 0, "other_result": 0, "pending": 1, "total": 1}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"told_on": date(2025, 11, 9)}, "收到决定或者判决之日"),
        ({"result_on": date(2025, 10, 8)}, "决定或者判决之日"),
        ({"result": Result.UPHELD, "reply_within": 15}, "只有结果纠正的"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(changes: dict[str, object], words: str) -> None:
    row = opened()
    with pytest.raises(Refused, match=words):
        do("conclude", row, **{**CORRECTED, **changes})
    row.refresh_from_db()
    assert (row.state, row.result, row.version) == (State.OPENED.value, "", 0)


def test_a_litigation_after_reconsideration_follows_one() -> None:
    application = case()
    with pytest.raises(Refused, match="没有登记过行政复议"):
        opened(application=application, kind=Kind.AFTER_RECONSIDERATION)
    first = opened(application=application)
    assert opened(application=application, kind=Kind.AFTER_RECONSIDERATION).follows == first


def test_another_organ_sees_nothing_of_it_and_may_not_open_one() -> None:
    row = opened()
    stranger = holding(person(), Role.OFFICER, organ="finance")
    assert selectors.dispute(stranger, row.pk) is None
    assert list(selectors.listed(stranger)) == []
    with pytest.raises(NotYours):
        services.open_dispute(
            application=row.application, by=stranger, user_id=stranger.user_id, key="a-stranger-000001",
            kind=Kind.DIRECT, authority="示例法院", cause=Cause.OTHER, filed_on=TODAY, today=TODAY,
        )  # fmt: skip


def test_table_four_of_the_draft_is_counted_and_opens_its_disputes() -> None:
    application = case()
    do("conclude", opened(application=application), **UPHELD)
    after = opened(application=application, kind=Kind.AFTER_RECONSIDERATION, filed_on=date(2025, 12, 1))
    found = reports.draft_of(ORGAN, 2025)
    assert found is not None
    cells = {
        (block.value, result.value): figure.value
        for block, row in found.reading.four.items()
        for result, figure in row.items()
        if figure.value
    }
    assert cells == {
        ("administrative_reconsideration", "upheld"): 1,
        ("administrative_reconsideration", "total"): 1,
        ("litigation_after_reconsideration", "pending"): 1,
        ("litigation_after_reconsideration", "total"): 1,
    }
    assert [finding for finding in found.findings if "表四" in finding.text] == []
    organs_ = frozenset({ORGAN})
    reader, stranger = factories.officer(), holding(person(), Role.OFFICER, organ="finance")
    words = {"organs": organs_, "year": 2025, "block": "litigation_after_reconsideration", "column": "pending"}
    assert selectors.cell(reader, **words) == [after]  # type: ignore[arg-type]
    assert selectors.cell(stranger, **words) == []  # type: ignore[arg-type]


def test_who_must_answer_is_told_before_the_last_day_and_after_it() -> None:
    from gongkai.accounts.models import Duty
    from gongkai.organisations.models import Organ

    user = person()
    organ = Organ.objects.get(code=ORGAN)
    Duty.objects.create(user=user, organ=organ, role=Role.LEGAL_REVIEWER.value, valid_from=date(2020, 1, 1))
    row = accepted(opened())
    for day in (date(2025, 10, 20), date(2025, 10, 22), date(2025, 10, 22)):
        clocks.sweep(today=day)
    told = Message.objects.filter(user=user).order_by("pk")
    assert [(message.event, message.url) for message in told] == [
        ("deadlines.due_soon", f"/workbench/disputes/{row.pk}/"),
        ("deadlines.overdue", f"/workbench/disputes/{row.pk}/"),
    ]


def test_the_people_of_a_dispute_are_forgotten_with_its_case() -> None:
    row = accepted(opened(claim="示例申请人甲请求撤销答复"))
    assert retention.forget(row.application_id, lambda text: text.replace("示例申请人甲", "×")) == 1
    row.refresh_from_db()
    assert (row.representative, row.claim) == (ERASED, "×请求撤销答复")
    assert retention.holds([row.application_id, 0])[row.application_id][0].reason == retention.OPEN
