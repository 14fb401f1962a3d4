"""A model that is down, slow, unwilling, huge or wrong: one clear ending each, tried again only where that may help."""

from __future__ import annotations

import logging
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gongkai.assistant import endpoint
from gongkai.assistant.enums import Ending

from .model_service import GOOD, KEY, Reply, Service, running, saying


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as found:
        yield found


def ending(service: Service, **changes: object) -> Ending:
    with pytest.raises(endpoint.Failed) as failed:
        endpoint.ask(service.model(**changes), b"{}", wait=lambda seconds: None)
    return failed.value.ending


def test_one_question_is_put_and_answered(service: Service) -> None:
    found = endpoint.ask(service.model(), b'{"sample": 1}')
    path, headers, body = service.requests[0]
    assert (path, body, len(service.requests)) == ("/v1/chat/completions", b'{"sample": 1}', 1)
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert '"G2"' in found.content
    assert (found.asked_tokens, found.answer_tokens) == (1200, 80)


def test_without_a_key_none_is_sent(service: Service) -> None:
    endpoint.ask(service.model(key=""), b"{}")
    assert "Authorization" not in service.requests[0][1]


@pytest.mark.parametrize(
    ("reply", "expected", "tries"),
    [
        (Reply(401), Ending.DENIED, 1),
        (Reply(403), Ending.DENIED, 1),
        (Reply(404), Ending.TURNED_DOWN, 1),
        (Reply(429), Ending.BUSY, 2),
        (Reply(500), Ending.BROKEN, 2),
        (Reply(503), Ending.BROKEN, 2),
        (Reply(hang_up=True), Ending.UNREACHABLE, 2),
        (Reply(body=b"<html>"), Ending.NONSENSE, 1),
        (Reply(body=b""), Ending.NONSENSE, 1),
        (Reply(body=b"\xff\xfe"), Ending.NONSENSE, 1),
        (Reply(body=b"[]"), Ending.NONSENSE, 1),
        (Reply(body=b'{"choices": []}'), Ending.NONSENSE, 1),
        (Reply(body=b'{"choices": [{"message": {"content": null}}]}'), Ending.NONSENSE, 1),
        (Reply(body=b"[" * 200_000), Ending.NONSENSE, 1),
        (Reply(body=b" " * (endpoint.LARGEST + 1)), Ending.TOO_LARGE, 1),
    ],
)
def test_each_failure_has_its_ending(service: Service, reply: Reply, expected: Ending, tries: int) -> None:
    service.replies = [reply]
    assert (ending(service), len(service.requests)) == (expected, tries)


def test_a_failure_that_passes_is_got_over(service: Service) -> None:
    service.replies = [Reply(503), saying(GOOD)]
    assert endpoint.ask(service.model(), b"{}", wait=lambda seconds: None).answer_tokens == 80


def test_a_redirect_is_followed_nowhere(service: Service) -> None:
    with running() as elsewhere:
        service.replies = [Reply(307, headers={"Location": f"{elsewhere.url}/chat/completions"})]
        assert ending(service) is Ending.REDIRECTED
        assert elsewhere.requests == []


def test_nobody_there_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else takes the port
        service = Service()
        service.url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        assert ending(service) is Ending.UNREACHABLE


def test_an_answer_that_drips_is_not_waited_for(service: Service) -> None:
    service.replies = [Reply(body=b" " * 1000, drip=0.05)]
    begun = time.monotonic()
    assert ending(service, seconds=1) is Ending.SLOW
    assert time.monotonic() - begun < 3
    assert len(service.requests) == 1


@pytest.mark.parametrize("usage", [{"prompt_tokens": -1, "completion_tokens": True}, {"prompt_tokens": 1 << 40}])
def test_a_count_that_is_none_counts_nothing(service: Service, usage: dict[str, int]) -> None:
    service.replies = [saying(GOOD, **usage)]
    found = endpoint.ask(service.model(), b"{}")
    assert (found.asked_tokens, found.answer_tokens) == (0, 0)


def test_neither_key_nor_words_are_logged_or_shown(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service.replies = [Reply(503, body="回答里的话".encode())]
    ending(service)
    assert "broken" in caplog.text
    assert KEY not in caplog.text + repr(service.model())
    assert "回答里的话" not in caplog.text


def test_a_certificate_of_nobody_is_not_believed(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        service = Service()
        service.url = f"https://localhost:{server.server_address[1]}/v1"
        assert ending(service) is Ending.UNREACHABLE
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
