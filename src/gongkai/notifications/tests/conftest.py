"""A mail server, an SMS provider, and people, for the tests of this context."""

from __future__ import annotations

import email
import email.policy
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person


class PostOffice:
    """A mail server in a process of its own, and what it accepted."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"smtp://127.0.0.1:{port}"

    @property
    def letters(self) -> list[EmailMessage]:
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            found.append(letter)
        return found


@pytest.fixture
def post_office(settings: Settings, tmp_path: Path) -> Iterator[PostOffice]:
    folder = tmp_path / "letters"
    folder.mkdir()
    script = Path(__file__).parent / "post_office.py"
    process = subprocess.Popen([sys.executable, str(script), str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    office = PostOffice(folder, int(process.stdout.readline()))
    settings.SMTP_URL, settings.MAIL_FROM = office.url, "open@example.gov.cn"
    yield office
    process.kill()
    process.wait()
    process.stdout.close()


class SmsOffice:
    """An SMS provider: keeps what it accepts; `statuses` are its next answers, 0 hangs up."""

    def __init__(self) -> None:
        self.messages: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.statuses: list[int] = []
        office = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                office.bodies.append(body)
                office.messages.append(json.loads(body))
                office.headers.append(dict(self.headers))
                status = office.statuses.pop(0) if office.statuses else 200
                if status:
                    self.send_response(status)
                    self.end_headers()
                    self.wfile.write(b"said so")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
                """Nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/send"


@pytest.fixture
def sms_office(settings: Settings) -> Iterator[SmsOffice]:
    office = SmsOffice()
    thread = threading.Thread(target=office.server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_QUIET = office.url, "a key", "00:00-00:00"
    yield office
    office.server.shutdown()
    office.server.server_close()
    thread.join()


@pytest.fixture
def officer() -> User:
    return a_person(email="officer@example.gov.cn")


@pytest.fixture
def administrator() -> User:
    person = a_person()
    a_duty(person, Role.ADMINISTRATOR, "hongkou")
    return person
