"""The pages of files: who may, what is sent, what is recorded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM, Actor
from gongkai.files import selectors, services
from gongkai.files.models import File
from gongkai.files.tests import honest

from .signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "f"}}}


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch) -> User:
    """May read the files of cases; nobody else may."""
    person = an_officer(Role.OFFICER, "office")
    monkeypatch.setattr(selectors, "_readers", {})
    selectors.register_owner("case", lambda standing: Q() if standing.user_id == person.pk else Q(pk__in=[]))
    return person


@pytest.fixture
def file() -> File:
    content = honest.pdf(pages=2, Author="示例承办人甲")
    return services.keep(stream=content, name="通知.pdf", owner_kind="case", actor=SYSTEM)


def address(file: File, more: str = "") -> str:
    return f"/workbench/files/{file.pk}/{more}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def test_a_file_is_shown_and_taken_and_both_are_recorded(client: Client, officer: User, file: File) -> None:
    sign_in(client, officer)
    page = client.get(address(file, "?purpose=核对来文")).content.decode()
    assert "示例承办人甲" in page
    assert "预览正在生成" in page
    services.make_waiting_previews()
    page = client.get(address(file)).content.decode()
    assert page.count('<img class="gk-shot"') == 2
    picture = client.get(address(file, "pages/2/"))
    assert picture.headers["Content-Type"] == "image/webp"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert body(picture)[:4] == b"RIFF"
    assert client.get(address(file, "pages/3/")).status_code == 404
    whole = client.get(address(file, "download/?purpose=核对来文"))
    assert len(body(whole)) == file.size
    assert whole.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E9%80%9A%E7%9F%A5.pdf"
    assert whole.headers["Content-Security-Policy"].startswith("sandbox")
    part = client.get(address(file, "download/"), headers={"Range": "bytes=5-7"})
    assert (part.status_code, len(body(part))) == (206, 3)
    head = client.head(address(file, "download/"))
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(file.size))
    purposes = list(Entry.objects.filter(act="files.read").order_by("seq").values_list("purpose", "actor"))
    me = str(officer.pk)
    assert purposes == [("核对来文", me), ("办理业务", me), ("核对来文", me)]


def test_nobody_reads_a_page_or_a_later_part_unseen(client: Client, officer: User, file: File) -> None:
    sign_in(client, officer)
    services.make_waiting_previews()
    client.get(address(file, "pages/1/"))
    told = Entry.objects.filter(act="files.read", object_id=str(file.pk), actor=str(officer.pk))
    assert told.count() == 1
    client.get(address(file, "pages/2/"))
    client.get(address(file, "download/"), headers={"Range": "bytes=1-"})
    assert told.count() == 1  # of one reading
    with time_machine.travel(timezone.now() + services.ONE_READING + timedelta(seconds=1)):
        services.tell_of_reading(file=file, actor=Actor("user", str(officer.pk)), purpose="办理业务", again=True)
    assert told.count() == 2
    other = services.keep(stream=honest.pdf(), name="另一份.pdf", owner_kind="case", actor=SYSTEM)
    client.get(address(other, "download/"), headers={"Range": "bytes=1-"})
    assert Entry.objects.filter(act="files.read", object_id=str(other.pk)).count() == 1


def test_who_may_not_finds_nothing_and_nothing_is_recorded(client: Client, officer: User, file: File) -> None:
    for more in ("", "download/", "pages/1/"):
        assert client.get(address(file, more)).status_code == 302
    sign_in(client, an_officer(Role.OFFICER, "office"))
    for more in ("", "download/", "pages/1/"):
        assert client.get(address(file, more)).status_code == 404
        assert client.post(address(file, more)).status_code == 405
    assert not Entry.objects.filter(act="files.read").exists()
