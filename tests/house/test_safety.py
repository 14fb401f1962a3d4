"""What every answer carries, and how production differs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PRODUCTION = {
    "GONGKAI_ENV": "production",
    "GONGKAI_SECRET_KEY": "k3y-" * 15 + "abcdefghij",
    "GONGKAI_FIELD_KEYS": "dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHQ=",
    "GONGKAI_ALLOWED_HOSTS": "open.example.gov.cn",
    "GONGKAI_TRUST_PROXY": "on",
}
ASK = """
import json, sys
from gongkai.config.wsgi import application
from django.test import Client
client = Client(SERVER_NAME="open.example.gov.cn")
asked = {
    "plain": client.get("/no-such-page"),
    "proxied": client.get("/no-such-page", headers={"x-forwarded-proto": "https"}),
    "probe": client.get("/healthz"),
    "stranger": client.get("/healthz", headers={"host": "evil.example"}),
}
print(json.dumps({name: [answer.status_code, dict(answer.headers)] for name, answer in asked.items()}))
"""


def test_every_answer_carries_the_whole_policy(client: Client) -> None:
    headers = client.get("/healthz").headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")


def test_a_missing_page_carries_it_too(client: Client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.django_db
def test_reading_sets_no_cookie(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert not response.cookies


def test_production_speaks_https_to_its_own_hosts_only(tmp_path: Path, put_database: Callable[[Path], None]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = kept | PRODUCTION | {"GONGKAI_DATA_DIR": str(tmp_path)}
    put_database(tmp_path)
    gather = [sys.executable, "-m", "gongkai", "manage", "collectstatic", "--noinput", "-v0"]
    subprocess.run(gather, env=environment, timeout=240, check=True)
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=240, check=True
    )
    answers = json.loads(done.stdout)
    assert answers["plain"][0] == 301
    assert answers["plain"][1]["Location"].startswith("https://open.example.gov.cn/")
    assert answers["proxied"][0] == 404
    assert answers["proxied"][1]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answers["probe"][0] == 200
    assert answers["stranger"][0] == 400
    assert answers["stranger"][1]["Content-Type"].startswith("text/plain")
