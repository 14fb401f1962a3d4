"""The acts of an application: what each does, what each refuses, and that nothing is done twice or by halves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import Delivery
from gongkai.applications.models import Application
from gongkai.applications.rules.reply import Incomplete
from gongkai.applications.services import letters
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel, ClockState
from gongkai.deadlines.models import Clock
from gongkai.deadlines.rules import Notice, NoticeDay
from gongkai.deadlines.services.clocks import settle
from gongkai.files import selectors as files
from gongkai.organisations import services as organisations
from gongkai.papers import services as papers
from gongkai.papers.rules import Paper
from gongkai.seals import selectors as seals
from gongkai.seals import services as sealing
from gongkai.seals.enums import SignerKind, Verdict
from gongkai.workflow.rules import KeyReused, NotNow, NotYours, Refused, Stale

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 9, 15)
ACTS = ("submit", "register", "decide", "pass_secrecy", "sign", "seal", "deliver")


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


def acts() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


def test_an_application_gets_a_number_and_a_code_that_opens_it(directory: None) -> None:
    receipt = factories.submitted()
    assert receipt.application.number == "2025-000001"
    assert selectors.by_code("2025-000001", receipt.code.lower()) == receipt.application
    assert selectors.by_code("2025-000001", "0000000000") is None
    assert selectors.by_code("2025-000002", receipt.code) is None


def test_who_applies_stands_in_the_database_in_no_readable_form(directory: None) -> None:
    factories.submitted()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_application")
        row = " ".join(str(value) for value in cursor.fetchone())
    said = ("示例申请人甲", "11010519491231002X", "13800000000", "sample@example.com", "示例路1号")
    assert [word for word in said if word in row] == []


def test_the_same_submission_again_is_the_same_application_with_the_same_code(directory: None) -> None:
    key = "one-submission-0000"
    first = services.submit(draft=factories.DRAFT, key=key)
    again = services.submit(draft=factories.DRAFT, key=key)
    assert (again.application.pk, again.code) == (first.application.pk, first.code)
    assert Application.objects.count() == 1
    assert acts() == ["applications.submit"]


def test_an_organ_that_is_gone_is_told(directory: None) -> None:
    with pytest.raises(Refused, match="已经不在名录中"):
        factories.submitted(organ="no-such-organ")
    assert Application.objects.count() == 0


def test_registering_fixes_the_days_with_their_working(officer: Standing) -> None:
    row = factories.registered(officer)
    assert (row.state, row.received_on, row.due_on) == ("registered", MONDAY, date(2025, 10, 17))
    due = selectors.working(row)
    assert due is not None
    assert [day.n for day in due.working if day.counted] == list(range(1, 21))
    assert due.working[-1].day == row.due_on
    assert acts() == ["applications.submit", "applications.register"]


def test_handed_in_over_the_counter_the_day_is_that_day(officer: Standing) -> None:
    application = factories.submitted(channel=Channel.IN_PERSON).application
    words: dict[str, Any] = {"pk": application.pk, "by": officer, "version": 0, "key": "key-of-register-9"}
    with pytest.raises(Refused, match="不能另定为2025-09-15"):
        services.register(**words, day=MONDAY, today=MONDAY)
    assert services.register(**words, day=None, today=MONDAY).received_on == date(2025, 9, 12)


@pytest.mark.parametrize("day", [None, date(2025, 9, 11), date(2025, 9, 16)])
def test_a_day_that_cannot_be_changes_nothing(officer: Standing, day: date | None) -> None:
    application = factories.submitted().application
    with pytest.raises(Refused):
        services.register(pk=application.pk, by=officer, version=0, key="key-of-register-1", day=day, today=MONDAY)
    application.refresh_from_db()
    assert (application.state, application.version, application.due_on) == ("submitted", 0, None)
    assert acts() == ["applications.submit"]


def test_an_extension_moves_the_due_date_once_and_by_twenty_days_at_most(head: Standing) -> None:
    row = factories.registered(head)
    common: dict[str, Any] = {"pk": row.pk, "by": head, "today": date(2025, 10, 10), "reason": "需要跨部门查找"}
    with pytest.raises(Refused, match="1 至 20 个工作日"):
        services.extend(**common, version=row.version, key="key-of-extend-21", working_days=21)
    row = services.extend(**common, version=row.version, key="key-of-extend-20", working_days=20)
    assert row.due_on == date(2025, 11, 14)
    with pytest.raises(Refused, match="不能再次延长"):
        services.extend(**common, version=row.version, key="key-of-extend-2", working_days=5)


def test_an_extension_after_the_last_day_is_refused(head: Standing) -> None:
    row = factories.registered(head)
    with pytest.raises(Refused, match="已于2025-10-17届满"):
        services.extend(
            pk=row.pk, by=head, version=row.version, key="key-of-extend-x", today=date(2025, 10, 18), working_days=5,
            reason="迟了",
        )  # fmt: skip


def test_only_the_head_of_the_disclosure_office_extends(officer: Standing) -> None:
    row = factories.registered(officer)
    with pytest.raises(NotYours, match="政府信息公开工作机构负责人"):
        services.extend(
            pk=row.pk, by=officer, version=row.version, key="key-of-extend-y", today=MONDAY, working_days=5, reason="x"
        )


def test_a_supplement_starts_the_limit_anew(officer: Standing) -> None:
    row = factories.registered(officer)
    row = services.ask_supplement(
        pk=row.pk, by=officer, version=row.version, key="key-of-asking-1", today=date(2025, 9, 17), wanted="写明年度",
        working_days=10,
    )  # fmt: skip
    assert (row.state, row.supplement_by) == ("supplementing", date(2025, 9, 30))
    row = services.supplement(
        pk=row.pk, by=officer, version=row.version, key="key-of-supplement", today=date(2025, 9, 22), text="2024年度"
    )
    assert (row.state, row.due_on) == ("registered", date(2025, 10, 24))
    with pytest.raises(Refused, match="一次性告知"):
        services.ask_supplement(
            pk=row.pk, by=officer, version=row.version, key="key-of-asking-2", today=date(2025, 9, 23), wanted="再补",
            working_days=5,
        )  # fmt: skip


def test_no_paper_spells_out_a_persons_own_number_but_the_account_to_pay_into(officer: Standing) -> None:
    row, day = factories.registered(officer), date(2025, 9, 17)
    wanted = "证件号码11010519491231002X与所附的不符，请核对"
    with pytest.raises(Refused, match=r"“需要补正的事项”里有居民身份号码。写明是什么就可以"):
        services.ask_supplement(
            pk=row.pk, by=officer, version=row.version, key="key-of-number", today=day, wanted=wanted, working_days=10
        )
    row.refresh_from_db()
    assert (row.state, row.letters.filter(kind="supplement_notice").exists()) == ("registered", False)
    account = {"how": "账户6222021001116245702"}
    assert services.letters.issue(row, "fee_notice", account, on=day).contents["how"] == account["how"]


def test_a_supplement_cannot_be_asked_for_after_seven_working_days(officer: Standing) -> None:
    row = factories.registered(officer)
    with pytest.raises(Refused, match="已于2025-09-24届满"):
        services.ask_supplement(
            pk=row.pk, by=officer, version=row.version, key="key-of-asking-3", today=date(2025, 9, 25), wanted="写明",
            working_days=5,
        )  # fmt: skip


def test_only_when_the_term_is_over_is_an_application_given_up(officer: Standing) -> None:
    row = factories.registered(officer)
    row = services.ask_supplement(
        pk=row.pk, by=officer, version=row.version, key="key-of-asking-4", today=MONDAY, wanted="写明", working_days=5
    )
    with pytest.raises(Refused, match="尚未届满"):
        services.lapse(pk=row.pk, by=officer, version=row.version, key="key-of-lapse-1", today=date(2025, 9, 22))
    row = services.lapse(pk=row.pk, by=officer, version=row.version, key="key-of-lapse-2", today=date(2025, 9, 23))
    assert (row.state, row.code, row.closed_on) == ("closed", "O1", date(2025, 9, 23))


def test_a_reply_lacking_what_the_law_wants_is_refused_and_nothing_is_kept(officer: Standing) -> None:
    row = factories.registered(officer)
    with pytest.raises(Incomplete):
        services.decide(
            pk=row.pk, by=officer, version=row.version, key="key-of-decide-1", kind="prohibited_by_law",
            contents={"reason": "涉及商业秘密"}, user_id=officer.user_id, today=MONDAY,
        )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.code, row.contents) == ("registered", "", {})


def test_nobody_signs_what_he_or_she_proposed(directory: None) -> None:
    both = factories.holding(factories.person(), Role.OFFICER, Role.SECTION_CHIEF)
    row = factories.decided(both)
    with pytest.raises(Refused, match="不得为同一人"):
        services.sign(
            pk=row.pk, by=both, version=row.version, key="key-of-sign-1", user_id=both.user_id, today=date(2025, 9, 26)
        )


def test_a_reply_goes_back_and_is_written_anew(officer: Standing, chief: Standing) -> None:
    row = factories.decided(officer)
    row = services.send_back(
        pk=row.pk, by=chief, version=row.version, key="key-of-sendback", reason="依据不全", today=date(2025, 9, 26)
    )
    assert (row.state, row.code) == ("registered", "")


def test_a_reply_is_signed_numbered_and_sent(officer: Standing, chief: Standing) -> None:
    row = factories.closed(officer, chief)
    assert (row.state, row.letter_number, row.closed_on) == (
        "closed",
        "区民政局信公开〔2025〕1号",
        date(2025, 9, 29),
    )
    assert factories.closed(officer, chief).letter_number == "区民政局信公开〔2025〕2号"
    assert selectors.paper_of(selectors.reply_letter(row.pk)).number == "区民政局信公开〔2025〕1号"
    mine = [act for act in acts() if act.startswith("applications")]
    assert mine[: len(ACTS)] == [f"applications.{act}" for act in ACTS]
    assert list(audit.verify()) == []


def test_what_is_closed_stays_closed(officer: Standing, chief: Standing) -> None:
    row = factories.closed(officer, chief)
    with pytest.raises(NotNow, match="“已办结”状态下不能“送达”"):
        services.deliver(
            pk=row.pk, by=officer, version=row.version, key="key-of-deliver-2", sent_on=date(2025, 9, 30), proof="x",
            today=date(2025, 9, 30),
        )  # fmt: skip


def test_a_reply_on_this_platform_is_sent_today_and_one_by_post_on_the_day_of_its_slip(
    officer: Standing, chief: Standing
) -> None:
    """Who is answered here can read the reply from this act on: no earlier day is written down, to seem in time."""
    late, due = date(2025, 10, 20), date(2025, 10, 17)
    words: dict[str, Any] = {"by": officer, "sent_on": due, "proof": "示例凭证", "today": late}
    row = factories.sealed(officer, chief)
    with pytest.raises(Refused, match="不能倒填"):
        services.deliver(pk=row.pk, version=row.version, key="deliver-online-back", **words)
    by_post = factories.sealed(officer, chief, delivery=Delivery.POST)
    sent = services.deliver(pk=by_post.pk, version=by_post.version, key="deliver-by-post-0", **words)
    assert (sent.state, sent.closed_on) == ("closed", due)


def test_an_applicant_takes_the_application_back_once(directory: None) -> None:
    application = factories.submitted().application
    row = services.withdraw(application=application, key="withdraw-0000001", today=MONDAY)
    assert (row.state, row.code, row.received_on) == ("closed", "O3", MONDAY)
    again = services.withdraw(application=row, key="withdraw-0000001", today=MONDAY)
    assert again.version == row.version


def test_reading_who_applied_wants_a_purpose_and_leaves_a_mark(officer: Standing) -> None:
    application = factories.submitted().application
    with pytest.raises(Refused, match="说明目的"):
        services.read_contact(application_id=application.pk, by=officer, purpose="  ")
    plain = services.read_contact(application_id=application.pk, by=officer, purpose="电话确认收到")
    assert plain.phone == "13800000000"
    mark = Entry.objects.get(act="applications.read_contact")
    assert (mark.actor, mark.purpose, mark.object_id) == (str(officer.user_id), "电话确认收到", str(application.pk))


def test_another_organ_sees_nothing(officer: Standing) -> None:
    row = factories.registered(officer)
    other = factories.holding(factories.person(), Role.OFFICER, organ="education")
    assert list(selectors.visible_to(other)) == []
    assert selectors.by_number(other, row.number) is None
    with pytest.raises(NotYours):
        services.decide(
            pk=row.pk, by=other, version=row.version, key="key-of-decide-x", kind="provided", contents={"ways": "x"},
            user_id=other.user_id, today=MONDAY,
        )  # fmt: skip


def test_observers_and_administrators_see_no_applications(officer: Standing) -> None:
    factories.registered(officer)
    for role in (Role.OBSERVER, Role.ADMINISTRATOR):
        assert list(selectors.visible_to(factories.holding(factories.person(), role))) == []


def test_two_people_at_once_the_second_is_told(officer: Standing) -> None:
    row = factories.registered(officer)
    services.ask_supplement(
        pk=row.pk, by=officer, version=row.version, key="key-of-asking-5", today=MONDAY, wanted="写明", working_days=5
    )
    with pytest.raises(Stale, match="已有他人办理"):
        services.decide(
            pk=row.pk, by=officer, version=row.version, key="key-of-decide-2", kind="provided", contents={"ways": "x"},
            user_id=officer.user_id, today=MONDAY,
        )  # fmt: skip


def test_a_key_serves_one_act(officer: Standing) -> None:
    first, second = factories.submitted().application, factories.submitted().application
    common: dict[str, Any] = {
        "by": officer,
        "version": 0,
        "key": "one-key-for-two-acts",
        "day": MONDAY,
        "today": MONDAY,
    }
    services.register(pk=first.pk, **common)
    with pytest.raises(KeyReused):
        services.register(pk=second.pk, **common)


def test_a_registered_application_has_a_clock_that_ends_with_the_reply(officer: Standing, chief: Standing) -> None:
    row = factories.registered(officer)
    clock = Clock.objects.get(name="reply")
    assert (clock.owner_id, clock.organ, clock.due_on, clock.state) == (
        str(row.pk),
        factories.ORGAN,
        row.due_on,
        ClockState.OPEN,
    )
    row = services.withdraw(application=row, key="withdraw-0000009", today=MONDAY)
    assert Clock.objects.get(name="reply").state == ClockState.STOPPED
    assert Clock.objects.get(name="registration").state == ClockState.MET
    done = factories.closed(officer, chief)
    assert set(Clock.objects.filter(owner_id=str(done.pk)).values_list("state", flat=True)) == {ClockState.MET}


def test_a_changed_calendar_moves_the_case_and_no_closed_one(officer: Standing, chief: Standing) -> None:
    open_case, closed_case = factories.registered(officer), factories.closed(officer, chief)
    now = deadlines.calendar()
    notice = now.notices[2025]
    day = NoticeDay(date(2025, 10, 16), "示例放假", off=True)
    changed = now.replacing(Notice(2025, notice.papers, (*notice.days, day)))
    settle(calendar=changed, today=date(2025, 9, 30), notice=None)
    for row in (open_case, closed_case):
        row.refresh_from_db()
    assert (open_case.due_on, closed_case.due_on) == (date(2025, 10, 20), date(2025, 10, 17))


def test_a_signed_letter_is_kept_once_and_stays_as_it_was_signed(officer: Standing, chief: Standing) -> None:
    row = factories.closed(officer, chief)
    assert (services.keep_letters(), services.keep_letters()) == (1, 0)  # the receipt; the reply was kept when sealed
    kept = services.reply_file(row, "pdf")
    organisations.rename_organ(code=factories.ORGAN, name="上海市虹口区示例新局", short_name="示例新局")
    row = Application.objects.get(pk=row.pk)
    assert services.reply_file(row, "pdf") == kept
    assert Entry.objects.filter(act="files.keep", organ=factories.ORGAN).count() == 4


def test_of_two_letters_made_at_once_one_is_kept_and_both_readers_get_it(
    officer: Standing, chief: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, make = factories.closed(officer, chief), papers.docx
    letter = row.letters.exclude(kept=True).get()
    other: list[bytes] = []

    def meanwhile(paper: Paper) -> bytes:
        monkeypatch.setitem(letters.MAKERS, "docx", make)
        other.append(letters.letter_file(letter, "docx"))
        return make(replace(paper, title="另一份"))

    monkeypatch.setitem(letters.MAKERS, "docx", meanwhile)
    assert [letters.letter_file(letter, "docx")] == other
    assert len(files.of_owner(letters.OWNER, letter.pk)) == 1


def test_a_draft_is_made_afresh_and_not_kept(officer: Standing) -> None:
    row = factories.decided(officer)
    assert services.reply_file(row, "pdf").startswith(b"%PDF")
    assert not Entry.objects.filter(act="files.keep").exists()


def test_where_the_organ_has_a_seal_its_letters_bear_it_and_can_be_checked(officer: Standing, chief: Standing) -> None:
    sealing.found_authority(name="示例签发机构", by=SYSTEM)
    sealing.make_key(organ_code=factories.ORGAN, signer=SignerKind.FILE, by=SYSTEM)
    row = factories.closed(officer, chief)
    letter = selectors.reply_letter(row.pk)
    found = seals.by_code(letter.verify_code)
    assert found is not None
    assert (found.number, found.object_kind, found.object_id) == (letter.number, "applications.reply", str(row.pk))
    pdf = services.reply_file(row, "pdf")
    examined, answer = seals.examined(pdf)
    assert (examined.intact, answer.verdict) == (True, Verdict.GENUINE)
    assert services.keep_letters() == 1  # the receipt is sealed by the sweep
    assert seals.by_code(row.letters.get(kind="receipt").verify_code) is not None
    sent = Entry.objects.get(act="applications.deliver")
    assert found.sha256 in str(sent.facts)
