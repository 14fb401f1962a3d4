"""What is given with a reply: attached to the proposal, taken off again, and by nobody else."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.files import selectors as files
from gongkai.files.models import File
from gongkai.files.tests import honest

pytestmark = pytest.mark.django_db


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
