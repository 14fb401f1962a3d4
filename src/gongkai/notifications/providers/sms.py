"""SMS by a provider's HTTP interface: one signed JSON POST a message."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from types import TracebackType
from urllib.parse import urlsplit

from gongkai.notifications.enums import Outcome
from gongkai.notifications.rules import one_line, plain_phone

from .port import Answer, Letter, Unreachable

SECONDS = 20
_BUSY = 429


class HttpSms:
    """Posts `{"id", "phone", "text"}`; X-Timestamp, and X-Signature = HMAC-SHA256(key, timestamp + "\\n" + body)."""

    def __init__(self, url: str, key: str) -> None:
        self.url = urlsplit(url)
        self.key = key

    def __enter__(self) -> HttpSms:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Each message has a connection of its own."""

    def send(self, letter: Letter) -> Answer:
        """Hand one message over. Raises Unreachable if no connection could be made."""
        body = json.dumps(
            {"id": letter.id, "phone": plain_phone(letter.address), "text": letter.body}, ensure_ascii=False
        ).encode()
        line = self._connected()
        try:
            line.request("POST", self.url.path or "/", body, self.headers(body, str(int(time.time()))))
            answer = line.getresponse()
            words = one_line(f"{answer.status} {answer.read(500).decode('utf-8', 'replace')}")
        except (OSError, http.client.HTTPException) as error:
            return Answer(Outcome.UNKNOWN, one_line(repr(error)))
        finally:
            line.close()
        if 200 <= answer.status < 300:
            return Answer(Outcome.SENT, words)
        later = answer.status == _BUSY or answer.status >= 500
        return Answer(Outcome.LATER if later else Outcome.REFUSED, words)

    def headers(self, body: bytes, moment: str) -> dict[str, str]:
        """The signature is over the moment and the body, that neither can be changed or sent again later."""
        signature = hmac.new(self.key.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Timestamp": moment, "X-Signature": signature}

    def _connected(self) -> http.client.HTTPConnection:
        secure = self.url.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        line = kind(self.url.hostname or "", self.url.port, timeout=SECONDS)
        try:
            line.connect()
        except OSError as error:
            raise Unreachable(one_line(str(error))) from error
        return line
