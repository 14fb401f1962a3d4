"""The course of a case beside the straight way: handed on, consulted about, charged for, extended, corrected, reopened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import Opinion, Scale
from gongkai.applications.models import Application, Consultation, Fee, Letter
from gongkai.applications.services import consulting
from gongkai.applications.tests import factories
from gongkai.deadlines.models import Clock
from gongkai.organisations.models import Organ
from gongkai.workflow.rules import NotNow, NotYours, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(db: None) -> None:
    factories.organs()


@pytest.fixture
def officer(directory: None) -> Standing:
    return factories.holding(factories.person(), Role.OFFICER)


@pytest.fixture
def chief(directory: None) -> Standing:
    return factories.holding(factories.person("示例科室负责人"), Role.SECTION_CHIEF)


@pytest.fixture
def head(directory: None) -> Standing:
    return factories.holding(factories.person("示例公开机构负责人"), Role.DISCLOSURE_OFFICE)


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    """One act of the services on a row as it stands."""
    row.refresh_from_db()
    key = f"{name}-{row.pk}-{row.version}-0000"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def clocks(row: Application) -> dict[str, tuple[str, date]]:
    return {
        clock.name.partition(":")[0]: (clock.state, clock.due_on)
        for clock in Clock.objects.filter(owner_id=row.pk).exclude(name__regex="^(registration|service)")
    }


def letters(row: Application) -> list[str]:
    return list(row.letters.values_list("kind", flat=True))


# --- Handed on -------------------------------------------------------------------------------------------------------


def test_a_case_is_assigned_accepted_or_given_back_with_a_reason(officer: Standing, head: Standing) -> None:
    for standing in (officer, head):
        Duty.objects.create(
            user_id=standing.user_id,
            organ=Organ.objects.get(code=factories.ORGAN),
            role=Role.OFFICER.value,
            valid_from=date(2020, 1, 1),
        )
    row = factories.registered(head)
    today = date(2025, 9, 16)
    row = do("assign", row, head, handler_id=officer.user_id, note="请查档", today=today)
    assert (row.state, row.handler_id) == ("assigned", officer.user_id)
    with pytest.raises(Refused, match="分给了另一位承办人"):
        do("accept", row, head, today=today)
    with pytest.raises(Refused, match="退回的理由"):
        do("decline", row, officer, reason=" ", today=today)
    row = do("decline", row, officer, reason="不属于本科室", today=today)
    assert (row.state, row.handler_id) == ("registered", None)
    row = do("assign", row, head, handler_id=officer.user_id, note="", today=today)
    assert do("accept", row, officer, today=today).state == "registered"
    stranger = factories.person("示例外人")
    with pytest.raises(Refused, match="有承办职责"):
        do("assign", row, head, handler_id=stranger.pk, note="", today=today)


def test_an_application_at_the_wrong_organ_goes_to_the_right_one_before_it_is_registered(officer: Standing) -> None:
    row = factories.submitted().application
    with pytest.raises(Refused, match="另一个机关"):
        do("transfer", row, officer, organ=factories.ORGAN, reason="示例", today=date(2025, 9, 15))
    row = do("transfer", row, officer, organ="finance", reason="属于财政局职责", today=date(2025, 9, 15))
    assert (row.state, row.organ.code) == ("submitted", "finance")
    with pytest.raises(NotYours):
        services.register(
            pk=row.pk, by=officer, version=row.version, key="register-elsewhere-0", day=None, today=date(2025, 9, 15)
        )


# --- Consultations ---------------------------------------------------------------------------------------------------


def asked(officer: Standing, **words: Any) -> Application:
    given = {"party": "示例公司", "contact": "示例路2号", "question": "2024年示例项目的合同金额", **words}
    row = do("ask_third_party", factories.registered(officer), officer, today=date(2025, 9, 18), **given)
    return factories.served(row, officer, on=date(2025, 9, 18))


def test_a_third_party_is_asked_and_the_limit_waits_for_the_answer(officer: Standing) -> None:
    row = asked(officer)
    assert (row.state, row.next_clock) == ("consulting", "third_party")
    assert letters(row) == ["receipt", "third_party_request", "third_party_told"]
    # 15 working days after 18 September end on 15 October; the reply, due on 17 October, waits so long.
    assert clocks(row) == {"reply": ("open", date(2025, 11, 7)), "third_party": ("open", date(2025, 10, 15))}
    found = Consultation.objects.get()
    with pytest.raises(Refused, match="还在等待"):
        do("end_consultation", row, officer, today=date(2025, 9, 25))
    row = do(
        "take_opinion", row, officer, consultation=found.pk, on=date(2025, 9, 25), opinion=Opinion.REFUSE,
        reason="涉及商业秘密", today=date(2025, 9, 25),
    )  # fmt: skip
    # Five working days were left out: 19, 22, 23, 24 and 25 September.
    assert clocks(row) == {"reply": ("open", date(2025, 10, 24)), "third_party": ("met", date(2025, 10, 15))}
    row = do("end_consultation", row, officer, today=date(2025, 9, 25))
    assert (row.state, row.due_on) == ("registered", date(2025, 10, 24))


def test_a_third_party_is_heard_also_where_the_reply_is_late_and_it_stays_late(officer: Standing) -> None:
    """Else who is late could only disclose without asking: what is withheld for a third party wants its opinion."""
    row, late = factories.registered(officer), date(2025, 10, 20)
    row = do("ask_third_party", row, officer, party="示例公司", contact="", question="合同金额", today=late)
    row = factories.served(row, officer, on=late)
    found = Consultation.objects.get(application=row)
    assert (row.state, row.due_on, found.due_on) == ("consulting", date(2025, 10, 17), date(2025, 11, 10))
    answer: dict[str, Any] = {"on": date(2025, 10, 24), "opinion": Opinion.REFUSE, "reason": "商业秘密"}
    row = do("take_opinion", row, officer, consultation=found.pk, today=date(2025, 10, 24), **answer)
    row = do("end_consultation", row, officer, today=date(2025, 10, 24))
    assert row.due_on == date(2025, 10, 17)
    assert clocks(row)["reply"] == ("open", date(2025, 10, 17))
    contents = {"reason": "商业秘密", "consultation": "已征询，不同意", "harm": "损害竞争地位"}
    words: dict[str, Any] = {"kind": "third_party", "contents": contents, "user_id": officer.user_id}
    assert do("decide", row, officer, today=date(2025, 10, 24), **words).code == "D4"


def test_who_applies_is_never_told_to_a_third_party(officer: Standing) -> None:
    row = factories.registered(officer)
    for said in ("示例申请人甲申请的材料", "电话 138 0000 0000", "证件 11010519491231002X"):
        with pytest.raises(Refused, match="不得向第三方透露"):
            do("ask_third_party", row, officer, party="示例公司", contact="", question=said, today=date(2025, 9, 18))
        with pytest.raises(Refused, match="不得向其他机关透露"):
            do("ask_co_producer", row, officer, organ="finance", question=said, today=date(2025, 9, 18))
    somebody = "名单上一人的证件 310109199001010013"
    with pytest.raises(Refused, match="居民身份号码"):
        do("ask_third_party", row, officer, party="示例公司", contact="", question=somebody, today=date(2025, 9, 18))
    assert not Letter.objects.filter(kind="third_party_request").exists()


def test_silence_of_a_third_party_lets_the_organ_decide_and_the_sweep_goes_on(officer: Standing) -> None:
    row = asked(officer)
    assert services.end_consultations(today=date(2025, 10, 15)) == 0
    assert services.end_consultations(today=date(2025, 10, 16)) == 1
    row.refresh_from_db()
    assert (row.state, row.due_on) == ("registered", date(2025, 11, 7))
    assert Consultation.objects.get().opinion == Opinion.SILENT.value


def test_an_organ_that_took_part_is_asked_and_its_silence_is_consent(officer: Standing) -> None:
    row = factories.registered(officer)
    row = do("ask_co_producer", row, officer, organ="finance", question="共同制作的办法", today=date(2025, 9, 18))
    with pytest.raises(Refused, match="同一对象"):
        do("ask_co_producer", row, officer, organ="finance", question="再问", today=date(2025, 9, 19))
    factories.served(row, officer, on=date(2025, 9, 18))
    assert clocks(row)["co_producer"] == ("open", date(2025, 10, 15))
    services.end_consultations(today=date(2025, 10, 16))
    found = Consultation.objects.get()
    assert (found.kind, found.opinion) == ("co_producer", Opinion.SILENT.value)


def test_a_disclosure_against_a_third_party_wants_the_public_interest_and_tells_it_once(
    officer: Standing, chief: Standing, head: Standing
) -> None:
    row = asked(officer)
    found = Consultation.objects.get()
    day = date(2025, 9, 25)
    said: dict[str, Any] = {"opinion": Opinion.REFUSE, "reason": "涉及商业秘密"}
    row = do("take_opinion", row, officer, consultation=found.pk, on=day, today=day, **said)
    row = do("end_consultation", row, officer, today=day)
    words: dict[str, Any] = {"kind": "provided", "user_id": officer.user_id, "today": day}
    with pytest.raises(Refused, match="公共利益"):
        do("decide", row, officer, contents={"ways": "随本答复提供"}, **words)
    row = do("decide", row, officer, contents={"ways": "随本答复提供", "public_interest": "涉及公共安全"}, **words)
    row = do("sign", factories.reviewed(row), chief, user_id=chief.user_id, today=day)
    letter = Letter.objects.get(kind="third_party_decided")
    assert (letter.addressee, letter.consultation_id) == ("示例公司", found.pk)
    assert "涉及公共安全" in str(selectors.paper_of(letter).body)
    row = do("deliver", do("seal", row, officer, today=day), officer, sent_on=day, proof="网上送达", today=day)
    row = do("correct_letter", row, head, reason="错字", today=day)
    row = do("decide", row, officer, contents={"ways": "附件一", "public_interest": "涉及公共安全"}, **words)
    row = do("sign", factories.reviewed(row), chief, user_id=chief.user_id, today=day)
    assert letters(row).count("third_party_decided") == 1


def answered(officer: Standing, opinion: Opinion) -> Application:
    """A case whose third party has said what it thinks, on 25 September."""
    row, day = asked(officer), date(2025, 9, 25)
    found = Consultation.objects.get()
    row = do("take_opinion", row, officer, consultation=found.pk, on=day, opinion=opinion, reason="", today=day)
    return do("end_consultation", row, officer, today=day)


def test_what_a_third_party_agrees_to_disclose_is_not_withheld_for_its_sake(officer: Standing) -> None:
    row = answered(officer, Opinion.CONSENT)
    words = {"contents": {"reason": "示例理由", "consultation": "示例", "harm": "示例"}, "user_id": officer.user_id}
    with pytest.raises(Refused, match="都同意公开"):
        do("decide", row, officer, kind="third_party", today=date(2025, 9, 26), **words)


def test_the_rest_is_disclosed_without_what_a_third_party_does_not_agree_to(officer: Standing, chief: Standing) -> None:
    row, day = answered(officer, Opinion.REFUSE), date(2025, 9, 26)
    contents = {"given": "合同的其余部分", "reason": "合同金额属于商业秘密，条例第十五条"}
    row = do("decide", row, officer, kind="partial", contents=contents, user_id=officer.user_id, today=day)
    do("sign", factories.reviewed(row), chief, user_id=chief.user_id, today=day)
    assert letters(row) == ["receipt", "third_party_request", "third_party_told", "partial"]


def test_the_code_of_a_third_party_opens_nothing_of_the_applicant(officer: Standing) -> None:
    row = asked(officer)
    key = f"ask_third_party-{row.pk}-{row.version - 2}-0000"
    assert selectors.by_code(row.number, consulting.code_of(key)) is None


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("third_party", "先书面征求第三方意见"),
        ("still_unclear", "以申请人补正过为前提"),
        ("excessive", "要求申请人说明理由"),
    ],
)
def test_an_outcome_wants_what_the_law_puts_before_it(officer: Standing, kind: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        factories.decided(officer, kind=kind)


# --- Reasons, extension, fee -----------------------------------------------------------------------------------------


def test_reasons_are_asked_for_and_a_good_one_defers_the_reply(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer)
    day = date(2025, 9, 18)
    row = do("ask_reasons", row, officer, today=day, facts="三个月内 60 件", working_days=5)
    assert clocks(row)["explanation"] == ("open", date(2025, 9, 25))
    row = do("give_reasons", row, services.applicant_of(row), today=date(2025, 9, 22), text="课题研究")
    with pytest.raises(NotYours):
        do("defer", row, officer, today=day, until=date(2025, 11, 3), reason="量大")
    with pytest.raises(Refused, match="之后的工作日"):
        do("defer", row, head, today=date(2025, 9, 23), until=date(2025, 11, 2), reason="量大")
    row = do("defer", row, head, today=date(2025, 9, 23), until=date(2025, 11, 3), reason="量大")
    assert (row.due_on, letters(row)[-1]) == (date(2025, 11, 3), "deferral")


def test_an_extension_is_asked_for_refused_and_then_granted(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer)
    row = do("ask_extension", row, officer, today=date(2025, 10, 9), working_days=20, reason="跨部门查找")
    assert selectors.asked_extension(row) == {"working_days": 20, "reason": "跨部门查找"}
    row = do("refuse_extension", row, head, today=date(2025, 10, 9), reason="请先查档案")
    assert (row.state, row.due_on) == ("registered", date(2025, 10, 17))
    row = do("ask_extension", row, officer, today=date(2025, 10, 13), working_days=10, reason="档案已移交")
    row = do("extend", row, head, today=date(2025, 10, 13), working_days=10, reason="档案已移交")
    assert (row.state, row.due_on, row.extended_by) == ("registered", date(2025, 10, 31), 10)
    assert "2025年10月31日" in str(selectors.paper_of(row.letters.get(kind="extension")).body)
    with pytest.raises(Refused, match="不能再次延长"):
        do("extend", row, head, today=date(2025, 10, 14), working_days=5, reason="再延")


def test_a_fee_is_noticed_and_the_limit_runs_anew_from_the_payment(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer)
    words: dict[str, Any] = {"scale": Scale.BY_PAGE, "how": "银行转账（示例账户）"}
    with pytest.raises(Refused, match="0 元"):
        do("charge", row, head, today=date(2025, 9, 18), pages=30, **words)
    row = do("charge", row, head, today=date(2025, 9, 18), pages=230, **words)
    fee = Fee.objects.get()
    assert (row.state, fee.yuan, fee.due_on) == ("paying", 3900, date(2025, 10, 22))
    with pytest.raises(Refused, match="尚未届满"):
        do("unpaid", row, officer, today=date(2025, 10, 22))
    with pytest.raises(Refused, match="票据号码"):
        do("pay", row, officer, on=date(2025, 9, 22), receipt="", today=date(2025, 9, 22))
    row = do("pay", row, officer, on=date(2025, 9, 22), receipt="SAMPLE-1", today=date(2025, 9, 22))
    assert (row.state, row.due_on) == ("registered", date(2025, 10, 24))
    with pytest.raises(Refused, match="只收一次费"):
        do("charge", row, head, today=date(2025, 9, 23), pages=231, **words)


def test_nobody_is_told_to_have_given_no_reasons_before_the_term_is_over(officer: Standing) -> None:
    row = factories.registered(officer)
    row = do("ask_reasons", row, officer, facts="一月内三十件", working_days=10, today=date(2025, 9, 16))
    with pytest.raises(Refused, match="期限到2025-09-29为止，尚未届满"):
        do("no_reasons", row, officer, today=date(2025, 9, 29))
    row = do("no_reasons", row, officer, today=date(2025, 10, 9))
    # What was waited for in vain presses no more: the reply is what comes next.
    assert (row.state, row.next_clock, row.next_on) == ("registered", "reply", row.due_on)
    assert clocks(row)["explanation"][0] == "met"


def test_who_does_not_pay_has_given_the_application_up(officer: Standing, head: Standing) -> None:
    row = factories.registered(officer)
    row = do("charge", row, head, today=date(2025, 9, 18), scale=Scale.BY_PAGE, pages=31, how="窗口")
    with pytest.raises(Refused, match="视为放弃申请"):
        do("pay", row, officer, on=date(2025, 10, 23), receipt="SAMPLE-2", today=date(2025, 10, 23))
    row = do("unpaid", row, officer, today=date(2025, 10, 23))
    assert (row.state, row.counted_code, letters(row)[-1]) == ("closed", "O2", "unpaid")
    reopened = {"on": date(2025, 11, 3), "working_days": None, "reason": "示例判决", "today": date(2025, 11, 3)}
    row = do("reopen", row, head, **reopened)
    with pytest.raises(Refused, match="在重新处理以前已经发出过收费通知"):
        do("charge", row, head, today=date(2025, 11, 4), scale=Scale.BY_PAGE, pages=31, how="窗口")


def test_by_item_counts_the_applications_of_one_person_in_one_month(officer: Standing, head: Standing) -> None:
    rows = [factories.registered(officer) for _ in range(12)]
    factories.registered(officer, identity_number="SAMPLE-OTHER")
    assert services.charge_of(rows[10], Scale.BY_ITEM, 0, date(2025, 9, 18)).yuan == 100
    with pytest.raises(Refused, match="0 元"):
        services.charge_of(rows[9], Scale.BY_ITEM, 0, date(2025, 9, 18))


# --- After the reply -------------------------------------------------------------------------------------------------


def test_a_slip_is_corrected_by_a_new_version_and_the_count_stays(
    officer: Standing, chief: Standing, head: Standing
) -> None:
    row = factories.closed(officer, chief)
    first = selectors.reply_letter(row.pk)
    row = do("correct_letter", row, head, reason="文号写错", today=date(2025, 10, 9))
    words: dict[str, Any] = {"user_id": officer.user_id, "today": date(2025, 10, 9)}
    with pytest.raises(Refused, match="不改变办理结果"):
        do("decide", row, officer, kind="already_public", contents={"ways": "区政府网站"}, **words)
    row = do("decide", row, officer, kind="provided", contents={"ways": "更正后的附件"}, **words)
    row = do("sign", factories.reviewed(row), chief, user_id=chief.user_id, today=date(2025, 10, 10))
    row = do("seal", row, officer, today=date(2025, 10, 10))
    row = do("deliver", row, officer, sent_on=date(2025, 10, 10), proof="网上送达", today=date(2025, 10, 10))
    second = selectors.reply_letter(row.pk)
    assert (second.version, second.replaces_id, row.state) == (2, first.pk, "closed")
    assert (row.closed_on, row.counted_on, row.counted_code) == (date(2025, 9, 29), date(2025, 9, 29), "G2")
    assert clocks(row)["reply"] == ("met", date(2025, 10, 17))


def test_a_reply_set_aside_is_given_anew_and_the_year_reported_stays(
    officer: Standing, chief: Standing, head: Standing
) -> None:
    row = factories.closed(officer, chief)
    row = do("archive", row, officer, today=date(2025, 10, 9))
    words: dict[str, Any] = {"reason": "示例复议决定", "today": date(2026, 1, 5)}
    with pytest.raises(Refused, match="办结之日"):
        do("reopen", row, head, on=date(2025, 9, 1), working_days=None, **words)
    row = do("reopen", row, head, on=date(2026, 1, 5), working_days=15, **words)
    assert (row.state, row.code, row.due_on) == ("registered", "", date(2026, 1, 26))
    with pytest.raises(Refused, match="限定的 15 个工作日"):
        do("extend", row, head, working_days=5, reason="跨部门查找", today=date(2026, 1, 6))
    assert (row.counted_on, row.counted_code) == (date(2025, 9, 29), "G2")
    table = selectors.table_three(frozenset({factories.ORGAN}), 2026)
    assert table["new_received"]["total"] == table["carried_in"]["total"] == 0


def test_what_is_archived_is_changed_by_nothing_else(officer: Standing, chief: Standing) -> None:
    row = do("archive", factories.closed(officer, chief), officer, today=date(2025, 10, 9))
    with pytest.raises(NotNow):
        do("decide", row, officer, kind="provided", contents={}, user_id=officer.user_id, today=date(2025, 10, 9))


def test_a_reviewer_does_not_review_his_or_her_own_proposal_and_a_new_one_is_reviewed_anew(
    officer: Standing, chief: Standing
) -> None:
    row = factories.decided(officer)
    with pytest.raises(Refused, match="须先通过保密审查"):
        do("sign", row, chief, user_id=chief.user_id, today=date(2025, 9, 26))
    row = factories.reviewed(row)
    row = do("send_back", row, chief, reason="补充附件名称", today=date(2025, 9, 26))
    words: dict[str, Any] = {"user_id": officer.user_id, "today": date(2025, 9, 26)}
    row = do("decide", row, officer, kind="provided", contents={"ways": "附件一份"}, **words)
    with pytest.raises(Refused, match="须先通过保密审查"):
        do("sign", row, chief, user_id=chief.user_id, today=date(2025, 9, 26))
