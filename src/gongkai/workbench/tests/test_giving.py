"""What is given with a reply: attached to the proposal, taken off again, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import services
from gongkai.applications.models import Application, Fee, Suggestion
from gongkai.applications.tests import factories
from gongkai.files import selectors as files
from gongkai.files.models import File
from gongkai.files.tests import honest

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def signed_in(role: Role, organ: str = factories.ORGAN) -> tuple[Client, User]:
    user, client = a_person(), Client()
    a_duty(user, role, organ)
    client.force_login(user)
    return client, user


def propose(client: Client, row: Application, kind: str = "provided") -> int:
    words = {
        "version": str(row.version),
        "key": f"propose-{row.pk}-{kind}",
        "kind": kind,
        "ways": "随本答复提供",
        "reason": "示例",
    }
    files_ = {"attachments": SimpleUploadedFile("明细.pdf", honest.pdf())}
    return client.post(f"/workbench/applications/{row.number}/do/decide/", {**words, **files_}).status_code


def given(row: Application) -> list[File]:
    return list(files.of_owner("applications.answer", row.pk))


def test_a_file_is_given_with_a_reply_and_can_be_taken_off_while_the_case_is_handled() -> None:
    factories.organs()
    client, user = signed_in(Role.OFFICER)
    row = factories.registered(factories.holding(user, Role.OFFICER))
    assert propose(client, row) == 302
    assert [(file.name, file.visibility) for file in given(row)] == [("明细.pdf", "private")]
    url = f"/workbench/applications/{row.number}/files/{given(row)[0].pk}/take-back/"
    client.post(url)
    assert len(given(row)) == 1  # it has been proposed: not any more
    Application.objects.filter(pk=row.pk).update(state="registered")
    assert signed_in(Role.OFFICER, "finance")[0].post(url).status_code == 404
    assert client.post(url).status_code == 302
    assert given(row) == []
    assert File.objects.get().owner_kind == "draft"


def test_a_reply_that_withholds_gives_no_files() -> None:
    factories.organs()
    client, user = signed_in(Role.OFFICER)
    row = factories.registered(factories.holding(user, Role.OFFICER))
    assert propose(client, row, "internal_affairs") == 302  # its form has no place for files
    assert given(row) == []


def test_what_an_applicant_sends_in_on_paper_is_scanned_and_kept_with_the_case() -> None:
    factories.organs()
    client, user = signed_in(Role.OFFICER)
    officer = factories.holding(user, Role.OFFICER)
    row, today = factories.registered(officer, day=localdate()), localdate()
    words: Any = {"pk": row.pk, "by": officer, "today": today}
    row = services.ask_supplement(**words, version=row.version, key="ask-for-a-year", wanted="年度", working_days=7)
    sent = {"version": row.version, "key": "the-paper-of-the-year", "text": "2024年"}
    scan = SimpleUploadedFile("补正材料.pdf", honest.pdf())
    done = client.post(f"/workbench/applications/{row.number}/do/supplement/", {**sent, "attached": scan})
    assert done.status_code == 302
    (kept,) = files.of_owner("applications.attachment", row.pk)
    assert (kept.name, kept.visibility) == ("补正材料.pdf", "private")
    assert "补正材料.pdf" in client.get(f"/workbench/applications/{row.number}/").content.decode()


def test_a_fee_stands_on_the_page_of_the_case() -> None:
    factories.organs()
    client, user = signed_in(Role.OFFICER)
    row = factories.registered(factories.holding(user, Role.OFFICER))
    Fee.objects.create(
        application=row, scale="items", quantity=31, yuan=200, noticed_on=localdate(), due_on=localdate()
    )
    words = client.get(f"/workbench/applications/{row.number}/").content.decode()
    assert ("200 元" in words, "未缴，最迟" in words) == (True, True)


def test_what_came_of_the_suggestions_is_told_with_what_is_read() -> None:
    factories.organs()
    client, _user = signed_in(Role.OFFICER)
    assert "申请填写时的提示" not in client.get("/workbench/readership/").content.decode()
    for submitted in (True, False, False):
        Suggestion.objects.create(organ=factories.ORGAN, on=localdate(), shown=3, opened=1, submitted=submitted)
    found = client.get("/workbench/readership/").context["suggested"]
    assert (found.shown, found.opened, found.submitted, found.not_submitted) == (3, 3, 1, 2)
