"""Files by the interface: sent ahead, handed in once, read by who may; what no form takes is not taken here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.api.files import LARGEST
from gongkai.applications import services as applications
from gongkai.applications.models import Application
from gongkai.applications.selectors import BROUGHT, GIVEN
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.clients.enums import Scope
from gongkai.clients.models import Brought
from gongkai.clients.services import uploading
from gongkai.files.models import File
from gongkai.files.tests import honest

from .calling import ROOT, WANTED, Program, a_program

pytestmark = pytest.mark.django_db
KEY = "sample-submission-key-0001"


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def sent(program: Program, content: bytes = "示例证明".encode(), name: str = "证明.txt") -> Any:
    headers = {"authorization": f"Bearer {program.token}"}
    return Browser().post(f"{ROOT}/files", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def an_upload(program: Program, **words: Any) -> str:
    answer = sent(program, **words)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def names(owner_kind: str) -> list[str]:
    return list(File.objects.filter(owner_kind=owner_kind).order_by("created_at", "id").values_list("name", flat=True))


def test_an_application_comes_with_its_files_once() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    whole = {**WANTED, "attachments": [an_upload(program), an_upload(program, content=honest.pdf(), name="材料.pdf")]}
    first, again = (program.post("/applications", whole, key=KEY) for _each in "ab")
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    number = first.json()["number"]
    items = program.get(f"/applications/{number}/files").json()["items"]
    assert sorted((item["name"], item["role"]) for item in items) == [("材料.pdf", "brought"), ("证明.txt", "brought")]
    text = next(item for item in items if item["name"] == "证明.txt")
    file = program.get(f"/applications/{number}/files/{text['id']}")
    assert b"".join(file.streaming_content) == "示例证明".encode()
    assert Entry.objects.get(act="files.read").actor == f"client:{program.client.pk}"
    used = program.post("/applications", {**whole, "description": "另一件"})
    assert (used.status_code, Application.objects.count()) == (422, 1)


def test_a_supplement_comes_with_its_files_once() -> None:
    program = a_program(Scope.CREATE, Scope.READ_OWN)
    number = program.post("/applications", WANTED).json()["number"]
    row, by = Application.objects.get(), factories.holding(an_officer(organ=factories.ORGAN), Role.OFFICER)
    who: dict[str, Any] = {"pk": row.pk, "by": by, "today": timezone.localdate()}
    row = applications.register(**who, version=0, key="register-sample-1", day=timezone.localdate())
    applications.ask_supplement(**who, version=row.version, key="ask-sample-key-1", wanted="写明年度", working_days=10)
    said = {"text": "2024年度", "attachments": [an_upload(program)]}
    path = f"/applications/{number}/supplement"
    assert [program.post(path, said, key=KEY).status_code for _each in "ab"] == [200, 200]
    assert names(BROUGHT) == ["证明.txt"]


def test_anothers_upload_is_not_there_to_be_used() -> None:
    mine, other = a_program(Scope.CREATE), a_program(Scope.CREATE)
    answer = other.post("/applications", {**WANTED, "attachments": [an_upload(mine)]})
    assert (answer.status_code, "不是本客户端上传" in answer.json()["error"]) == (422, True)
    assert (Application.objects.count(), names(BROUGHT)) == (0, [])


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("程序.exe", b"MZ", "不接受"),
        ("空.txt", b"", "空"),
        ("假.pdf", b"<html><script>1</script></html>", "内容"),
        ("无扩展名", b"x", "扩展名"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, ""),
    ],
)
def test_what_no_form_takes_is_refused_with_its_reason(name: str, content: bytes, why: str) -> None:
    answer = sent(a_program(Scope.CREATE), content, name)
    assert (answer.status_code, File.objects.count()) == (422, 0)
    assert why in str(answer.json())


def test_too_large_a_request_and_one_without_a_file_are_refused() -> None:
    program = a_program(Scope.CREATE)
    headers = {"authorization": f"Bearer {program.token}"}
    body: dict[str, Any] = {"data": "x", "content_type": "text/plain", "headers": headers}
    assert Browser().post(f"{ROOT}/files", **body, CONTENT_LENGTH=str(LARGEST + 1)).status_code == 413
    assert Browser().post(f"{ROOT}/applications", **body, CONTENT_LENGTH=str(LARGEST)).status_code == 413
    assert Browser().post(f"{ROOT}/files", headers=headers).status_code == 422
    assert sent(a_program(Scope.STATISTICS)).status_code == 403


def test_uploads_that_lie_unused_are_not_taken_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MOST_UPLOADS", 2)
    program = a_program(Scope.CREATE)
    assert [sent(program).status_code for _each in "abc"] == [201, 201, 422]
    assert sent(a_program(Scope.CREATE)).status_code == 201


def test_an_answers_files_are_given_by_an_officers_program_and_read_once_it_was_sent() -> None:
    officer = an_officer(Role.OFFICER, organ=factories.ORGAN)
    program = a_program(Scope.ACT, Scope.READ_OWN, officer=officer)
    row = factories.submitted().application
    Brought.objects.create(client=program.client, application=row, key="k", content="c")
    by = factories.holding(officer, Role.OFFICER)
    day = date(2025, 9, 16)
    row = applications.register(pk=row.pk, by=by, version=0, key="register-sample-1", day=day, today=day)
    said = {"version": row.version, "kind": "provided", "data": {"ways": "随本答复提供"}, "files": [an_upload(program)]}
    wrong = program.post(f"/cases/{row.number}/acts/ask_extension", {**said, "kind": ""})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"files"})
    both = [program.post(f"/cases/{row.number}/acts/decide", said, key=KEY) for _each in "ab"]
    assert ([answer.status_code for answer in both], names(GIVEN)) == ([200, 200], ["证明.txt"])
    items = program.get(f"/cases/{row.number}/files").json()["items"]
    assert [(item["name"], item["role"]) for item in items] == [("证明.txt", "given")]
    path = f"/files/{items[0]['id']}"
    assert program.get(f"/cases/{row.number}{path}").status_code == 200
    assert program.get(f"/applications/{row.number}{path}").status_code == 404  # not sent yet
    Application.objects.filter(pk=row.pk).update(state="closed", closed_on=day, counted_on=day, counted_code="G1")
    own = program.get(f"/applications/{row.number}{path}")
    assert (own.status_code, own["Content-Disposition"].startswith("attachment")) == (200, True)


def test_the_files_of_another_organs_case_and_of_anothers_application_are_not_there() -> None:
    officer = an_officer(Role.OFFICER, organ=factories.ORGAN)
    program, mine = a_program(Scope.ACT, Scope.READ_OWN, officer=officer), a_program(Scope.CREATE)
    elsewhere = {**WANTED, "organ": "health", "attachments": [an_upload(mine)]}
    number = mine.post("/applications", elsewhere).json()["number"]
    file = File.objects.get(owner_kind=BROUGHT)
    for path in (f"/cases/{number}/files", f"/applications/{number}/files"):
        assert program.get(path).status_code == 404
        assert program.get(f"{path}/{file.pk}").status_code == 404
