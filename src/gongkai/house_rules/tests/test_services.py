"""Deciding, taking back, and each process keeping up."""

from collections.abc import Iterator
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connections
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from gongkai.audit.enums import ActorKind
from gongkai.audit.models import Entry
from gongkai.audit.rules import Actor
from gongkai.house_rules import receivers, selectors, services
from gongkai.house_rules.models import HouseRule
from gongkai.statutes import NotASetting, adopt, in_force, law

BY = Actor(ActorKind.USER, "7")
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _law_as_shipped() -> Iterator[None]:
    yield
    adopt()
    services.forget()


def decide(value: object = 10, **changes: object) -> HouseRule:
    given: dict[str, Any] = {
        "name": "supplement_term",
        "value": value,
        "since": TOMORROW,
        "reason": "示例会议纪要〔2026〕1号",
        "serial": 0,
        "by": BY,
        "today": TODAY,
        **changes,
    }
    return services.decide(**given)


@pytest.mark.django_db
def test_a_decision_holds_from_its_day_on_names_its_reason_and_is_recorded(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = decide()
    assert [in_force("supplement_term", day).integer for day in (TODAY, TOMORROW)] == [15, 10]
    assert in_force("supplement_term", TOMORROW).basis.endswith("本单位设定:示例会议纪要〔2026〕1号")
    entry = Entry.objects.get(act="house_rules.decided")
    assert (entry.object_id, entry.actor) == (str(row.pk), "7")
    assert '"before":15' in entry.facts.replace(" ", "")


@pytest.mark.django_db
def test_later_decisions_leave_the_days_before_them_as_they_were(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        decide()
        decide(7, serial=1, since=date(2027, 1, 1))
    assert [in_force("supplement_term", day).integer for day in (TODAY, TOMORROW, date(2027, 1, 1))] == [15, 10, 7]
    assert [row.serial for row in selectors.history("supplement_term")] == [2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"since": TODAY}, "past"),
        ({"since": date(2020, 1, 1)}, "past"),
        ({"serial": 3}, "stale"),
        ({"value": 15}, "same"),
    ],
)
def test_what_may_not_be_decided_is_refused_and_nothing_is_written(changes: dict[str, object], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        decide(**changes)
    assert caught.value.code == code
    assert not HouseRule.objects.exists()
    assert not Entry.objects.filter(act__startswith="house_rules").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"name": "reply_limit"}, {"value": "十"}, {"reason": "  "}, {"name": "reviews_before_signing", "value": {}}],
)
def test_the_law_itself_a_value_of_another_kind_and_no_reason_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NotASetting):
        decide(**changes)
    assert not HouseRule.objects.exists()


@pytest.mark.django_db
def test_a_decision_is_taken_back_before_its_day_and_not_after(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = decide()
    with pytest.raises(ValidationError, match="已经生效"):
        services.withdraw(pk=row.pk, by=BY, today=TOMORROW)
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(pk=row.pk, by=BY, today=TODAY)
    assert in_force("supplement_term", TOMORROW).integer == 15
    with pytest.raises(ValidationError, match="已经撤回"):
        services.withdraw(pk=row.pk, by=BY, today=TODAY)
    assert Entry.objects.filter(act="house_rules.withdrawn").count() == 1


@pytest.mark.django_db
def test_another_process_goes_by_it_at_its_next_page_or_task(settings: Settings) -> None:
    decide()  # committed elsewhere: nothing told this process
    assert in_force("supplement_term", TOMORROW).integer == 15
    receivers.before_a_task()
    assert in_force("supplement_term", TOMORROW).integer == 15  # as the tests are set, nobody asks
    settings.HOUSE_RULES_EVERY = 3600
    receivers.on_reaching_the_database()
    assert in_force("supplement_term", TOMORROW).integer == 10
    HouseRule.objects.all().delete()
    assert services.keep_up() is False  # an hour has not gone by
    assert services.keep_up(now=True) is True
    assert law().overrides == {}


@pytest.mark.django_db
def test_a_number_that_the_law_has_settled_since_is_gone_by_no_longer() -> None:
    stored = {"serial": 1, "since": TOMORROW, "reason": "示例", "decided_at": "2026-03-02T00:00:00Z", "decided_by": "7"}
    HouseRule.objects.create(name="reply_limit", value=30, **stored)
    HouseRule.objects.create(name="gone_parameter", value=30, **stored)
    HouseRule.objects.create(name="fee_rules_first_day", value="2021-02-01", **stored)
    assert [(own.name, own.value) for own in selectors.decisions()] == [("fee_rules_first_day", date(2021, 2, 1))]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_to_look_again() -> None:
    start, told = Barrier(2), []

    def one(value: int) -> None:
        close_old_connections()
        start.wait()
        try:
            told.append(decide(value).value)
        except ValidationError as error:
            told.append(error.code)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(value,)) for value in (8, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert HouseRule.objects.count() == 1
    assert "stale" in told
