"""What people try at a door: forged forms, planted links and keys, frames, lines smuggled into headers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import is_local_path
from gongkai.accounts.tests.factories import PASSWORD, a_duty, a_person, an_officer, an_organ
from gongkai.config.access import Opening, table
from gongkai.organisations.tests import factories as directory
from gongkai.workbench.tests.signing_in import SIGN_IN, sign_in
from tests.matrix_samples import sample

pytestmark = pytest.mark.django_db
OWN = "civil-affairs"
READ_ONLY = {405}
EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "HTTPS://evil.example/",
    "http:///evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "//testserver.evil.example",
    "/\r\nLocation: https://evil.example",
    "\x00//evil.example",
    " //evil.example",
    "http://[::1",
    "/" + "a" * 3000,
]
GOOD = ["/", "/workbench/", "/workbench/people/?q=%E7%94%B2&page=2", "/a//b", "/a?next=//b", "/a#b", "/?x=https://y"]


@pytest.mark.parametrize("address", EVIL)
def test_a_way_back_that_leaves_the_site_is_none(address: str) -> None:
    assert not is_local_path(address)


@pytest.mark.parametrize("address", GOOD)
def test_a_way_back_within_the_site_is_kept(address: str) -> None:
    assert is_local_path(address)


@pytest.mark.parametrize("address", EVIL)
def test_signing_in_never_leads_off_the_site(address: str) -> None:
    user = an_officer()
    by_form = sign_in(Client(), user, next=address)
    by_query = Client().post(f"{SIGN_IN}?{_query(address)}", {"login": user.username, "password": PASSWORD})
    for response in (by_form, by_query):
        assert (response.status_code, response["Location"]) == (302, "/workbench/")


@pytest.mark.parametrize("address", EVIL)
def test_showing_the_password_again_never_leads_off_the_site(address: str) -> None:
    client = Client()
    sign_in(client, an_officer())
    response = client.post(f"/workbench/again/?{_query(address)}", {"password": PASSWORD, "next": address})
    assert (response.status_code, response["Location"]) == (302, "/workbench/")


@pytest.mark.parametrize("address", EVIL)
def test_the_sign_in_page_shows_a_planted_way_back_as_text_only(client: Client, address: str) -> None:
    response = client.get(SIGN_IN, {"next": address})
    assert response.status_code == 200
    body = response.content.decode()
    assert f'href="{address}"' not in body
    assert f'action="{address}"' not in body


def _query(address: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": address})


MACHINE = [name for name in table() if name.startswith("api:")]  # they take tokens of programs, and look at no session
WRITTEN = [name for name, access in table().items() if access.opening is not Opening.ANONYMOUS and name not in MACHINE]


@pytest.fixture
def everyone() -> tuple[Client, User]:
    """A browser that must show tokens, of a person with every role."""
    directory.hongkou()
    user = a_person(organ=an_organ(OWN))
    for role in Role:
        a_duty(user, role, OWN)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(user)
    return client, user


def addresses(everyone: tuple[Client, User], names: list[str]) -> Iterator[tuple[str, str]]:
    """Each address with a thing made for it; all that came of it is undone before the next."""
    client, user = everyone
    for name in names:
        carried = deepcopy(client.cookies)
        with transaction.atomic():
            yield name, reverse(name, kwargs=dict(sample(name).make(user, OWN)))
            transaction.set_rollback(True)
        client.cookies = carried


@pytest.mark.one_database
def test_no_form_is_taken_without_its_token(everyone: tuple[Client, User]) -> None:
    faults, tried = [], 0
    for name, address in addresses(everyone, WRITTEN):
        rows = _rows()
        answer = everyone[0].post(address, {"forged": "1"}).status_code
        tried += 1
        if answer not in {403, *READ_ONLY} or _rows() != rows:
            faults.append(f"{name}: {answer}")
    assert (faults, tried) == ([], len(WRITTEN))


def test_a_session_alone_does_nothing_through_the_interface(everyone: tuple[Client, User]) -> None:
    faults, tried = [], 0
    for name, address in addresses(everyone, MACHINE):
        rows = _rows()
        answer = everyone[0].post(address, {"forged": "1"}).status_code
        tried += 1
        if answer not in {400, 401, 404, 405, 422} and name != "api:openapi":
            faults.append(f"{name}: {answer}")
        if _rows() != rows and name != "api:token":  # which counts the guess
            faults.append(f"{name}: wrote")
    assert (faults, tried) == ([], len(MACHINE))


@pytest.mark.parametrize("name", ["account_login", "mfa_authenticate", "openid_connect_login"])
def test_no_sign_in_is_taken_without_its_token(name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    user = an_officer()
    address = reverse(name, kwargs=dict(sample(name).make(user, OWN)))
    response = client.post(address, {"login": user.username, "password": PASSWORD})
    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def _rows() -> dict[str, int]:
    """How many rows each table of ours has, in one question: what a forged form must not change."""
    from django.apps import apps
    from django.db import connection

    models = [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]
    counts = [f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(counts))
        return dict(zip((model._meta.label for model in models), cursor.fetchone(), strict=True))


@pytest.mark.one_database
def test_no_page_is_shown_in_a_frame_and_what_is_one_persons_is_kept_by_no_cache(everyone: tuple[Client, User]) -> None:
    faults, tried = [], 0
    for name, address in addresses(everyone, list(table())):
        response = everyone[0].get(address)
        tried += 1
        framed = "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        if not framed or response.headers["X-Frame-Options"] != "DENY":
            faults.append(f"{name}: may be framed")
        told = response.headers.get("Cache-Control", "")
        closed = table()[name].opening is not Opening.PUBLIC and response.status_code == 200
        if closed and not ("no-store" in told or "private" in told):  # a file may be asked for in parts, by one browser
            faults.append(f"{name}: may be cached")
    assert (faults, tried) == ([], len(table()))


@pytest.mark.parametrize("smuggled", ["x\r\nSet-Cookie: evil=1", "x\nX-Evil: 1", "x\r\n\r\n<script>"])
def test_no_line_is_smuggled_into_a_header(smuggled: str) -> None:
    client = Client()
    admin = an_officer(Role.ADMINISTRATOR, "office")
    sign_in(client, admin)
    asked: list[tuple[str, dict[str, str]]] = [
        ("/workbench/people/add/", {"name": smuggled, "username": "new.person", "email": "", "organ": "office"}),
        ("/workbench/profile/", {"email": "me@example.cn", "language": smuggled}),
        ("/workbench/again/", {"password": PASSWORD, "next": f"/{smuggled}"}),
        (SIGN_IN, {"login": smuggled, "password": "x", "next": f"/{smuggled}"}),
    ]
    for address, data in asked:
        response = client.post(address, data)
        assert "evil" not in str(response.cookies)
        assert not {name for name in response.headers if "evil" in name.lower()}
        assert not [value for value in response.headers.values() if "\n" in value or "\r" in value]
    added = User.objects.filter(username="new.person").first()
    assert added is not None
    assert "\n" not in added.name
    assert "\r" not in added.name


def test_cookies_of_the_session_are_out_of_reach_of_scripts_and_of_other_sites(client: Client) -> None:
    response = sign_in(client, an_officer())
    kept: dict[str, Any] = dict(response.cookies)
    assert set(kept) == {"gongkai_session", "gongkai_csrf"}
    for cookie in kept.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""


def test_a_session_of_somebody_else_is_not_taken_over_by_signing_in(client: Client) -> None:
    """A victim who signs in on a prepared session gets a session of his own, and the preparer none."""
    attacker = Client()
    sign_in(attacker, an_officer())
    client.cookies["gongkai_session"] = attacker.cookies["gongkai_session"].value
    client.post("/workbench/sign-out/")
    victim = an_officer()
    sign_in(client, victim)
    assert client.cookies["gongkai_session"].value != attacker.cookies["gongkai_session"].value
    assert attacker.get("/workbench/profile/").status_code == 302
