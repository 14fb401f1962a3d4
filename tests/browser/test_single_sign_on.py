"""Single sign-on with a real provider in another process, in a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Page

from gongkai.accounts.models import User
from gongkai.accounts.services import people
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.config.signing_in import Provider
from gongkai.workbench.tests.signing_in import a_factor, code_for

ROOT = Path(__file__).resolve().parents[2]
PASSWORD, SECRET = "provider-password", "provider-secret"
KNOWN, UNKNOWN = "sso.officer", "sso.stranger"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def desk(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The workbench with the provider beside it, up and running."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    callback = f"{live_server.url}/workbench/sign-in/sso/sso/callback/"
    provider = Provider(url, "gongkai", SECRET, "示例统一认证", "preferred_username")
    settings.SIGN_IN = replace(settings.SIGN_IN, provider=provider)
    providers = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": provider.label,
            "client_id": provider.client_id,
            "secret": provider.secret,
            "settings": {"server_url": url},
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = providers
    policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"].append(provider.origin)
    settings.CONTENT_SECURITY_POLICY = policy
    environment = {**os.environ, "SSO_PROVIDER_FOLDER": str(tmp_path)}
    command = [sys.executable, "-m", "tests.sso_provider", str(port), callback, KNOWN, UNKNOWN]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(f"{url}/.well-known/openid-configuration", process)
        yield str(live_server.url)
    finally:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _try in range(150):
        assert process.poll() is None, "the provider did not start"
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - of our own process
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the provider does not answer")


def by_provider(page: Page, desk: str, name: str) -> None:
    """From our sign-in page to the provider's, and back."""
    page.goto(f"{desk}/workbench/profile/")
    page.get_by_role("button", name="示例统一认证").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.wait_for_load_state()
    allow = page.locator("button[name=action][value=grant]")
    if allow.count():
        allow.first.click()


def known() -> User:
    user = an_officer()
    User.objects.filter(pk=user.pk).update(username=KNOWN)
    user.refresh_from_db()
    return user


@pytest.mark.django_db(transaction=True)
def test_a_person_signs_in_through_the_provider_and_lands_where_he_wanted(page: Page, desk: str) -> None:
    user = known()
    by_provider(page, desk, KNOWN)
    page.wait_for_url(f"{desk}/workbench/profile/")
    assert KNOWN in page.locator("main").inner_text()
    linked = SocialAccount.objects.get()
    assert linked.user_id == user.pk
    assert linked.extra_data == {}
    assert Entry.objects.filter(act="accounts.signed_in", actor=str(user.pk)).count() == 1
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{desk}/workbench/sign-in/")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_made_and_nobody_gets_in_by_a_name_that_is_not_here(page: Page, desk: str) -> None:
    known()
    by_provider(page, desk, UNKNOWN)
    page.wait_for_url(f"{desk}/workbench/sign-in/")
    assert "没有对应的在用工作人员" in page.locator("main").inner_text()
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_is_suspended_here_does_not_get_in_by_the_provider(page: Page, desk: str) -> None:
    user = known()
    people.set_active(user_id=user.pk, active=False, by=SYSTEM)
    by_provider(page, desk, KNOWN)
    page.wait_for_url(f"{desk}/workbench/sign-in/")
    assert "没有对应的在用工作人员" in page.locator("main").inner_text()


@pytest.mark.django_db(transaction=True)
def test_an_account_at_the_provider_is_led_to_one_person_for_good(page: Page, desk: str) -> None:
    """A name handed on at the provider does not hand on the person here."""
    user = known()
    SocialAccount.objects.create(user=user, provider="sso", uid="somebody-else-long-ago")
    by_provider(page, desk, KNOWN)
    page.wait_for_url(f"{desk}/workbench/sign-in/")
    assert SocialAccount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_factor_is_asked_for_here_all_the_same(page: Page, desk: str) -> None:
    secret = a_factor(known())
    by_provider(page, desk, KNOWN)
    page.wait_for_url(f"{desk}/workbench/sign-in/code/")
    page.get_by_label("验证码或者恢复码").fill(code_for(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk}/workbench/profile/")
