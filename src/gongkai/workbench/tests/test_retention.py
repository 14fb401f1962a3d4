"""Old cases at the desk: what falls due is seen, proposed by one person and decided on by another; nobody else's is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications import services
from gongkai.applications.models import Application, Disposal
from gongkai.applications.tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/workbench/retention/"


@pytest.fixture(autouse=True)
def _years_later() -> Iterator[None]:
    with time_machine.travel(datetime(2036, 1, 2, 4, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def old() -> Application:
    """A case that ended in 2025."""
    factories.organs()
    return a_case()


def a_case() -> Application:
    row = factories.submitted().application
    return services.withdraw(application=row, key=f"withdraw-{row.pk:06}-sample", today=date(2025, 9, 29))


def at_the_desk(*roles: Role, organ: str = factories.ORGAN) -> Browser:
    client = Browser()
    user = an_officer(roles[0], organ)
    client.force_login(user)
    return client


def words(response: Any) -> str:
    return str(response.content.decode())


def test_one_proposes_another_carries_out_and_the_case_says_so(old: Application) -> None:
    officer, head = at_the_desk(Role.OFFICER), at_the_desk(Role.DISCLOSURE_OFFICE)
    assert "可以处置 1 件" in words(officer.get(PAGE))
    assert "文书 1 份" in words(officer.get(f"{PAGE}cases/{old.number}/"))
    made = officer.post(f"{PAGE}propose/", {"organ": factories.ORGAN})
    row = Disposal.objects.get()
    assert made["Location"] == f"{PAGE}lists/{row.pk}/"
    assert (
        officer.get(f"{made['Location']}do/carry_out/").status_code,
        "将删除" in words(head.get(made["Location"])),
    ) == (
        403,
        True,
    )
    form = {"version": 0, "key": "carry-out-sample-0001"}
    assert head.post(f"{made['Location']}do/carry_out/", form).status_code == 302
    assert "正在逐件执行" in words(head.get(made["Location"]))
    assert services.dispose(today=date(2036, 1, 2)) == 1
    assert "已处置 1 件" in words(head.get(made["Location"]))
    page = words(officer.get(f"/workbench/applications/{old.number}/"))
    assert ("不能再办理" in page, "已删除" in page, "示例申请人甲" in page) == (True, True, False)


def test_who_proposed_is_told_that_another_must_decide(old: Application) -> None:
    head = at_the_desk(Role.DISCLOSURE_OFFICE)
    address = head.post(f"{PAGE}propose/", {"organ": factories.ORGAN})["Location"]
    answer = head.post(f"{address}do/carry_out/", {"version": 0, "key": "carry-out-sample-0001"})
    assert (answer.status_code, "另一位工作机构负责人" in words(answer)) == (422, True)
    answer = head.post(f"{address}do/refuse/", {"version": 0, "key": "refuse-sample-00001", "reason": ""})
    assert (answer.status_code, "请写明不同意的理由" in words(answer)) == (422, True)
    assert (
        head.post(f"{address}do/refuse/", {"version": 0, "key": "refuse-sample-00001", "reason": "示例"}).status_code
        == 302
    )
    assert "未同意" in words(head.get(PAGE))


def test_a_case_is_kept_by_hand_and_let_go(old: Application) -> None:
    officer = at_the_desk(Role.OFFICER)
    address = f"{PAGE}cases/{old.number}/"
    assert officer.post(address, {"reason": " "}).status_code == 422
    assert officer.post(address, {"reason": "审计正在进行"}).status_code == 302
    page = words(officer.get(f"{PAGE}?show=held"))
    assert ("暂缓处置：审计正在进行" in page, "可以处置的（0）" in page) == (True, True)
    assert "没有保存期满" in words(officer.post(f"{PAGE}propose/", {"organ": factories.ORGAN}, follow=True))
    assert officer.post(address, {}).status_code == 302
    assert "可以处置 1 件" in words(officer.get(PAGE))


def test_who_watches_over_the_files_looks_and_does_nothing(old: Application) -> None:
    auditor = at_the_desk(Role.AUDITOR)
    page, case = words(auditor.get(PAGE)), words(auditor.get(f"{PAGE}cases/{old.number}/"))
    assert ("可以处置 1 件" in page, "提出处置单" in page, "暂缓处置的理由" in case) == (True, False, False)
    answer = auditor.post(f"{PAGE}cases/{old.number}/", {"reason": "示例"})
    assert (answer.status_code, "须由这一机关的承办人" in words(answer)) == (422, True)


def test_another_organs_cases_are_not_there(old: Application) -> None:
    stranger = at_the_desk(Role.DISCLOSURE_OFFICE, organ="health")
    assert "可以处置 0 件" in words(stranger.get(PAGE))
    assert stranger.get(f"{PAGE}cases/{old.number}/").status_code == 404
    assert "须由这一机关的承办人" in words(stranger.post(f"{PAGE}propose/", {"organ": factories.ORGAN}, follow=True))
    assert Disposal.objects.count() == 0


def test_a_later_day_is_looked_at_ahead_and_nothing_is_proposed_for_it(old: Application) -> None:
    factories.organs()
    row = a_case()
    Application.objects.filter(pk=row.pk).update(closed_on=date(2030, 1, 1), counted_on=date(2030, 1, 1))
    officer = at_the_desk(Role.OFFICER)
    page = words(officer.get(f"{PAGE}?as-of=2041-01-01"))
    assert ("可以处置 2 件" in page, "提出处置单" in page) == (True, False)
    assert "可以处置 1 件" in words(officer.get(f"{PAGE}?as-of=yesterday"))


def test_the_list_costs_the_same_queries_with_one_case_and_with_ten(old: Application) -> None:
    officer = at_the_desk(Role.OFFICER)
    officer.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        officer.get(PAGE)
    for _number in range(9):
        a_case()
    with CaptureQueriesContext(connection) as ten:
        assert "可以处置 10 件" in words(officer.get(PAGE))
    assert len(one) == len(ten)
