"""A signing service that is slow, busy, broken or wrong: nothing is signed twice, nothing wrong gets into a file."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.seals.enums import AnswerKind
from gongkai.seals.rules import SignerFailed
from gongkai.seals.signing import examine, pdf
from gongkai.seals.signing.remote import RemoteSigner

from . import factories
from .signing_service import TOKEN

PATIENT, HASTY = 60, 4  # seconds: a busy machine is no fault of the service; a slow answer takes longer than the second
ORDER = pdf.Order(factories.NAME, "答复申请", "reference", sample=True)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A service of its own for each test."""
    made = factories.made()
    (tmp_path / "key.pem").write_text(made.secret, encoding="ascii")
    (tmp_path / "certificate.der").write_bytes(made.certificate)
    (tmp_path / "authority.der").write_bytes(factories.authority().certificate)
    files = [str(tmp_path / name) for name in ("key.pem", "certificate.der", "authority.der")]
    program = Path(__file__).with_name("signing_service.py")
    process = subprocess.Popen([sys.executable, str(program), *files], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def signer(
    port: int, *, answers: AnswerKind = AnswerKind.RAW, token: str = TOKEN, waits: list[float], seconds: float = PATIENT
) -> RemoteSigner:
    url = f"http://127.0.0.1:{port}/seal"
    return RemoteSigner(url=url, token=token, answers=answers, seconds=seconds, wait=waits.append)


def counted(port: int) -> tuple[int, int]:
    """How many signatures were made, of how many orders."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", "/count")
    found = json.loads(line.getresponse().read())
    return found["made"], found["orders"]


def sealed(port: int, behaviour: str, *, answers: AnswerKind = AnswerKind.RAW, token: str = TOKEN) -> bytes:
    key = replace(factories.key(), secret="", handle=behaviour)
    seconds = HASTY if behaviour.startswith("slow") else PATIENT
    remote = signer(port, answers=answers, token=token, waits=[], seconds=seconds)
    return pdf.sign(factories.plain_pdf(), order=ORDER, key=key, signer=remote)


@pytest.mark.parametrize("answers", list(AnswerKind))
def test_a_letter_is_sealed_by_a_service_that_keeps_the_key(port: int, answers: AnswerKind) -> None:
    found = examine.examine(sealed(port, "good", answers=answers), roots=[factories.authority().certificate])
    assert (found.intact, found.trusted, found.organ_code) == (True, True, factories.ORGAN)
    assert counted(port) == (1, 1)


@pytest.mark.parametrize(
    ("behaviour", "orders"), [("busy-1", 2), ("busy-2", 3), ("lost-1", 1), ("slow-1", 1), ("broken-1", 2)]
)
@pytest.mark.parametrize("answers", list(AnswerKind))
def test_a_service_that_fails_for_a_while_signs_once_in_the_end(
    port: int, behaviour: str, orders: int, answers: AnswerKind
) -> None:
    found = examine.examine(sealed(port, behaviour, answers=answers), roots=[factories.authority().certificate])
    assert found.good
    assert counted(port) == (1, orders)


@pytest.mark.parametrize(
    ("behaviour", "words", "again"),
    [
        ("busy-9", "稍后再盖一次", True),
        ("broken-9", "稍后再盖一次", True),
        ("refuse", "GONGKAI_SEALS_TOKEN", False),
        ("nonsense", "GONGKAI_SEALS_ANSWER", False),
        ("wrong", "对不上", False),
    ],
)
def test_a_service_that_does_not_sign_rightly_is_told_and_nothing_is_sealed(
    port: int, behaviour: str, words: str, again: bool
) -> None:
    with pytest.raises(SignerFailed) as failed:
        sealed(port, behaviour)
    assert words in str(failed.value)
    assert "没有盖章" in str(failed.value)
    assert failed.value.again is again


def test_a_wrong_token_is_refused_at_once(port: int) -> None:
    with pytest.raises(SignerFailed, match="401"):
        sealed(port, "good", token=TOKEN[:-1])
    assert counted(port) == (0, 0)


def test_a_service_that_is_not_there_is_asked_three_times_with_pauses() -> None:
    waits: list[float] = []
    remote = signer(1, waits=waits)
    with pytest.raises(SignerFailed, match="没有回应") as failed:
        remote.sign(factories.key(), b"data", reference="one")
    assert (waits, failed.value.again) == ([0.5, 1.0], True)


def test_only_the_digest_goes_out_and_the_same_paper_asks_by_the_same_name(port: int) -> None:
    remote = signer(port, waits=[])
    key = replace(factories.key(), handle="good")
    assert remote.sign(key, b"data", reference="one") == remote.sign(key, b"data", reference="one")
    assert counted(port) == (1, 2)
    remote.sign(key, b"other data", reference="one")
    assert counted(port)[0] == 2
