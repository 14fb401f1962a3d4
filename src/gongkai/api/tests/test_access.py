"""Who may call what: each operation by each scope, without a token, with one that was ended; and too often."""

from __future__ import annotations

import base64
import importlib
import pkgutil
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.test import Client as Browser
from django.utils import timezone
from ninja import Schema

from gongkai import api as room
from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.api.urls import PREFIX, api, urlpatterns
from gongkai.api.values import Asked
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.clients import services
from gongkai.clients.enums import Scope
from gongkai.clients.models import Client
from gongkai.clients.rules import Denied
from gongkai.clients.tests.factories import a_client, administrator
from gongkai.config.access import Opening, table

from .calling import ROOT, WANTED, Program, a_program

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SLUG = "civil-affairs-2023-00001"
FILE = "00000000-0000-0000-0000-000000000001"
# Every operation: the method, the address, what is sent, and the scopes one of which it asks for; none: for everybody.
OPERATIONS: list[tuple[str, str, object, Scope | tuple[Scope, ...] | None]] = [
    ("get", "/openapi.json", None, None),
    ("post", "/token", None, None),
    ("get", "/deadlines?rule=reply&received=2025-09-15", None, None),
    ("post", "/deadlines/fold", {"events": [{"act": "received", "on": "2025-01-06"}]}, None),
    ("get", "/search?q=a", None, None),
    ("get", "/documents", None, None),
    ("get", f"/documents/{SLUG}", None, None),
    ("post", "/applications", WANTED, Scope.CREATE),
    ("get", "/applications", None, Scope.READ_OWN),
    ("get", "/applications/2025-000001", None, Scope.READ_OWN),
    ("get", "/applications/2025-000001/letters", None, Scope.READ_OWN),
    ("get", "/applications/2025-000001/letters/1/pdf", None, Scope.READ_OWN),
    ("get", "/applications/2025-000001/files", None, Scope.READ_OWN),
    ("get", f"/applications/2025-000001/files/{FILE}", None, Scope.READ_OWN),
    ("post", "/files", None, (Scope.CREATE, Scope.ACT)),
    ("post", "/applications/2025-000001/supplement", {"text": "补正"}, Scope.CREATE),
    ("post", "/applications/2025-000001/withdraw", None, Scope.CREATE),
    ("get", "/cases", None, Scope.ACT),
    ("get", "/cases/2025-000001", None, Scope.ACT),
    ("post", "/cases/2025-000001/acts/register", {"version": 0}, Scope.ACT),
    ("get", "/cases/2025-000001/letters", None, Scope.ACT),
    ("get", "/cases/2025-000001/letters/1/docx", None, Scope.ACT),
    ("get", "/cases/2025-000001/files", None, Scope.ACT),
    ("get", f"/cases/2025-000001/files/{FILE}", None, Scope.ACT),
    ("get", "/statistics/civil-affairs/2025/table-three", None, Scope.STATISTICS),
    ("get", "/statistics/civil-affairs/2025/analysis", None, Scope.STATISTICS),
    ("put", "/webhook", {"url": "https://hook.example.gov.cn/"}, Scope.WEBHOOKS),
    ("get", "/webhook", None, Scope.WEBHOOKS),
    ("delete", "/webhook", None, Scope.WEBHOOKS),
    ("get", "/webhook/deliveries", None, Scope.WEBHOOKS),
]
GUARDED = [found for found in OPERATIONS if found[3] is not None]


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def call(program: Program, method: str, path: str, data: object) -> int:
    answer = program.get(path) if method == "get" else program.send(method, path, data)
    return int(answer.status_code)


def test_every_operation_is_in_the_list() -> None:
    paths = {
        (
            method,
            path.replace("{number}", "2025-000001")
            .replace("{letter}", "1")
            .replace("{act}", "register")
            .replace("{file}", FILE)
            .replace("{slug}", SLUG),
        )
        for path, operations in api.get_openapi_schema(path_prefix=PREFIX)["paths"].items()
        for method in operations
    }
    told = {
        (method, f"/api/v1{path.partition('?')[0]}".replace("/pdf", "/{kind}").replace("/docx", "/{kind}"))
        for method, path, _data, _scope in OPERATIONS
        if path != "/openapi.json"
    }
    assert {
        (method, path.replace("{organ}", "civil-affairs").replace("{year}", "2025")) for method, path in paths
    } == told


@pytest.mark.parametrize(("method", "path", "data", "scope"), GUARDED, ids=lambda value: str(value)[:40])
def test_a_scope_opens_what_it_names_and_nothing_else(
    method: str, path: str, data: object, scope: Scope | tuple[Scope, ...]
) -> None:
    opens = scope if isinstance(scope, tuple) else (scope,)
    officer = an_officer(organ=factories.ORGAN)
    for held in Scope:
        status = call(a_program(held, officer=officer), method, path, data)
        assert (status == 403) is (held not in opens), f"{held}: {status}"


@pytest.mark.parametrize(("method", "path", "data", "scope"), GUARDED, ids=lambda value: str(value)[:40])
def test_without_a_token_nothing_is_told(method: str, path: str, data: object, scope: Scope) -> None:
    answers = [
        getattr(Browser(), method)(f"{ROOT}{path}", content_type="application/json", headers=headers)
        for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Bearer " + "x" * 5000})
    ]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert all(set(answer.json()) == {"error", "article", "what_next"} for answer in answers)
    assert all("Bearer" in answer.headers["WWW-Authenticate"] for answer in answers)


def test_the_table_of_access_says_which_operations_ask_for_a_token() -> None:
    closed = {
        f"api:{pattern.name}" for pattern in urlpatterns if table()[f"api:{pattern.name}"].opening is Opening.MACHINE
    }
    assert {name for name, access in table().items() if name.startswith("api:")} - closed == {
        "api:openapi",
        "api:token",
        "api:deadline",
        "api:fold",
        "api:document",
        "api:documents",
        "api:search",
        "api:not-found",
    }


def test_a_token_is_kept_as_a_digest_and_holds_an_hour() -> None:
    program = a_program(Scope.READ_OWN)
    kept = Token.objects.get()
    assert program.token not in (kept.hash, str(kept.data))
    assert program.secret not in OAuthClient.objects.get().secret
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert program.get("/applications").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert program.get("/applications").status_code == 401
        services.tidy()
    assert Token.objects.count() == 0


def test_the_secret_may_come_by_basic_authentication_and_a_scope_may_be_chosen() -> None:
    client, secret = a_client(Scope.READ_OWN, Scope.CREATE)
    basic = base64.b64encode(f"{client.key}:{secret}".encode()).decode()
    answer = Browser().post(
        f"{ROOT}/token",
        {"grant_type": "client_credentials", "scope": Scope.READ_OWN.value},
        headers={"authorization": f"Basic {basic}"},
    )
    assert (answer.status_code, answer.json()["scope"], answer.json()["expires_in"]) == (
        200,
        Scope.READ_OWN.value,
        3600,
    )


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"scope": "webhooks"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_token_is_refused_as_the_standard_says(change: dict[str, str], status: int, error: str) -> None:
    answer = a_program(Scope.READ_OWN).fresh(**change)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_guessing_at_secrets_is_made_slow() -> None:
    program = a_program(Scope.READ_OWN)
    answers = [program.fresh(client_secret=f"guess-{n}").status_code for n in range(21)]
    assert (answers[:19], answers[-1]) == ([401] * 19, 429)
    assert program.fresh().status_code == 429


def test_a_new_secret_ends_the_old_one_and_its_tokens() -> None:
    program, by = a_program(Scope.READ_OWN), administrator()
    _client, secret = services.renew(by=by, pk=program.client.pk)
    assert program.get("/applications").status_code == 401
    assert program.fresh().status_code == 401
    assert program.fresh(client_secret=secret).status_code == 200
    assert Entry.objects.filter(act="clients.renew").count() == 1


def test_a_client_that_was_ended_comes_in_no_more() -> None:
    program, by = a_program(Scope.READ_OWN), administrator()
    services.end(by=by, pk=program.client.pk)
    assert program.get("/applications").status_code == 401
    assert program.fresh().status_code == 401
    with pytest.raises(Denied):
        services.renew(by=by, pk=program.client.pk)


def test_an_administrator_registers_for_own_organs_and_touches_no_other_organs_clients() -> None:
    client, _secret = a_client(Scope.READ_OWN)
    stranger = administrator("health")
    for act in (services.renew, services.end):
        with pytest.raises(Denied):
            act(by=stranger, pk=client.pk)
    with pytest.raises(Denied):
        services.register(by=stranger, name="示例", organ=factories.ORGAN, scopes=[Scope.READ_OWN])
    assert Client.objects.count() == 1


def test_a_scope_that_was_taken_away_does_not_hold_for_a_token_given_before() -> None:
    program = a_program(Scope.READ_OWN)
    Client.objects.update(scopes=[])
    assert program.get("/applications").status_code == 403


def test_a_client_that_asks_too_often_waits() -> None:
    program = a_program(Scope.READ_OWN, per_minute=3)
    with time_machine.travel(timezone.now().replace(second=10), tick=False):
        answers = [program.get("/applications") for _each in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "50"


def test_an_officer_who_holds_nothing_any_more_acts_no_more() -> None:
    officer = an_officer(Role.OFFICER, organ=factories.ORGAN)
    program = a_program(Scope.ACT, officer=officer)
    assert program.get("/cases").status_code == 200
    officer.is_active = False
    officer.save()
    assert program.get("/cases").status_code == 403


def test_errors_have_one_shape_wherever_they_arise() -> None:
    program = a_program(Scope.CREATE)
    shaped = [
        Browser().get(f"{ROOT}/nowhere"),
        Browser().delete(f"{ROOT}/applications"),
        program.send("post", "/applications", None, **{"content-length": "999999"}),
        Browser().post(
            f"{ROOT}/deadlines/fold", "{", content_type="application/json", headers={"accept-language": "en"}
        ),
    ]
    assert [answer.status_code for answer in shaped] == [404, 405, 413, 400]
    assert all(set(answer.json()) == {"error", "article", "what_next"} for answer in shaped)
    assert shaped[1].headers["Allow"] == "GET, POST"
    assert [answer.headers["Content-Language"] for answer in shaped] == ["zh-hans"] * 3 + ["en"]


def test_no_two_shapes_share_a_name() -> None:
    """In the description of the interface a shape is known by its name alone: of two, one would be told for both."""
    modules = [importlib.import_module(f"gongkai.api.{found.name}") for found in pkgutil.iter_modules(room.__path__)]
    shapes = {
        (one.__name__, one.__module__)
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Schema) and one.__module__.startswith("gongkai.api")
        # what is asked in an address is told parameter by parameter, without a name
        if not issubclass(one, Asked)
    }
    counts = Counter(name for name, _module in shapes)
    assert [name for name, count in counts.items() if count > 1] == []
