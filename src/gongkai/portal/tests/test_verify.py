"""Anybody checks a letter: by its code, by its file; guesses are slow, and nothing that is sent is kept."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.portal.verify import hashing, views
from gongkai.seals.rules import codes
from gongkai.seals.tests import factories

FORM = "/verify/"


def send(client: Client, *, code: str = "", pdf: bytes | None = None) -> Any:
    file = {} if pdf is None else {"file": SimpleUploadedFile("letter.pdf", pdf, "application/pdf")}
    return client.post(FORM, {"code": code, **file})


def words(response: Any) -> str:
    return str(response.content.decode())


def verdict(response: Any) -> str:
    found = re.search(r'class="gk-chip[^"]*">([^<]*)</span></h2>', words(response))
    return found[1] if found else ""


@pytest.mark.django_db
def test_a_code_as_somebody_types_it_leads_to_what_stands_under_it(client: Client) -> None:
    factories.ready()
    found = factories.sealed()
    sent = send(client, code=f" {codes.shown(found.verify_code).lower()} ")
    assert (sent.status_code, sent["Location"]) == (303, f"{FORM}{found.verify_code}/")
    page = client.get(sent["Location"])
    told = words(page)
    assert page.status_code == 200
    wanted = ("真实", factories.NAME, factories.NUMBER, found.sha256, codes.shown(found.verify_code))
    assert [word for word in wanted if word not in told] == []
    assert "示例申请人" not in told
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert page["Referrer-Policy"] == "same-origin"  # without any, browsers send no origin, and the form is refused


@pytest.mark.django_db
def test_a_file_is_genuine_only_byte_for_byte(client: Client) -> None:
    factories.ready()
    found = factories.sealed()
    assert "一字不差" in words(send(client, pdf=found.pdf))
    assert "一字不差" in words(send(client, code=found.verify_code, pdf=found.pdf))
    changed = found.pdf[:-1] + bytes([found.pdf[-1] ^ 1])
    for answer in (send(client, pdf=changed), send(client, code=found.verify_code, pdf=changed)):
        assert (answer.status_code, verdict(answer)) == (200, "不符")


@pytest.mark.django_db
def test_the_file_of_another_letter_does_not_match_the_code(client: Client) -> None:
    factories.ready()
    one, other = factories.sealed(1), factories.sealed(2)
    assert verdict(send(client, code=one.verify_code, pdf=other.pdf)) == "不符"


@pytest.mark.django_db
def test_a_corrected_letter_says_so_and_of_when_the_newest_is(client: Client) -> None:
    factories.ready()
    first = factories.sealed()
    factories.sealed(corrects=first.verify_code)
    told = words(client.get(f"{FORM}{first.verify_code}/"))
    assert all(word in told for word in ("已被更正", "以最新版本为准", "第 2 版"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "status", "told"),
    [("", 422, "请填写核验码"), ("7K3M", 422, "16 位"), ("0" * 16, 303, ""), ("中" * 16, 422, "16 位")],
)
def test_what_cannot_be_a_code_is_told_at_its_field(client: Client, code: str, status: int, told: str) -> None:
    answer = send(client, code=code)
    assert (answer.status_code, told in words(answer)) == (status, True)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0000000000000000", "nonsense", "z" * 200])
def test_a_code_that_nobody_has_is_unknown(client: Client, code: str) -> None:
    answer = client.get(f"{FORM}{code}/")
    assert (answer.status_code, "查无此件" in words(answer)) == (404, True)


@pytest.mark.django_db
def test_guesses_are_stopped_and_good_codes_do_not_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_TRIES", 3)
    factories.ready()
    found = factories.sealed()
    assert [client.get(f"{FORM}{found.verify_code}/").status_code for _ in range(5)] == [200] * 5
    assert [client.get(f"{FORM}{number:016}/").status_code for number in range(5)] == [404, 404, 404, 429, 429]
    assert client.get(f"{FORM}{found.verify_code}/").status_code == 429
    assert client.get(f"{FORM}{found.verify_code}/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert "一字不差" in words(send(client, pdf=found.pdf))


@pytest.mark.django_db
def test_an_upload_is_hashed_and_lies_nowhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **kwargs: opened.append("temporary"))
    before = {path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()}
    assert "不符" in words(send(client, pdf=b"%PDF-1.7 " + b"x" * 5_000_000))
    after = {path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()}
    assert (opened, {path for path in after - before if "sqlite" not in path.name}) == ([], set())


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_announced_or_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "MOST", 100_000)
    refused = send(client, pdf=b"x" * 100_001)
    assert (refused.status_code, "没有核验" in words(refused)) == (413, True)
    monkeypatch.setattr(hashing, "announced_too_large", lambda request: False)
    refused = send(client, pdf=b"x" * 300_000)
    assert (refused.status_code, "没有核验" in words(refused)) == (413, True)
    monkeypatch.undo()
    unread = client.generic("POST", FORM, b"", CONTENT_LENGTH=str(hashing.MOST + hashing.AROUND + 1))
    assert unread.status_code == 413


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(FORM, {"code": "0" * 16}).status_code == 403
    page = strict.get(FORM)
    token = page.context["csrf_token"]
    file = BytesIO(b"%PDF")
    file.name = "letter.pdf"
    assert strict.post(FORM, {"csrfmiddlewaretoken": str(token), "code": "", "file": file}).status_code == 200
