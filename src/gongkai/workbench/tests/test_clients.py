"""Programs of others are registered at the desk, given new secrets, and ended."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client as Browser

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications.tests import factories
from gongkai.clients.models import Client

from .signing_in import sign_in

pytestmark = pytest.mark.django_db
FORM = {
    "name": "示例系统",
    "organ": factories.ORGAN,
    "scopes": ["applications:create", "applications:act"],
    "per_minute": "60",
}


@pytest.fixture
def desk() -> Browser:
    factories.organs()
    client = Browser()
    sign_in(client, an_officer(Role.ADMINISTRATOR, factories.ORGAN))
    return client


def secret_in(response: Any) -> str:
    found = re.search(r'id="secret">([^<]+)<', response.content.decode())
    assert found is not None
    return found[1]


def a_token(key: str, secret: str) -> int:
    form = {"grant_type": "client_credentials", "client_id": key, "client_secret": secret}
    return int(Browser().post("/api/v1/token", form).status_code)


def test_a_program_is_registered_and_its_secret_shown_once(desk: Browser) -> None:
    officer = an_officer(organ=factories.ORGAN)
    secret = secret_in(desk.post("/workbench/clients/new/", {**FORM, "officer": officer.username}))
    row = Client.objects.get()
    assert (row.name, row.officer, row.per_minute, row.scopes) == ("示例系统", officer, 60, FORM["scopes"])
    assert a_token(row.key, secret) == 200
    pages = [desk.get("/workbench/clients/"), desk.get(f"/workbench/clients/{row.pk}/")]
    assert [(page.status_code, secret in page.content.decode()) for page in pages] == [(200, False)] * 2
    newer = secret_in(desk.post(f"/workbench/clients/{row.pk}/renew/"))
    assert (a_token(row.key, secret), a_token(row.key, newer)) == (401, 200)
    assert desk.post(f"/workbench/clients/{row.pk}/end/").status_code == 302
    assert a_token(row.key, newer) == 401
    assert "已撤销" in desk.get("/workbench/clients/").content.decode()


@pytest.mark.parametrize(
    "change", [{"officer": ""}, {"officer": "nobody"}, {"organ": "health"}, {"scopes": []}, {"per_minute": "0"}]
)
def test_what_does_not_fit_together_is_not_registered(desk: Browser, change: dict[str, Any]) -> None:
    officer = an_officer(organ=factories.ORGAN)
    answer = desk.post("/workbench/clients/new/", {**FORM, "officer": officer.username, **change})
    assert (answer.status_code, Client.objects.count()) == (422, 0)


def test_an_officer_of_another_organ_lends_no_name(desk: Browser) -> None:
    other = an_officer(organ="health")
    answer = desk.post("/workbench/clients/new/", {**FORM, "officer": other.username})
    assert (answer.status_code, Client.objects.count()) == (422, 0)
