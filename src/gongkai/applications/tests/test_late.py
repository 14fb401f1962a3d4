"""An opinion that comes after its term: recorded as late, weighed before the decision, kept and not weighed after it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import selectors, services
from gongkai.applications.enums import Objection, Opinion, State
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import reply
from gongkai.applications.rules.deciding import Course
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.notifications.models import Message
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.django_db
ASKED, DUE, LATE = date(2025, 9, 16), date(2025, 10, 13), date(2025, 10, 16)
REASON = "涉及商业秘密"


@pytest.fixture
def handler(db: None) -> User:
    factories.organs()
    user = a_person()
    a_duty(user, Role.OFFICER, factories.ORGAN)
    return user


@pytest.fixture
def officer(handler: User) -> Standing:
    return factories.holding(handler, Role.OFFICER, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def chief(handler: User) -> Standing:
    return factories.holding(factories.person("示例科长"), Role.SECTION_CHIEF)


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    row.refresh_from_db()
    words = {"today": LATE, **words}
    key = f"{name}-{row.pk}-{row.version}-0000"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def silent(officer: Standing, *, organ: str = "") -> tuple[Application, Consultation]:
    """A case whose third party, or co-producer, was served and said nothing to the end of the term."""
    row = factories.registered(officer)
    if organ:
        row = do("ask_co_producer", row, officer, organ=organ, question="示例纪要", today=ASKED)
    else:
        row = do("ask_third_party", row, officer, party="示例公司", contact="", question="合同金额", today=ASKED)
    row = factories.served(row, officer, on=ASKED)
    row = do("end_consultation", row, officer)
    found = Consultation.objects.get(application=row)
    assert (found.opinion, found.due_on, row.state) == ("silent", DUE, State.REGISTERED.value)
    return row, found


def say(
    row: Application, by: Any, found: Consultation, opinion: Opinion, reason: str = "", **words: Any
) -> Application:
    words = {"on": LATE, **words}
    return do("take_late_opinion", row, by, consultation=found.pk, opinion=opinion, reason=reason, **words)


def decided(row: Application, officer: Standing, kind: str = "provided", **contents: str) -> Application:
    words = {field.name: factories.written(field) for field in reply.kinds()[kind].fields}
    return do("decide", row, officer, kind=kind, contents={**words, **contents}, user_id=officer.user_id)


def signed(row: Application, chief: Standing) -> Application:
    return do("sign", factories.reviewed(row), chief, user_id=chief.user_id)


def test_before_the_decision_it_is_kept_beside_the_silence_changes_no_day_and_is_weighed(
    officer: Standing, chief: Standing
) -> None:
    row, found = silent(officer)
    before = (row.due_on, row.next_on)
    row = say(row, officer, found, Opinion.REFUSE, REASON)
    found.refresh_from_db()
    assert (found.opinion, found.late_opinion, found.late_on, found.answered_on) == ("silent", "refuse", LATE, None)
    assert (found.objection, found.late_decided) == (Objection.NOT_WEIGHED, False)
    assert ((row.due_on, row.next_on), row.state) == (before, State.REGISTERED.value)
    assert Entry.objects.latest("seq").act == "applications.late_opinion"
    assert selectors.course_of(row) == Course(third_parties=(Opinion.REFUSE,), objections=(Objection.NOT_WEIGHED,))
    with pytest.raises(Refused, match="公共利益"):
        decided(row, officer)
    weighed = {f"weighed_{found.pk}": "unreasonable", f"why_{found.pk}": "合同金额已经依法公示"}
    row = signed(decided(row, officer, **weighed), chief)
    letter = Letter.objects.get(application=row, kind="third_party_overruled")
    assert "认为不合理：合同金额已经依法公示" in "".join(part.text for part in selectors.paper_of(letter).body)


def test_without_it_silence_stands_against_nothing(officer: Standing, chief: Standing) -> None:
    row, _found = silent(officer)
    assert signed(decided(row, officer), chief).state == State.SIGNED.value


def test_one_that_comes_once_a_reply_was_proposed_stops_the_signing_until_it_is_weighed(
    officer: Standing, chief: Standing
) -> None:
    row, found = silent(officer)
    row = decided(row, officer)
    row = say(row, officer, found, Opinion.REFUSE, REASON)
    assert row.state == State.PROPOSED.value
    row = factories.reviewed(row)
    with pytest.raises(Refused, match="逾期提出了意见。请退回承办人"):
        signed(row, chief)
    row = do("send_back", row, chief, reason="按第三方的意见重新拟定")
    row = decided(row, officer, **{f"weighed_{found.pk}": "reasonable"}, public_interest="涉及公共安全")
    assert signed(row, chief).state == State.SIGNED.value


def test_after_the_decision_it_is_recorded_and_weighed_by_nobody(officer: Standing, chief: Standing) -> None:
    row, found = silent(officer)
    row = signed(decided(row, officer), chief)
    with pytest.raises(Refused, match="只作记录"):
        say(row, officer, found, Opinion.REFUSE, REASON, weighed="unreasonable", why="示例")
    row = say(row, officer, found, Opinion.REFUSE, REASON)
    found.refresh_from_db()
    assert (found.late_opinion, found.late_decided, found.weighed) == ("refuse", True, "")
    row = do("seal", row, officer)
    row = do("deliver", row, officer, sent_on=LATE, proof="网上送达")
    row = do("correct_letter", row, officer, reason="文号写错")
    assert (selectors.heard(row), selectors.to_weigh(row)) == ([], [])
    row = signed(decided(row, officer), chief)  # the letter alone is put right: nothing is weighed anew
    assert not row.letters.filter(kind__in=("third_party_overruled", "third_party_decided")).exists()


def test_when_all_is_decided_anew_what_came_after_the_first_decision_is_weighed(
    officer: Standing, chief: Standing
) -> None:
    row, found = silent(officer)
    row = do("seal", signed(decided(row, officer), chief), officer)
    row = do("deliver", row, officer, sent_on=LATE, proof="网上送达")
    row = say(row, officer, found, Opinion.REFUSE, REASON)
    row = do("reopen", row, officer, on=LATE, working_days=None, reason="示例决定")
    assert [one.pk for one in selectors.to_weigh(row)] == [found.pk]


def test_an_organ_that_was_silent_has_agreed_and_what_it_says_late_is_for_information(
    officer: Standing, chief: Standing
) -> None:
    row, found = silent(officer, organ="finance")
    theirs = factories.holding(factories.person("示例财政承办人"), Role.OFFICER, organ="finance")
    services.answer_for_organ(
        consultation=found.pk,
        by=theirs,
        key="late-for-the-organ-1",
        opinion=Opinion.REFUSE,
        reason="尚在讨论",
        today=LATE,
    )
    found.refresh_from_db()
    assert (found.opinion, found.late_opinion, found.reason, found.objection) == ("silent", "refuse", "尚在讨论", None)
    assert Message.objects.filter(event="applications.word_came").exists()
    assert signed(decided(row, officer), chief).state == State.SIGNED.value


def test_recorded_as_an_ordinary_answer_with_a_day_past_the_term_it_is_late_all_the_same(officer: Standing) -> None:
    row = factories.registered(officer)
    row = do("ask_third_party", row, officer, party="示例公司", contact="", question="合同金额", today=ASKED)
    row = factories.served(row, officer, on=ASKED)
    found = Consultation.objects.get(application=row)
    do("take_opinion", row, officer, consultation=found.pk, on=LATE, opinion=Opinion.CONSENT, reason="")
    found.refresh_from_db()
    assert (found.opinion, found.late_opinion, found.late_on, found.answered_on) == ("silent", "consent", LATE, None)


def test_late_consent_leaves_nothing_to_withhold_for_its_sake(officer: Standing) -> None:
    row, found = silent(officer)
    row = say(row, officer, found, Opinion.CONSENT)
    with pytest.raises(Refused, match="都同意公开"):
        decided(row, officer, "third_party")


@pytest.mark.parametrize(
    ("on", "told"),
    [(DUE, "不是逾期的意见"), (date(2025, 10, 17), "晚于今天")],
)
def test_what_is_not_late_or_not_yet_is_refused(officer: Standing, on: date, told: str) -> None:
    row, found = silent(officer)
    with pytest.raises(Refused, match=told):
        say(row, officer, found, Opinion.REFUSE, REASON, on=on)


def test_it_is_taken_once_and_by_whom_it_concerns(officer: Standing) -> None:
    row, found = silent(officer)
    other, theirs = silent(officer)
    with pytest.raises(NotYours, match="不是发给您的"):
        say(row, services.party_of(theirs), found, Opinion.REFUSE, REASON)
    with pytest.raises(Refused, match="没有这次征求意见"):
        say(other, officer, found, Opinion.REFUSE, REASON)
    row = say(row, services.party_of(found), found, Opinion.REFUSE, REASON)
    with pytest.raises(Refused, match="不能再次提出"):
        say(row, officer, found, Opinion.CONSENT)


def test_the_desk_offers_it_where_one_may_come_and_shows_it_to_who_decides(officer: Standing, handler: User) -> None:
    row, found = silent(officer)
    plain, desk = factories.registered(officer), Client()
    desk.force_login(handler)

    def page(of: Application, more: str = "") -> str:
        return desk.get(f"/workbench/applications/{of.number}/{more}").content.decode()

    assert ("do/late_opinion/" in page(row), "do/late_opinion/" in page(plain)) == (True, False)
    form = page(row, "do/late_opinion/")
    assert ("示例公司" in form, 'name="weighed"' in form) == (True, True)
    sent = {"version": row.version, "key": "late-from-the-desk-01", "consultation": found.pk, "on": "2025-10-16"}
    done = desk.post(
        f"/workbench/applications/{row.number}/do/late_opinion/", {**sent, "opinion": "refuse", "reason": REASON}
    )
    assert done.status_code == 302
    for more in ("", "steps/", "do/decide/?kind=provided"):
        shown = page(row, more)
        assert ("逾期意见" in shown, REASON in shown, "理由尚未认定" in shown) == (True, True, True), more
    assert f'name="weighed_{found.pk}"' in page(row, "do/decide/?kind=provided")
    assert "do/late_opinion/" not in page(row)
    Application.objects.filter(pk=row.pk).update(state=State.SIGNED.value)
    Consultation.objects.filter(pk=found.pk).update(late_opinion="", late_on=None)
    assert 'name="weighed"' not in page(row, "do/late_opinion/")
