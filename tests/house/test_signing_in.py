"""What the environment says about signing in, and how production differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.accounts.enums import Role
from gongkai.config.signing_in import read_sign_in

OIDC = {
    "GONGKAI_OIDC_URL": "https://sso.example.gov.cn/realm",
    "GONGKAI_OIDC_CLIENT_ID": "gongkai",
    "GONGKAI_OIDC_SECRET": "s",
}
ASK = """
import json
from django.conf import settings
import django
django.setup()
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"]
found = {name: getattr(settings, name) for name in names}
found["forced"] = sorted(settings.SIGN_IN.second_factor_roles)
found["form-action"] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]
found["apps"] = len(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])
print(json.dumps(found))
"""


def test_nothing_said_is_a_careful_house() -> None:
    found = read_sign_in({}, production=True)
    assert found.password_length == 12
    assert found.password_age is None
    assert (found.lock_after, found.lock_after_at_address, found.lock) == (5, 50, timedelta(minutes=15))
    assert (found.limits.idle, found.limits.longest) == (timedelta(minutes=30), timedelta(hours=12))
    assert found.second_factor_roles == {Role.ADMINISTRATOR}
    assert found.provider is None
    assert read_sign_in({}, production=False).second_factor_roles == frozenset()


def test_what_is_said_is_taken() -> None:
    said = {"GONGKAI_SECOND_FACTOR_ROLES": "auditor, officer", "GONGKAI_PASSWORD_DAYS": "90", **OIDC}
    found = read_sign_in(said, production=True)
    assert found.second_factor_roles == {Role.AUDITOR, Role.OFFICER}
    assert found.password_age == timedelta(days=90)
    assert found.provider is not None
    assert found.provider.origin == "https://sso.example.gov.cn"
    assert found.provider.claim == "preferred_username"
    assert read_sign_in({"GONGKAI_SECOND_FACTOR_ROLES": "none"}, production=True).second_factor_roles == frozenset()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"GONGKAI_PASSWORD_LENGTH": "7"}, "from 8 on"),
        ({"GONGKAI_PASSWORD_LENGTH": "twelve"}, "GONGKAI_PASSWORD_LENGTH is 'twelve'"),
        ({"GONGKAI_PASSWORD_DAYS": "-1"}, "GONGKAI_PASSWORD_DAYS"),
        ({"GONGKAI_LOCK_AFTER": "0"}, "from 1 on"),
        ({"GONGKAI_LOCK_MINUTES": "１５"}, "GONGKAI_LOCK_MINUTES"),
        ({"GONGKAI_IDLE_MINUTES": "0"}, "GONGKAI_IDLE_MINUTES"),
        ({"GONGKAI_SESSION_HOURS": "1.5"}, "GONGKAI_SESSION_HOURS"),
        ({"GONGKAI_SECOND_FACTOR_ROLES": "king"}, "Write none, or some of: officer"),
        ({**OIDC, "GONGKAI_OIDC_URL": "sso.example.gov.cn"}, "Write the provider's address"),
        ({**OIDC, "GONGKAI_OIDC_SECRET": ""}, "GONGKAI_OIDC_SECRET is not"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_write(said: dict[str, str], says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        read_sign_in(said, production=True)


def test_production_binds_cookies_to_the_host_and_forces_administrators(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    production = {
        "GONGKAI_ENV": "production",
        "GONGKAI_DATA_DIR": str(tmp_path),
        "GONGKAI_SECRET_KEY": "k3y-" * 15 + "abcdefghij",
        "GONGKAI_FIELD_KEYS": "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=",
        "GONGKAI_ALLOWED_HOSTS": "open.example.gov.cn",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**kept, **production, **OIDC},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-gongkai_session",
        "CSRF_COOKIE_NAME": "__Host-gongkai_csrf",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "forced": ["administrator"],
        "form-action": ["'self'", "https://sso.example.gov.cn"],
        "apps": 1,
    }
