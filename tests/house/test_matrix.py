"""Every address, every role, own and other organ: what the table of access says is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import get_resolver, reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.config import access as access_middleware
from gongkai.config.access import Opening, table, url_names
from gongkai.organisations.tests import factories as directory
from gongkai.workbench.tests.signing_in import sign_in
from tests.matrix_samples import SAMPLES, Sample, sample

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
]  # who may open an address is told by a table, not by the database
OWN, OTHER = "civil-affairs", "health"
ADDRESSES = dict(url_names(get_resolver().url_patterns))
TOKENS = [name for name, access in table().items() if access.opening is Opening.MACHINE]
PUBLIC = [name for name, access in table().items() if access.opening is Opening.PUBLIC]
ANONYMOUS = [name for name, access in table().items() if access.opening is Opening.ANONYMOUS]
OPENED = {Opening.PUBLIC, Opening.ANONYMOUS, Opening.MACHINE}
CLOSED = [name for name, access in table().items() if access.opening not in OPENED]
PARTS = 6  # of a list of addresses that is walked in one test: the directory and the sign-in are made once for each
SCOPED = [name for name in CLOSED if name in SAMPLES and SAMPLES[name].scoped]
# What a page may answer to whom it is open: shown, sent on, or told what is wrong with what was sent.
# 404 for one's own: a person without a second factor has none to give up, and no recovery codes.
NOT_THERE = {"mfa_deactivate_totp", "mfa_view_recovery_codes"}
LOCKED = {
    "metrics": {404},
    "api:token": {401},
    "api:not-found": {404},
}  # public, and yet: no such page without a token set; no token without a secret
OPEN = {200, 302, 303, 400, 405, 409, 422}


@pytest.fixture
def organs() -> None:
    directory.hongkou()


@pytest.fixture
def told_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands are refused here: the page that tells them is shown by one test, not by each."""
    monkeypatch.setattr(access_middleware, "not_yours", lambda _request, _roles: HttpResponseForbidden())


def holder(role: Role | None) -> User:
    """A person of the own organ with one role there, or without any."""
    user = a_person(organ=an_organ(OWN))
    if role is not None:
        a_duty(user, role, OWN)
    return user


def answers(client: Client, name: str, found: Sample, owner: User, organ: str) -> Iterator[tuple[str, Any]]:
    """Reading and then writing a thing made for it; all that came of it is undone before the next address."""
    for _role, method, response in as_each(client, name, found, owner, organ):
        yield method, response


def as_each(
    client: Client, name: str, found: Sample, owner: User, organ: str, *, user: User | None = None, roles: Any = (None,)
) -> Iterator[tuple[Role | None, str, Any]]:
    """The same by a person who has each of the roles in turn and no other; what came of one is undone before the next."""
    with transaction.atomic():
        address = reverse(name, kwargs=dict(found.make(owner, organ)))
        for role in roles:
            carried = deepcopy(client.cookies)
            with transaction.atomic():
                if user is not None and role is not None:
                    a_duty(user, role, OWN)
                yield role, "get", client.get(address)
                yield role, "post", client.post(address, found.post)
                transaction.set_rollback(True)
            client.cookies = carried
        transaction.set_rollback(True)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    assert sign_in(client, user).status_code == 302
    return client


def to_sign_in(response: Any) -> bool:
    return bool(response.status_code == 302 and response["Location"].startswith(reverse("account_login")))


def test_every_address_that_names_a_thing_has_its_sample_and_no_sample_is_left_over() -> None:
    with_arguments = {name for name, pattern in ADDRESSES.items() if pattern.pattern.regex.groupindex}
    assert with_arguments == set(SAMPLES)


@pytest.mark.usefixtures("organs")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_public_page_is_open_to_everyone_and_asks_nobody_to_sign_in(part: int) -> None:
    owner, faults = holder(None), []
    for client in (Client(), signed_in(owner)):
        for name in PUBLIC[part::PARTS]:
            for method, response in answers(client, name, sample(name), owner, OWN):
                right = OPEN | LOCKED.get(name, set()) | ({404} if method == "post" else set())
                if to_sign_in(response) or response.status_code not in right:
                    faults.append(f"{method} {name}: {response.status_code}")
    assert faults == []


@pytest.mark.usefixtures("organs")
def test_what_programs_call_is_closed_without_a_token_to_those_who_are_signed_in_too() -> None:
    owner, faults = holder(Role.OFFICER), []
    for client in (Client(), signed_in(owner)):
        for name in TOKENS:
            found = {response.status_code for _method, response in answers(client, name, sample(name), owner, OWN)}
            if 401 not in found or not found <= {401, 405}:
                faults.append(f"{name}: {found}")
    assert faults == []


@pytest.mark.usefixtures("organs")
def test_pages_for_those_outside_lead_those_inside_to_the_desk() -> None:
    owner, faults = holder(Role.OFFICER), []
    client = signed_in(owner)
    for name in ANONYMOUS:
        for method, response in answers(client, name, sample(name), owner, OWN):
            if (response.status_code, response["Location"]) != (302, "/workbench/"):
                faults.append(f"{method} {name}: {response.status_code}")
    assert faults == []


@pytest.mark.usefixtures("organs")
@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_gets_in_without_signing_in(part: int) -> None:
    owner, faults = holder(Role.OFFICER), []
    for name in CLOSED[part::PARTS]:
        for method, response in answers(Client(raise_request_exception=False), name, sample(name), owner, OWN):
            if not to_sign_in(response):
                faults.append(f"{method} {name}: {response.status_code}")
    assert faults == []


@pytest.mark.usefixtures("organs")
def test_who_is_refused_is_told_on_a_page() -> None:
    response = signed_in(holder(None)).get(reverse("administration:organs"))
    assert (response.status_code, "这一页不对您开放" in response.content.decode()) == (403, True)


@pytest.mark.usefixtures("organs", "told_shortly")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_role_opens_what_the_table_says_and_nothing_else(part: int) -> None:
    user, faults, tried = holder(None), [], 0
    client = signed_in(user)
    names = CLOSED[part::PARTS]
    for name in names:
        access, found = table()[name], sample(name)
        for role, method, response in as_each(client, name, found, user, OWN, user=user, roles=(None, *Role)):
            tried += 1
            may = access.opening is Opening.SIGNED_IN or role in access.roles
            right = OPEN | found.also | ({404} if name in NOT_THERE else set()) if may else {403}
            turned_away = may and to_sign_in(response) and name != "signin:sign-out"
            if response.status_code not in right or turned_away:
                faults.append(f"{method} {name} as {role}: {response.status_code}")
    assert (faults, tried) == ([], len(names) * (1 + len(Role)) * 2)


@pytest.mark.usefixtures("organs")
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_another_organs_is_not_there(part: int) -> None:
    stranger, user, faults = a_person(organ=an_organ(OTHER)), holder(None), []
    client = signed_in(user)
    for name in SCOPED[part::PARTS]:
        access, found = table()[name], sample(name)
        roles = [role for role in Role if access.opening is Opening.SIGNED_IN or role in access.roles]
        for role, method, response in as_each(client, name, found, stranger, OTHER, user=user, roles=roles):
            if response.status_code not in {404, 405}:
                faults.append(f"{method} {name} as {role}: {response.status_code}")
    assert faults == []
