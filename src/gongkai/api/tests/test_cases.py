"""A program handles the cases of its organ in the name of an officer; figures; due dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.clients.enums import Scope

from .calling import Program, a_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


@pytest.fixture
def program() -> Program:
    return a_program(Scope.ACT, officer=an_officer(Role.OFFICER, organ=factories.ORGAN))


def act(program: Program, number: str, name: str, version: int, **data: Any) -> Any:
    return program.post(f"/cases/{number}/acts/{name}", {"version": version, "data": data})


def submitted() -> str:
    return str(factories.submitted(at=timezone.now() - timedelta(hours=1)).application.number)


def test_an_act_of_the_flow_is_done_in_the_officers_name(program: Program) -> None:
    number, today = submitted(), timezone.localdate().isoformat()
    before = program.get(f"/cases/{number}").json()
    assert {found["act"] for found in before["acts"]} == {"register", "transfer", "withdraw"}
    done = act(program, number, "register", 0, day=today)
    assert (done.status_code, done.json()["state"], done.json()["received_on"]) == (200, "registered", today)
    officer = program.client.officer
    assert officer is not None
    assert list(Entry.objects.filter(object_kind="applications.application").values_list("act", "actor")) == [
        ("applications.submit", str(Application.objects.get().pk)),
        ("applications.register", str(officer.pk)),
        ("clients.act", f"client:{program.client.pk}"),
    ]
    asked = act(program, number, "ask_supplement", 1, wanted="写明年度", working_days=10)
    assert (asked.json()["state"], asked.json()["version"]) == ("supplementing", 2)


def test_an_old_version_is_a_conflict_and_the_present_one_is_told(program: Program) -> None:
    number, today = submitted(), timezone.localdate().isoformat()
    act(program, number, "register", 0, day=today)
    late = act(program, number, "ask_extension", 0, working_days=5, reason="需要核对")
    assert (late.status_code, late.json()["version"]) == (409, 1)


def test_the_same_key_acts_once(program: Program) -> None:
    number, body = submitted(), {"version": 0, "data": {"day": timezone.localdate().isoformat()}}
    both = [program.post(f"/cases/{number}/acts/register", body, key="register-once-0001") for _each in "ab"]
    assert [answer.status_code for answer in both] == [200, 200]
    assert Application.objects.get().version == 1
    other = program.post(f"/cases/{number}/acts/ask_extension", {"version": 1}, key="register-once-0001")
    assert other.status_code in {409, 422}


@pytest.mark.parametrize(
    ("name", "version", "data", "status"),
    [
        ("sign", 0, {}, 409),  # the state does not know it
        ("nonsense", 0, {}, 404),
        ("transfer", 0, {"organ": "nowhere", "reason": "x"}, 422),
        ("transfer", 0, {"organ": "health"}, 422),
        ("register", -1, {}, 422),
        ("register", 0, {"day": [1]}, 422),
        ("report_payment", 0, {}, 404),  # the applicant's alone
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    program: Program, name: str, version: int, data: dict[str, Any], status: int
) -> None:
    answer = act(program, submitted(), name, version, **data)
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)


def test_a_role_that_may_not_is_told_who_may() -> None:
    chief = a_program(Scope.ACT, officer=an_officer(Role.SECTION_CHIEF, organ=factories.ORGAN))
    answer = act(chief, submitted(), "register", 0, day=timezone.localdate().isoformat())
    assert (answer.status_code, "承办人" in answer.json()["error"]) == (403, True)


def test_a_refusal_by_the_law_names_the_article(program: Program) -> None:
    number, today = submitted(), timezone.localdate().isoformat()
    act(program, number, "register", 0, day=today)
    answer = act(program, number, "ask_extension", 1, working_days=50, reason="需要核对")
    assert (answer.status_code, "第三十三条" in answer.json()["article"]) == (422, True)


def test_another_organs_case_is_not_there(program: Program) -> None:
    number = factories.submitted(organ="health").application.number
    assert program.get(f"/cases/{number}").status_code == 404
    assert program.get(f"/cases/{number}/letters").status_code == 404
    assert act(program, number, "register", 0).status_code == 404
    assert program.get("/cases").json()["count"] == 0


def test_a_paper_that_an_officers_program_fetches_is_on_the_record(program: Program) -> None:
    number, today = submitted(), timezone.localdate().isoformat()
    act(program, number, "register", 0, day=today)
    letter = program.get(f"/cases/{number}/letters").json()["items"][0]
    file = program.get(f"/cases/{number}/letters/{letter['id']}/docx")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    assert Entry.objects.filter(purpose="接口客户端取用文书").count() == 1
    assert program.get(f"/cases/{number}/letters/999/docx").status_code == 404


def test_figures_of_the_own_organ_and_those_below_are_read_and_no_others() -> None:
    officer = factories.holding(an_officer(organ=factories.ORGAN), Role.OFFICER)
    chief = factories.holding(an_officer(Role.SECTION_CHIEF, organ=factories.ORGAN), Role.SECTION_CHIEF)
    factories.closed(officer, chief)
    program = a_program(Scope.STATISTICS)
    table = program.get(f"/statistics/{factories.ORGAN}/2025/table-three").json()
    assert (table["table"]["new_received"]["natural_person"], table["table"]["handled_total"]["total"]) == (1, 1)
    analysis = program.get(f"/statistics/{factories.ORGAN}/2025/analysis").json()
    assert {name: analysis[name] for name in ("received", "closed", "open", "in_time", "late", "days")} == {
        "received": 1,
        "closed": 1,
        "open": 0,
        "in_time": 1,
        "late": 0,
        "days": 14.0,
    }
    assert program.get("/statistics/health/2025/table-three").status_code == 404
    assert program.get(f"/statistics/{factories.ORGAN}/2015/table-three").status_code == 404
    assert program.get(f"/statistics/{factories.ORGAN}/1999/analysis").status_code == 422


def test_a_limit_and_a_history_are_counted_out_for_anybody(client: Any) -> None:
    asked = {"rule": "reply", "received": "2025-09-15", "channel": "internet"}
    found = client.get("/api/v1/deadlines", asked).json()
    assert (found["due_on"], len(found["working"]) > 20, "收到之日" in found["cite"]) == ("2025-10-17", True, True)
    for wrong in ({"received": "2025-9-15"}, {"rule": "x"}, {"days": 5}, {"received": "1999-01-01"}):
        assert client.get("/api/v1/deadlines", {**asked, **wrong}).status_code == 422, wrong
    history = {
        "channel": "web",
        "events": [{"act": "received", "on": "2025-01-06"}, {"act": "received", "on": "2025-01-07"}],
        "as_of": "2025-01-20",
    }
    folded = client.post("/api/v1/deadlines/fold", history, content_type="application/json").json()
    assert (folded["clocks"][0]["name"], folded["clocks"][0]["state"]) == ("reply", "running")
    assert [denied["on"] for denied in folded["refused"]] == ["2025-01-07"]
