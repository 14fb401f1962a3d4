"""A signing service over HTTPS: an HSM, a UKey at a desk, a 签章 service. The key never comes here.

POST {address}/signatures with `{"reference", "key", "digest_algorithm", "digest", "answer"}` (digest in base64) and the
token; the answer is `{"signature": base64}` or `{"cms": base64}`. Nothing is signed twice: a signature has a reference,
and when an answer was lost, GET {address}/signatures/{reference} is asked for it before anything is sent again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import http.client
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from gongkai.seals.enums import AnswerKind
from gongkai.seals.rules.refusals import SignerFailed, marked

from . import sm2
from .port import Key

_ = marked
SECONDS = 20.0
TRIES = 3
PAUSE = 0.5  # seconds before the second try; twice as long before the third
LONGEST = 256 * 1024  # bytes of an answer
_BUSY = {http.client.TOO_MANY_REQUESTS, http.client.SERVICE_UNAVAILABLE}
AWAY = _(
    "签章服务没有回应（%(why)s），没有盖章。请稍后再盖一次；一直这样的，请管理员检查 GONGKAI_SEALS_URL 和签章服务。"
)
TURNED_DOWN = _("签章服务拒绝签名（%(why)s），没有盖章。请管理员核对 GONGKAI_SEALS_TOKEN 和签章服务里登记的密钥。")
NONSENSE = _("签章服务的回答不能用（%(why)s），没有盖章。请管理员核对签章服务的接口和 GONGKAI_SEALS_ANSWER。")


class _Lost(Exception):
    """The line broke after the order may have arrived: whether there is a signature must be asked."""


class _NotReached(Exception):
    """No connection was made, or the service said that it did nothing: sending again is harmless."""


class RemoteSigner:
    """Signs through the service."""

    def __init__(
        self,
        *,
        url: str,
        token: str,
        answers: AnswerKind = AnswerKind.RAW,
        digest: str = "sha256",
        seconds: float = SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.token, self.answers, self.digest = urlsplit(url), token, answers, digest
        self.seconds, self.wait = seconds, wait

    def sign(self, key: Key, data: bytes, *, reference: str) -> bytes:
        """The raw signature; the digest alone goes out. Raises SignerFailed."""
        digest = sm2.digest_of(data) if self.digest == sm2.DIGEST else hashlib.sha256(data).digest()
        return self._signed(key, digest, f"{reference}-{digest.hex()[:16]}", "signature")

    def cms(self, key: Key, digest: bytes, *, reference: str) -> bytes:
        """The CMS structure over a document with this digest. Raises SignerFailed."""
        return self._signed(key, digest, f"{reference}-{digest.hex()[:16]}", "cms")

    def _signed(self, key: Key, digest: bytes, reference: str, field: str) -> bytes:
        order = {
            "reference": reference,
            "key": key.handle or key.organ,
            "digest_algorithm": self.digest,
            "digest": base64.b64encode(digest).decode("ascii"),
            "answer": self.answers.value,
        }
        answer = self._ordered(json.dumps(order).encode(), reference)
        try:
            return base64.b64decode(json.loads(answer)[field], validate=True)
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise SignerFailed(NONSENSE, why=type(error).__name__) from error

    def _ordered(self, body: bytes, reference: str) -> bytes:
        """The answer to the order: sent again only when it is sure that it was not carried out."""
        doubtful, why = False, ""  # doubtful: an order may have been carried out whose answer was lost
        for attempt in range(TRIES):
            if attempt:
                self.wait(PAUSE * 2 ** (attempt - 1))
            try:
                found = self._asked("GET", reference) if doubtful else None
                if found is not None:
                    return found
                doubtful = False  # it has none of that reference
                made = self._asked("POST", "", body)
                if made is not None:
                    return made
                why = "404"
            except _NotReached as error:
                why = str(error)
            except _Lost as error:
                doubtful, why = True, str(error)
        raise SignerFailed(AWAY, again=True, why=why)

    def _asked(self, method: str, reference: str, body: bytes | None = None) -> bytes | None:
        """The body of a good answer; None for 404. Raises _NotReached, _Lost, SignerFailed."""
        line = self._connected()
        path = f"{self.url.path.rstrip('/')}/signatures{'/' + quote(reference, safe='') if reference else ''}"
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            content = answer.read(LONGEST)
        except (OSError, http.client.HTTPException) as error:
            raise _Lost(type(error).__name__) from error
        finally:
            line.close()
        if 200 <= answer.status < 300:
            return content
        if answer.status == http.client.NOT_FOUND:
            return None
        if answer.status in _BUSY:
            raise _NotReached(str(answer.status))
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            raise _Lost(str(answer.status))
        raise SignerFailed(TURNED_DOWN, why=str(answer.status))

    def _connected(self) -> http.client.HTTPConnection:
        kind: Any = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        line: http.client.HTTPConnection = kind(self.url.hostname or "", self.url.port, timeout=self.seconds)
        try:
            line.connect()
        except OSError as error:
            raise _NotReached(type(error).__name__) from error
        return line
