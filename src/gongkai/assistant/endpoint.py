"""The service over HTTP: one question, one answer, within one stretch of time, tried once more where that may help.

The certificate is verified, no redirect is followed, the answer is bounded. Neither the key nor a word of question or
answer is ever written to a log.
"""

from __future__ import annotations

import http.client
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .enums import Ending
from .rules.model import LanguageModel

LARGEST = 1 << 20  # bytes of an answer
PAUSE = 0.5  # seconds before the second try
AGAIN = frozenset({Ending.UNREACHABLE, Ending.BUSY, Ending.BROKEN})
_log = logging.getLogger(__name__)


class Failed(Exception):
    """No answer that can be used; `ending` says why."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.label)
        self.ending = ending


@dataclass(frozen=True)
class Answer:
    """What the model said, and how many tokens question and answer took, where the service counts them."""

    content: str
    asked_tokens: int
    answer_tokens: int


def ask(model: LanguageModel, body: bytes, *, wait: Callable[[float], None] = time.sleep) -> Answer:
    """Put one question; both tries together take no longer than the model's seconds. Raises `Failed`."""
    until = time.monotonic() + model.seconds
    try:
        return _tried(model, body, until)
    except Failed as error:
        _log.warning("The language model did not answer: %s", error.ending.value)
        if error.ending not in AGAIN or time.monotonic() + PAUSE >= until:
            raise
    wait(PAUSE)
    try:
        return _tried(model, body, until)
    except Failed as error:
        _log.warning("The language model did not answer the second time: %s", error.ending.value)
        raise


def _tried(model: LanguageModel, body: bytes, until: float) -> Answer:
    try:
        status, raw = _posted(model, body, until)
    except (OSError, http.client.HTTPException) as error:
        raise Failed(Ending.SLOW if time.monotonic() >= until else Ending.UNREACHABLE) from error
    if time.monotonic() >= until:  # the line was cut, and what came before that may look whole
        raise Failed(Ending.SLOW)
    if (ending := _of_status(status)) is not None:
        raise Failed(ending)
    if len(raw) > LARGEST:
        raise Failed(Ending.TOO_LARGE)
    return _read(raw)


def _posted(model: LanguageModel, body: bytes, until: float) -> tuple[int, bytes]:
    parts = urlsplit(f"{model.url}/chat/completions")
    left = max(0.1, until - time.monotonic())
    line = (
        http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=left, context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=left)
    )
    try:
        line.connect()
        end = threading.Timer(max(0.0, until - time.monotonic()), _shut, [line.sock])  # a byte a minute is no answer
        end.start()
        try:
            line.request("POST", parts.path, body, _headers(model))
            answer = line.getresponse()
            return answer.status, answer.read(LARGEST + 1)
        finally:
            end.cancel()
    finally:
        line.close()


def _headers(model: LanguageModel) -> dict[str, str]:
    plain = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    return plain | ({"Authorization": f"Bearer {model.key}"} if model.key else {})


def _of_status(status: int) -> Ending | None:
    """What a status means; None for success."""
    if status in {http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN}:
        return Ending.DENIED
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return Ending.BUSY
    by_hundred = {2: None, 3: Ending.REDIRECTED, 4: Ending.TURNED_DOWN}
    return by_hundred.get(status // 100, Ending.BROKEN)


def _read(raw: bytes) -> Answer:
    try:
        found = json.loads(raw)
        content = found["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise Failed(Ending.NONSENSE) from error
    if not isinstance(content, str):
        raise Failed(Ending.NONSENSE)
    usage = found.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Answer(content, _count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens")))


def _count(found: Any) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 1 << 31 else 0


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
