"""Art. 34 between organs of one platform: the asked one is told, sees the question and not who applied, and answers."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.applications import selectors, services
from gongkai.applications.enums import Opinion, State
from gongkai.applications.models import Application, Consultation, Step
from gongkai.applications.tests import factories
from gongkai.disputes.tests import factories as disputes
from gongkai.notifications.models import Message
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db
ASKED, DAY = "health", date(2025, 9, 17)


@pytest.fixture(autouse=True)
def _in_september(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2025, 9, 17, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def handler() -> User:
    factories.organs()
    return an_officer(factories.ORGAN)


def an_officer(organ: str) -> User:
    user = a_person(organ=an_organ(organ))
    a_duty(user, Role.OFFICER, organ)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(user: User) -> list[str]:
    return list(Message.objects.filter(user_id=user.pk).values_list("event", flat=True))


def test_the_asked_organ_is_told_and_answers_at_its_desk(handler: User) -> None:
    asked, by = an_officer(ASKED), factories.holding(handler, Role.OFFICER)
    found = factories.asked_organ(by, organ=ASKED)
    Application.objects.filter(pk=found.application_id).update(handler_id=handler.pk)
    assert told(asked) == ["applications.opinion_asked"]
    client = signed_in(asked)
    assert '<a href="/workbench/opinions/">' in client.get("/workbench/").content.decode()
    address = f"/workbench/opinions/{found.pk}/"
    assert address in client.get("/workbench/opinions/").content.decode()
    page = client.get(address)
    words = page.content.decode()
    assert "示例纪要是否可以公开" in words
    found.refresh_from_db()  # who opens the letter has received it, and the term runs from there
    assert (found.taken_on, found.due_on) == (DAY, date(2025, 10, 14))
    assert [who in words for who in (factories.DRAFT.applicant_name, found.application.number)] == [False, False]
    answer = {"key": page.context["form"]["key"].value(), "opinion": "refuse", "reason": ""}
    refused = client.post(address, answer)
    assert (refused.status_code, "请写明理由" in refused.content.decode()) == (422, True)
    assert client.post(address, {**answer, "reason": "涉及示例内容"}).status_code == 302
    found.refresh_from_db()
    assert (found.opinion, found.reason, found.answered_on) == (Opinion.REFUSE.value, "涉及示例内容", DAY)
    assert "applications.word_came" in told(handler)
    again = client.post(address, {**answer, "reason": "另一个"})  # the same page sent twice
    assert again.status_code == 302
    assert Consultation.objects.get(pk=found.pk).reason == "涉及示例内容"


def test_another_organ_sees_and_answers_nothing(handler: User) -> None:
    by = factories.holding(handler, Role.OFFICER)
    found = factories.asked_organ(by, organ=ASKED)
    assert signed_in(handler).get(f"/workbench/opinions/{found.pk}/").status_code == 404
    assert list(selectors.asked_of(by)) == []
    with pytest.raises(Refused, match="不是发给本机关"):
        services.answer_for_organ(
            consultation=found.pk, by=by, key="a-key-of-the-answer", opinion=Opinion.CONSENT, reason="", today=DAY
        )


def test_after_the_term_silence_has_spoken_and_what_is_said_then_stands_beside_it(handler: User) -> None:
    by = factories.holding(handler, Role.OFFICER)
    found = factories.asked_organ(by, organ=ASKED)
    factories.served(found.application, by, on=date(2025, 9, 16))
    asked = factories.holding(an_officer(ASKED), Role.OFFICER, organ=ASKED)
    services.answer_for_organ(
        consultation=found.pk, by=asked, key="a-key-of-the-answer", opinion=Opinion.REFUSE, reason="晚了",
        today=date(2026, 1, 5),
    )  # fmt: skip
    found.refresh_from_db()
    assert (found.opinion, found.late_opinion, found.late_on) == ("silent", "refuse", date(2026, 1, 5))


def test_an_officer_writes_down_a_withdrawal_with_what_proves_it(handler: User) -> None:
    by = factories.holding(handler, Role.OFFICER)
    row = factories.registered(by)
    words: Any = {"pk": row.pk, "by": by, "version": row.version, "key": "withdrawn-by-letter", "today": DAY}
    with pytest.raises(Refused, match="没有凭证"):
        services.take_withdrawal(**words, proof=" ")
    done = services.take_withdrawal(**words, proof="2025-09-16 来信撤回")
    assert (done.state, done.code) == (State.CLOSED.value, "O3")
    assert Step.objects.get(application=row, act="withdraw").facts["proof"] == "2025-09-16 来信撤回"
    assert selectors.remedies_of(done) is None
    assert signed_in(handler).get(f"/workbench/applications/{row.number}/do/withdraw/").status_code == 302


def test_a_request_to_put_a_record_right_is_told_and_stands_on_the_first_page(handler: User) -> None:
    row = factories.rectification()
    assert told(handler) == ["applications.rectification_asked"]
    assert Message.objects.get(user_id=handler.pk).url == f"/workbench/rectifications/{row.number}/"
    assert '<a href="/workbench/rectifications/">' in signed_in(handler).get("/workbench/").content.decode()


def test_what_else_waits_stands_on_the_first_page_of_those_who_may_act(handler: User) -> None:
    row = factories.decided(factories.holding(handler, Role.OFFICER))
    disputes.opened(application=row)
    client = signed_in(handler)
    assert '<a href="/workbench/disputes/">' in client.get("/workbench/").content.decode().split('<h2 id="besides"')[1]
    auditor = a_person(organ=an_organ(factories.ORGAN))
    a_duty(auditor, Role.AUDITOR, factories.ORGAN)
    assert 'id="besides"' not in signed_in(auditor).get("/workbench/").content.decode()
