"""Fifty at once: numbers without a gap or a double, no act lost, every conflict a sentence, the audit chain whole."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import services
from gongkai.applications.models import Application, Consultation, Letter, Serial, Step
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.models import Entry
from gongkai.workflow.models import Performed
from gongkai.workflow.rules import KeyReused, NotNow, Refused, Stale

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY, FRIDAY = date(2025, 9, 15), date(2025, 9, 19)
FIFTY = 50
T = TypeVar("T")


def at_once(work: Callable[[int], T], clerks: int = FIFTY) -> tuple[list[T], list[Refused]]:
    """Let so many do their work at the same moment: what came of it, and what was refused. Anything else fails the test."""
    done: list[T] = []
    refused: list[Refused] = []
    faults: list[BaseException] = []
    start = threading.Barrier(clerks)

    def clerk(number: int) -> None:
        try:
            start.wait()
            done.append(work(number))
        except Refused as error:
            refused.append(error)
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(number,)) for number in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [str(error) for error in refused if not str(error).endswith("。")] == []
    return done, refused


def patiently(work: Callable[[], Application], chance: random.Random) -> Application:
    """Do it again, on the page as it then stands, as long as others are faster."""
    while True:
        try:
            return work()
        except Stale:
            time.sleep(chance.uniform(0.1, 1))


@pytest.fixture
def officer() -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER)


@pytest.fixture
def chief(officer: Standing) -> Standing:
    return factories.holding(factories.person("示例科室负责人"), Role.SECTION_CHIEF)


def test_fifty_clerks_with_cases_of_their_own_leave_no_gap_and_no_double(officer: Standing, chief: Standing) -> None:
    def work(number: int) -> Application:
        row = factories.registered(officer)
        who: dict[str, Any] = {"pk": row.pk, "by": officer, "version": row.version, "key": f"clerk-{number:04}-first"}
        if number % 2:
            asked: dict[str, Any] = {"party": f"示例第三方{number}", "contact": "", "question": "是否同意公开"}
            return services.ask_third_party(**who, **asked, today=MONDAY)
        row = services.decide(
            **who, kind="already_public", contents={"ways": "示例网站"}, user_id=officer.user_id, today=MONDAY
        )
        return services.sign(
            pk=row.pk, by=chief, version=row.version, key=f"clerk-{number:04}-sign", user_id=chief.user_id, today=FRIDAY
        )

    done, refused = at_once(work)
    assert (len(done), refused) == (FIFTY, [])
    assert Counter(Application.objects.values_list("state", flat=True)) == {"signed": 25, "consulting": 25}
    assert set(Application.objects.values_list("version", flat=True)) == {2, 3}
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == [f"2025-{number:06}" for number in range(1, FIFTY + 1)]
    replies = {f"区民政局信公开〔2025〕{number}号" for number in range(1, 26)}
    assert set(Application.objects.exclude(letter_number="").values_list("letter_number", flat=True)) == replies
    given = Serial.objects.filter(organ=factories.ORGAN, year=2025)
    assert Letter.objects.count() == sum(given.values_list("last", flat=True))
    others = Letter.objects.exclude(number__in=replies).values_list("number", flat=True)
    found = sorted(int(number.partition("〕")[2].removesuffix("号")) for number in others)
    assert found == list(range(1, len(found) + 1))
    acts = {"submit": 50, "register": 50, "ask_third_party": 25, "decide": 25, "sign": 25}
    assert Counter(Step.objects.values_list("act", flat=True)) == acts
    told = Entry.objects.filter(act__startswith="applications.").values_list("act", flat=True)
    assert Counter(told) == {f"applications.{act}": count for act, count in acts.items()}
    assert list(audit.verify()) == []


def test_of_fifty_clerks_on_one_case_one_acts_and_the_others_are_told(officer: Standing) -> None:
    row = factories.registered(officer)

    def work(number: int) -> Application:
        who: dict[str, Any] = {"pk": row.pk, "by": officer, "version": row.version, "key": f"clerk-{number:04}-first"}
        if number % 3 == 0:
            return services.ask_supplement(**who, wanted="写明年度", working_days=5, today=MONDAY)
        if number % 3 == 1:
            return services.ask_third_party(**who, party="示例第三方", contact="", question="是否同意", today=MONDAY)
        return services.decide(**who, kind="provided", contents={"ways": "附件"}, user_id=officer.user_id, today=MONDAY)

    done, refused = at_once(work)
    assert len(done) == 1
    assert Counter(type(error) for error in refused) == {Stale: FIFTY - 1}
    assert {str(error) for error in refused} == {"您打开页面之后，已有他人办理了这一事项。请刷新页面，核对后再办理。"}
    now = Application.objects.get(pk=row.pk)
    assert (now.version, Step.objects.filter(application=row).count()) == (row.version + 1, 3)
    assert Consultation.objects.count() + now.proposal + bool(now.supplement_asked_on) == 1
    assert list(audit.verify()) == []


def test_fifty_third_parties_of_one_case_are_all_asked_and_none_is_lost(officer: Standing) -> None:
    row = factories.registered(officer)

    def work(number: int) -> Application:
        def ask() -> Application:
            version = Application.objects.values_list("version", flat=True).get(pk=row.pk)
            return services.ask_third_party(
                pk=row.pk, by=officer, version=version, key=f"party-{number:04}", party=f"示例第三方{number}",
                contact="", question="是否同意公开", today=MONDAY,
            )  # fmt: skip

        return patiently(ask, random.Random(number))

    done, refused = at_once(work)
    assert (len(done), refused) == (FIFTY, [])
    asked = list(Consultation.objects.order_by("pk"))
    assert {found.party for found in asked} == {f"示例第三方{number}" for number in range(FIFTY)}
    now = Application.objects.get(pk=row.pk)
    assert (now.version, now.state) == (row.version + FIFTY, "consulting")
    steps = Step.objects.filter(application=row, act="ask_third_party")
    assert {step.facts["party"] for step in steps} == {str(found.pk) for found in asked}
    assert Letter.objects.filter(kind="third_party_request").count() == FIFTY
    assert list(audit.verify()) == []


def test_fifty_times_the_same_is_done_once(officer: Standing) -> None:
    receipts, refused = at_once(lambda number: services.submit(draft=factories.DRAFT, key="one-submission-at-once"))
    assert (len(receipts), refused) == (FIFTY, [])
    assert len({(receipt.application.pk, receipt.code) for receipt in receipts}) == 1
    row = Application.objects.get()
    day = localdate(row.submitted_at)

    def register(number: int) -> Application:
        return services.register(pk=row.pk, by=officer, version=0, key="one-registration", day=day, today=day)

    done, refused = at_once(register)
    assert (len(done), refused) == (FIFTY, [])
    assert {found.version for found in done} == {1}
    assert (Application.objects.count(), Letter.objects.count(), Performed.objects.count()) == (1, 1, 1)
    assert Step.objects.filter(act="register").count() == 1
    assert list(audit.verify()) == []


def test_fifty_acts_under_one_key_are_one_act_and_clear_refusals(officer: Standing) -> None:
    rows = [factories.submitted().application for _number in range(5)]

    def work(number: int) -> Application:
        row = rows[number % len(rows)]
        return services.register(pk=row.pk, by=officer, version=0, key="one-key-for-all", day=MONDAY, today=MONDAY)

    done, refused = at_once(work)
    assert {found.pk for found in done} == {Application.objects.get(state="registered").pk}
    assert (len(done), Counter(type(error) for error in refused)) == (10, {KeyReused: 40})
    assert Step.objects.filter(act="register").count() == 1
    assert Letter.objects.count() == 1
    assert list(audit.verify()) == []


def test_who_comes_after_the_end_is_told_that_it_is_the_end(officer: Standing) -> None:
    row = factories.submitted().application

    def work(number: int) -> Application:
        def take_back() -> Application:
            now = Application.objects.get(pk=row.pk)
            return services.withdraw(application=now, key=f"withdraw-{number:04}", today=MONDAY)

        return patiently(take_back, random.Random(number))

    done, refused = at_once(work, 20)
    assert (len(done), Counter(type(error) for error in refused)) == (1, {NotNow: 19})
    assert {str(error) for error in refused} == {"“已办结”状态下不能“撤回申请”。请刷新页面，按当前状态办理。"}
    assert list(audit.verify()) == []
