"""Calling the interface, for tests: with a token got by the token endpoint itself."""

from __future__ import annotations

import itertools
import json
from typing import Any

from django.test import Client as Browser

from gongkai.accounts.models import User
from gongkai.applications.tests.factories import ORGAN
from gongkai.clients.enums import Scope
from gongkai.clients.models import Client
from gongkai.clients.tests.factories import a_client

ROOT = "/api/v1"
_keys = itertools.count(1)
WANTED: dict[str, Any] = {
    "organ": ORGAN,
    "applicant_kind": "natural_person",
    "applicant_name": "示例申请人乙",
    "identity_kind": "identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
    "description": "2024年居家养老补贴发放标准",
}


class Program:
    """A program of somebody else, with a token."""

    def __init__(self, client: Client, secret: str) -> None:
        self.client, self.secret = client, secret
        self.token = self.fresh().json()["access_token"]

    def fresh(self, **changes: str) -> Any:
        """Ask for a token."""
        form = {"grant_type": "client_credentials", "client_id": self.client.key, "client_secret": self.secret}
        return Browser().post(f"{ROOT}/token", {**form, **changes})

    def get(self, path: str, data: Any = None, **headers: str) -> Any:
        """GET."""
        return Browser().get(f"{ROOT}{path}", data, headers={"authorization": f"Bearer {self.token}", **headers})

    def send(self, method: str, path: str, data: Any = None, *, key: str = "", **headers: str) -> Any:
        """Send JSON, under a key of its own unless one is given."""
        whole = {"authorization": f"Bearer {self.token}", "idempotency-key": key or f"sample-key-{next(_keys):08d}"}
        body = json.dumps({} if data is None else data)
        call = getattr(Browser(), method)
        return call(f"{ROOT}{path}", body, content_type="application/json", headers={**whole, **headers})

    def post(self, path: str, data: Any = None, *, key: str = "", **headers: str) -> Any:
        """POST JSON."""
        return self.send("post", path, data, key=key, **headers)


def a_program(*scopes: Scope, organ: str = ORGAN, officer: User | None = None, per_minute: int = 120) -> Program:
    """A program with these scopes."""
    return Program(*a_client(*scopes, organ=organ, officer=officer, per_minute=per_minute))
