"""A program brings applications in for others, and sees those it brought."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications import services as applications
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.clients.enums import Scope

from .calling import ROOT, WANTED, a_program

pytestmark = pytest.mark.django_db
KEY = "a-key-of-a-submission-1"


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def test_an_application_comes_in_once_under_a_key_and_is_on_the_record() -> None:
    program = a_program(Scope.CREATE)
    first = program.post("/applications", WANTED, key=KEY)
    again = program.post("/applications", WANTED, key=KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    row = Application.objects.get()
    assert (row.number, row.channel, row.applicant_name) == (first.json()["number"], "internet", "示例申请人乙")
    assert list(Entry.objects.filter(act="clients.submit").values_list("actor", "object_id")) == [
        (f"client:{program.client.pk}", str(row.pk))
    ]


def test_the_query_code_opens_the_status_page() -> None:
    receipt = a_program(Scope.CREATE).post("/applications", WANTED).json()
    page = Browser().post(reverse("apply:status"), {"number": receipt["number"], "code": receipt["query_code"]})
    assert receipt["number"] in page.content.decode()


def test_a_key_that_stood_for_another_content_is_refused() -> None:
    program = a_program(Scope.CREATE)
    program.post("/applications", WANTED, key=KEY)
    other = program.post("/applications", {**WANTED, "description": "另一份内容"}, key=KEY)
    assert (other.status_code, Application.objects.count()) == (409, 1)
    assert set(other.json()) == {"error", "article", "what_next"}


def test_two_clients_may_use_the_same_key() -> None:
    numbers = {a_program(Scope.CREATE).post("/applications", WANTED, key=KEY).json()["number"] for _each in "ab"}
    assert len(numbers) == 2


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_eight_times_at_once_brings_one_application() -> None:
    program, found = a_program(Scope.CREATE), []

    def send() -> None:
        found.append(program.post("/applications", WANTED, key=KEY))
        connection.close()

    threads = [threading.Thread(target=send) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in found} <= {200, 201}
    assert (len({answer.json()["number"] for answer in found}), Application.objects.count()) == (1, 1)


@pytest.mark.parametrize("key", ["", "short", "with blank with blank"])
def test_without_a_fitting_key_nothing_comes_in(key: str) -> None:
    program = a_program(Scope.CREATE)
    headers = {"authorization": f"Bearer {program.token}", **({"idempotency-key": key} if key else {})}
    answer = Browser().post(f"{ROOT}/applications", WANTED, content_type="application/json", headers=headers)
    assert (answer.status_code, Application.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"identity_number": "123"}, "identity_number"),
        ({"organ": "nowhere"}, "organ"),
        ({"delivery": "post"}, "address"),
        ({"description": "有\x00控制字符"}, "description"),
        ({"phone": 13800000000}, "phone"),
        ({"purpose": "无须说明"}, "purpose"),
    ],
)
def test_what_is_wrong_is_told_field_by_field(change: dict[str, object], field: str) -> None:
    answer = a_program(Scope.CREATE).post("/applications", {**WANTED, **change})
    assert (answer.status_code, set(answer.json()["fields"])) == (422, {field})
    assert answer.json()["what_next"]


def test_a_client_sees_its_own_alone_and_the_applicant_masked() -> None:
    mine, other = a_program(Scope.CREATE, Scope.READ_OWN), a_program(Scope.CREATE, Scope.READ_OWN)
    number = mine.post("/applications", WANTED).json()["number"]
    factories.submitted()
    found = mine.get(f"/applications/{number}").json()
    assert found["applicant"]["identity_number"] != WANTED["identity_number"]
    assert "示例申请人乙" not in str(found)
    assert [item["number"] for item in mine.get("/applications").json()["items"]] == [number]
    assert other.get("/applications").json()["items"] == []
    for method, path, data in (
        ("get", f"/applications/{number}", None),
        ("get", f"/applications/{number}/letters", None),
        ("post", f"/applications/{number}/withdraw", {}),
        ("post", f"/applications/{number}/supplement", {"text": "补正"}),
    ):
        assert (
            other.send(method, path, data).status_code == 404
            if method == "post"
            else other.get(path).status_code == 404
        )


def test_the_list_is_paged_and_filtered() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    numbers = [program.post("/applications", WANTED).json()["number"] for _each in range(3)]
    page = program.get("/applications", {"page": 2, "page_size": 2}).json()
    assert (page["count"], [item["number"] for item in page["items"]]) == (3, numbers[:1])
    assert program.get("/applications", {"state": "closed"}).json()["count"] == 0
    assert program.get("/applications", {"submitted_to": "2000-01-01"}).json()["count"] == 0
    for wrong in ({"page": 0}, {"page_size": 101}, {"submitted_from": "1"}, {"state": "x"}, {"organ": "\x00"}):
        assert program.get("/applications", wrong).status_code == 422, wrong


def test_the_outcome_is_not_told_before_the_case_is_closed() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    number = program.post("/applications", WANTED).json()["number"]
    Application.objects.filter(number=number).update(code="G1")
    assert program.get(f"/applications/{number}").json()["code"] == ""


def test_an_application_is_supplemented_and_taken_back_by_who_brought_it() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    number = program.post("/applications", WANTED).json()["number"]
    row, by = Application.objects.get(), factories.holding(an_officer(organ=factories.ORGAN), Role.OFFICER)
    today = timezone.localdate()
    row = applications.register(pk=row.pk, by=by, version=0, key="register-sample-1", day=today, today=today)
    applications.ask_supplement(
        pk=row.pk, by=by, version=row.version, key="ask-sample-key-1", today=today, wanted="写明年度", working_days=10
    )
    letters = program.get(f"/applications/{number}/letters").json()["items"]
    assert [letter["kind"] for letter in letters] == ["receipt", "supplement_notice"]
    file = program.get(f"/applications/{number}/letters/{letters[1]['id']}/docx")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    told = Entry.objects.get(act="clients.read_letter")
    assert (told.actor, told.object_id) == (f"client:{program.client.pk}", str(row.pk))
    done = program.post(f"/applications/{number}/supplement", {"text": "2024年度"}, key=KEY)
    assert (done.status_code, done.json()["state"]) == (200, "registered")
    assert "【补正】2024年度" in done.json()["description"]
    gone = program.post(f"/applications/{number}/withdraw")
    assert (gone.json()["state"], gone.json()["code"]) == ("closed", "O3")
    assert program.post(f"/applications/{number}/withdraw").status_code == 409


def test_a_reply_is_a_letter_once_it_was_sent() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    officer = factories.holding(an_officer(organ=factories.ORGAN), Role.OFFICER)
    chief = factories.holding(an_officer(Role.SECTION_CHIEF, organ=factories.ORGAN), Role.SECTION_CHIEF)
    row = factories.sealed(officer, chief)
    from gongkai.clients.models import Brought

    Brought.objects.create(client=program.client, application=row, key="k", content="c")
    before = program.get(f"/applications/{row.number}/letters").json()["items"]
    day = date(2025, 9, 30)
    applications.deliver(
        pk=row.pk, by=officer, version=row.version, key="deliver-sample-1", sent_on=day, proof="网上送达", today=day
    )
    after = program.get(f"/applications/{row.number}/letters").json()["items"]
    assert [letter["kind"] for letter in after] == [*(letter["kind"] for letter in before), "provided"]
