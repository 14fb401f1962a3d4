"""A year's cases are brought at the desk: looked over, then taken in; the templates can be filled in and handed back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications.models import Application
from gongkai.applications.tests import factories

from .signing_in import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/workbench/applications/import/"


@pytest.fixture
def desk() -> Browser:
    factories.organs()
    client = Browser()
    sign_in(client, an_officer(Role.DISCLOSURE_OFFICE, factories.ORGAN))
    return client


def sent(desk: Browser, data: bytes, how: str, organ: str = factories.ORGAN) -> Any:
    file = SimpleUploadedFile("cases.csv", data)
    return desk.post(PAGE, {"organ": organ, "how": how, "file": file})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_comes_back_as_a_table_without_faults(desk: Browser, kind: str) -> None:
    data = desk.get(f"{PAGE}template.{kind}").content
    looked = sent(desk, data, "look")
    assert ("可以导入" in looked.content.decode(), Application.objects.count()) == (True, 0)
    done = sent(desk, data, "all")
    assert ("已经导入" in done.content.decode(), Application.objects.count()) == (True, 1)


def test_what_is_wrong_stands_in_a_table_and_is_no_markup(desk: Browser) -> None:
    data = desk.get(f"{PAGE}template.csv").content.replace("自然人".encode(), b"<b>x</b>")
    page = sent(desk, data, "all").content.decode()
    assert ("&lt;b&gt;x" in page, "<b>x" in page, Application.objects.count()) == (True, False, 0)


def test_a_file_that_is_no_table_and_another_organ_are_told_at_the_form(desk: Browser) -> None:
    for answer in (sent(desk, b"\0", "all"), sent(desk, b"a,b", "all", organ="health"), desk.post(PAGE, {})):
        assert answer.status_code == 422
    assert Application.objects.count() == 0
