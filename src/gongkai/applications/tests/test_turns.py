"""Who can take a case on hears that it waits for them: reviewers, signers, who seals and sends, who gets it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence, Duty, User
from gongkai.accounts.rules import Standing
from gongkai.applications import services, turns
from gongkai.applications.enums import OPEN, Review, State
from gongkai.applications.models import Application
from gongkai.applications.rules import reply
from gongkai.applications.rules.flow import flow
from gongkai.applications.tests import factories
from gongkai.notifications.models import Message, Outgoing
from gongkai.notifications.templates import template
from gongkai.organisations.models import Organ
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 25)
ALWAYS = date(2020, 1, 1)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """One of each role at the organ, and one of each at another."""
    factories.organs()
    found = {}
    for organ, suffix in ((factories.ORGAN, ""), ("finance", "-elsewhere")):
        for role in Role:
            found[f"{role.value}{suffix}"] = person = factories.person(f"示例{role.label}")
            give(person, role, organ)
    return found


def give(person: User, role: Role, organ: str = factories.ORGAN) -> None:
    Duty.objects.create(user=person, organ=Organ.objects.get(code=organ), role=role.value, valid_from=ALWAYS)


def by(people: dict[str, User], *roles: Role) -> Standing:
    """The first of the roles' people, with all of the roles."""
    return factories.holding(people[roles[0].value], *roles)


def do(name: str, row: Application, who: Standing, **words: Any) -> Application:
    row.refresh_from_db()
    key = f"{name}-{row.pk}-{row.version}-0000"
    words = {"today": DAY, **words}
    found: Application = getattr(services, name)(pk=row.pk, by=who, version=row.version, key=key, **words)
    return found


class Heard:
    """What each person was told since one looked last: the event without its context, and by role."""

    def __init__(self, people: dict[str, User]) -> None:
        self.names = {person.pk: name for name, person in people.items()}
        self.last = 0

    def since(self) -> set[tuple[str, str]]:
        rows = list(Message.objects.filter(pk__gt=self.last).order_by("pk"))
        self.last = rows[-1].pk if rows else self.last
        return {(self.names[row.user_id], row.event.removeprefix("applications.")) for row in rows}


@pytest.fixture
def heard(people: dict[str, User]) -> Heard:
    return Heard(people)


@pytest.fixture
def row(people: dict[str, User], heard: Heard) -> Application:
    """A case that the officer handles."""
    officer = by(people, Role.OFFICER)
    found = factories.registered(officer)
    Application.objects.filter(pk=found.pk).update(handler_id=officer.user_id)
    heard.since()
    return found


def propose(row: Application, people: dict[str, User], kind: str) -> Application:
    contents = {field.name: factories.written(field) for field in reply.kinds()[kind].fields}
    who = by(people, Role.OFFICER)
    return do("decide", row, who, kind=kind, contents=contents, user_id=who.user_id)


def test_each_act_that_is_told_of_is_one_that_its_state_waits_for_and_has_words() -> None:
    for state, acts in turns.NEXT.items():
        assert state in OPEN
        for act in acts:
            rule = flow().rule(state, act)
            assert rule is not None
            assert rule.by & {role.value for role in Role}, act
            assert "inbox" in {channel.value for channel in template(turns.event_of(act)).channels}
    for act, event in turns.BACK.items():
        assert {rule.target for rule in flow().rules if rule.act == act} == {State.REGISTERED.value}
        assert {channel.value for channel in template(event).channels} == {"inbox", "mail"}


def test_a_proposal_goes_to_its_reviewers_and_once_they_passed_it_to_the_signers(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    row = propose(row, people, kind="partial")
    assert heard.since() == {("legal_reviewer", "to_pass_legal"), ("secrecy_reviewer", "to_pass_secrecy")}
    secrecy, legal = by(people, Role.SECRECY_REVIEWER), by(people, Role.LEGAL_REVIEWER)
    row = do("pass_review", row, secrecy, review=Review.SECRECY, user_id=secrecy.user_id, opinion="")
    assert heard.since() == set()
    do("pass_review", row, legal, review=Review.LEGAL, user_id=legal.user_id, opinion="")
    assert heard.since() == {("section_chief", "to_sign"), ("disclosure_office", "to_sign")}


def test_what_one_has_done_waits_for_nobody_else(people: dict[str, User], row: Application, heard: Heard) -> None:
    def unread() -> set[tuple[str, str]]:
        rows = Message.objects.filter(read_at__isnull=True, event__startswith="applications.to_")
        return {(heard.names[one.user_id], one.event.removeprefix("applications.")) for one in rows}

    def to_be_sent() -> set[str]:
        rows = Outgoing.objects.filter(state="waiting", event__startswith="applications.to_")
        return {one.event.removeprefix("applications.") for one in rows}

    give(people["observer"], Role.SECRECY_REVIEWER)
    row = propose(row, people, kind="partial")
    assert unread() == {
        *(("legal_reviewer", "to_pass_legal"), ("secrecy_reviewer", "to_pass_secrecy"), ("observer", "to_pass_secrecy"))
    }
    secrecy, legal = by(people, Role.SECRECY_REVIEWER), by(people, Role.LEGAL_REVIEWER)
    row = do("pass_review", row, secrecy, review=Review.SECRECY, user_id=secrecy.user_id, opinion="")
    assert unread() == {("legal_reviewer", "to_pass_legal")}
    row = do("pass_review", row, legal, review=Review.LEGAL, user_id=legal.user_id, opinion="")
    assert unread() == {("section_chief", "to_sign"), ("disclosure_office", "to_sign")}
    row = do("send_back", row, by(people, Role.SECTION_CHIEF), reason="示例理由")
    assert (unread(), to_be_sent()) == (set(), set())
    assert Message.objects.filter(event="applications.sent_back", read_at__isnull=True).exists()
    propose(row, people, kind="provided")
    assert not Message.objects.filter(event="applications.sent_back", read_at__isnull=True).exists()


def test_where_nobody_can_do_it_who_gives_duties_is_told(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    Duty.objects.filter(user=people["legal_reviewer"]).delete()
    propose(row, people, kind="partial")
    assert heard.since() == {("administrator", "nobody_for"), ("secrecy_reviewer", "to_pass_secrecy")}
    told = Message.objects.get(event="applications.nobody_for")
    assert "现在没有能办的人" in told.body
    assert row.number in told.body


def test_what_was_signed_is_told_who_seals_and_what_was_sealed_who_sends(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    row = factories.reviewed(propose(row, people, kind="provided"))
    heard.since()
    chief = by(people, Role.SECTION_CHIEF)
    row = do("sign", row, chief, user_id=chief.user_id)
    assert heard.since() == {("officer", "to_seal")}
    assert services.seal_signed(today=DAY) == 1
    assert heard.since() == {("officer", "to_deliver")}
    row.refresh_from_db()
    do("deliver", row, by(people, Role.OFFICER), sent_on=DAY, proof="网上送达")
    assert heard.since() == set()


def test_what_comes_back_is_told_who_handles_it(people: dict[str, User], row: Application, heard: Heard) -> None:
    head, chief = by(people, Role.DISCLOSURE_OFFICE), by(people, Role.SECTION_CHIEF)
    row = propose(row, people, kind="provided")
    heard.since()
    row = do("send_back", row, chief, reason="示例理由")
    assert heard.since() == {("officer", "sent_back")}
    row = do("ask_extension", row, by(people, Role.OFFICER), working_days=5, reason="示例理由")
    assert heard.since() == {("disclosure_office", "to_extend")}
    row = do("refuse_extension", row, head, reason="示例理由")
    assert heard.since() == {("officer", "extension_refused")}
    row = do("extend", row, head, working_days=5, reason="示例理由")
    assert heard.since() == {("officer", "extension_granted")}
    assert "2025-10-24" in Message.objects.latest("pk").body


def test_a_second_proposal_is_told_anew_and_its_proposer_never(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    give(people["officer"], Role.SECTION_CHIEF)  # signs for others, not what is his or her own
    row = factories.reviewed(propose(row, people, kind="provided"))
    assert {name for name, event in heard.since() if event == "to_sign"} == {"section_chief", "disclosure_office"}
    row = do("send_back", row, by(people, Role.SECTION_CHIEF), reason="示例理由")
    heard.since()
    factories.reviewed(propose(row, people, kind="provided"))
    assert {name for name, event in heard.since() if event == "to_sign"} == {"section_chief", "disclosure_office"}


def test_a_deputy_hears_what_the_absent_person_would_do(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    today = localdate()
    deputy = people["observer"]
    Absence.objects.create(user=people["section_chief"], deputy=deputy, first_day=today, last_day=today)
    factories.reviewed(propose(row, people, kind="provided"))
    assert ("observer", "to_sign") in heard.since()


def test_a_case_that_nobody_handles_comes_back_to_who_proposed_and_a_declined_one_to_the_officers(
    people: dict[str, User], row: Application, heard: Heard
) -> None:
    other = factories.person("示例另一承办人")
    give(other, Role.OFFICER)
    heard.names[other.pk] = "other"
    row = do("assign", row, by(people, Role.SECTION_CHIEF), handler_id=other.pk, note="")
    heard.since()
    row = do("decline", row, factories.holding(other, Role.OFFICER), reason="示例理由")
    assert heard.since() == {("officer", "declined")}
    row = propose(row, people, kind="provided")
    heard.since()
    row.refresh_from_db()
    assert row.handler_id is None
    do("send_back", row, by(people, Role.SECTION_CHIEF), reason="示例理由")
    assert heard.since() == {("officer", "sent_back")}


def test_a_letter_to_be_put_right_goes_to_who_handles_the_case_without_a_last_day(
    people: dict[str, User], heard: Heard
) -> None:
    officer, chief = by(people, Role.OFFICER), by(people, Role.SECTION_CHIEF)
    row = factories.closed(officer, chief)
    heard.since()
    row = do("correct_letter", row, by(people, Role.DISCLOSURE_OFFICE), reason="文号写错")
    assert heard.since() == {("officer", "to_correct")}
    factories.reviewed(propose(row, people, kind="provided"))
    assert "最迟答复日 —" in Message.objects.filter(event="applications.to_sign").latest("pk").body


def test_an_act_that_is_refused_tells_nobody(people: dict[str, User], row: Application, heard: Heard) -> None:
    row = factories.reviewed(propose(row, people, kind="provided"))
    heard.since()
    before = Outgoing.objects.count()
    who = by(people, Role.OFFICER, Role.SECTION_CHIEF)
    with pytest.raises(Refused, match="同一人"):
        do("sign", row, who, user_id=who.user_id)
    assert (heard.since(), Outgoing.objects.count()) == (set(), before)
