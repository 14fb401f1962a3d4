"""Signing in, for tests: by the pages themselves."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import PASSWORD

SIGN_IN = "/workbench/sign-in/"


def sign_in(client: Client, user: User | str, password: str = PASSWORD, **more: str) -> Any:
    """Send the form of the sign-in page."""
    name = user if isinstance(user, str) else user.username
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def code_for(secret: str, steps: int = 0) -> str:
    """The code an authenticator app shows now, or some steps of half a minute later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def a_factor(user: User) -> str:
    """Set up a second factor with recovery codes; returns the secret of the app."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes(user: User) -> list[str]:
    """The recovery codes not yet used."""
    found: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return found
