"""Fifty at once: numbers without a gap or a double, no act lost, every conflict a sentence, the audit chain whole."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import services
from gongkai.applications.models import Application, Consultation, Letter, Serial, Step
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.models import Entry
from gongkai.workflow.models import Performed
from gongkai.workflow.rules import Busy, KeyReused, NotNow, Refused, Stale

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY, FRIDAY = date(2025, 9, 15), date(2025, 9, 19)
NOON = datetime(2025, 9, 15, 4, tzinfo=UTC)
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
            start.wait(60)
            done.append(patiently(lambda: work(number), Busy))
        except Refused as error:
            refused.append(error)
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(number,), daemon=True) for number in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert [thread for thread in threads if thread.is_alive()] == []
    assert faults == []
    assert [str(error) for error in refused if not str(error).endswith("。")] == []
    return done, refused


def patiently(work: Callable[[], T], *over: type[Refused]) -> T:
    """Do it again, a hundred times at most, as long as others are faster or keep the database."""
    for _time in range(100):
        try:
            return work()
        except over:
            time.sleep(random.uniform(0.1, 2))
    return work()


@pytest.fixture
def officer() -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER)


def test_fifty_clerks_with_cases_of_their_own_leave_no_gap_and_no_double(officer: Standing, chief: Standing) -> None:
    said: dict[str, Any] = {"kind": "already_public", "contents": {"ways": "示例网站"}, "user_id": officer.user_id}
    rows = [factories.registered(officer) if number % 4 else None for number in range(FIFTY)]
    for number in range(3, FIFTY, 4):
        row = rows[number]
        assert row is not None
        key = f"before-{number:04}"
        rows[number] = services.decide(pk=row.pk, by=officer, version=1, key=key, **said, today=MONDAY)

    def work(number: int) -> Application:
        row, key = rows[number], f"clerk-{number:04}"
        if row is None:
            new = services.submit(draft=factories.DRAFT, key=key, at=NOON).application
            return services.register(pk=new.pk, by=officer, version=0, key=key, day=MONDAY, today=MONDAY)
        who: dict[str, Any] = {"pk": row.pk, "version": row.version, "key": key}
        if number % 4 == 1:
            asked: dict[str, Any] = {"party": f"示例第三方{number}", "contact": "", "question": "是否同意公开"}
            return services.ask_third_party(**who, by=officer, **asked, today=MONDAY)
        if number % 4 == 2:
            return services.decide(**who, by=officer, **said, today=MONDAY)
        return services.sign(**who, by=chief, user_id=chief.user_id, today=FRIDAY)

    done, refused = at_once(work)
    assert (len(done), refused) == (FIFTY, [])
    states = {"registered": 13, "consulting": 13, "proposed": 12, "signed": 12}
    assert Counter(Application.objects.values_list("state", flat=True)) == states
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == [f"2025-{number:06}" for number in range(1, FIFTY + 1)]
    replies = {f"区民政局信公开〔2025〕{number}号" for number in range(1, 13)}
    assert set(Application.objects.exclude(letter_number="").values_list("letter_number", flat=True)) == replies
    others = Letter.objects.exclude(number__in=replies).values_list("number", flat=True)
    found = sorted(int(number.partition("〕")[2].removesuffix("号")) for number in others)
    assert found == list(range(1, 77))  # fifty receipts; of thirteen questions the letter and the notice of it
    assert sum(Serial.objects.exclude(purpose="application").values_list("last", flat=True)) == 12 + 76
    acts = {"submit": 50, "register": 50, "ask_third_party": 13, "decide": 24, "sign": 12}
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

        return patiently(ask, Stale)

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

        return patiently(take_back, Stale)

    done, refused = at_once(work, 20)
    assert (len(done), Counter(type(error) for error in refused)) == (1, {NotNow: 19})
    assert {str(error) for error in refused} == {"“已办结”状态下不能“撤回申请”。请刷新页面，按当前状态办理。"}
    assert list(audit.verify()) == []


def test_whom_others_keep_waiting_is_told_to_come_again_and_nothing_was_done(officer: Standing) -> None:
    row = factories.submitted().application
    held, enough = threading.Event(), threading.Event()

    def keep() -> None:
        try:
            with transaction.atomic():
                Application.objects.select_for_update().get(pk=row.pk)
                held.set()
                enough.wait(20)
        finally:
            connection.close()

    def register() -> Application:
        return services.register(pk=row.pk, by=officer, version=0, key="one-registration", day=MONDAY, today=MONDAY)

    patience = "SET lock_timeout = {}" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = {}"
    other = threading.Thread(target=keep)
    other.start()
    held.wait(20)
    with connection.cursor() as cursor:
        cursor.execute(patience.format(100))
    try:
        with pytest.raises(Busy, match="没有改动任何内容。请稍等片刻，再提交一次。"):
            register()
    finally:
        enough.set()
        other.join()
        with connection.cursor() as cursor:
            cursor.execute(patience.format(10_000))
    assert Application.objects.get(pk=row.pk).state == "submitted"
    assert register().state == "registered"
    assert list(audit.verify()) == []
