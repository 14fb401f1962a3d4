"""Mail over SMTP. The moment between handing a letter over and the server's word is told apart from all others."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime, formataddr
from types import TracebackType
from urllib.parse import unquote, urlsplit

from django.utils import timezone

from gongkai.notifications.enums import Outcome
from gongkai.notifications.rules import one_line

from .port import Answer, Letter, Unreachable

SECONDS = 30


class Smtp:
    """One connection to `smtp://` (STARTTLS when the server offers it) or `smtps://`."""

    line: smtplib.SMTP  # from __enter__ on

    def __init__(self, url: str, sender: str, name: str) -> None:
        self.url = urlsplit(url)
        self.sender = sender
        self.name = name

    def __enter__(self) -> Smtp:
        host, port = self.url.hostname or "", self.url.port
        try:
            if self.url.scheme == "smtps":
                self.line = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS)
            else:
                self.line = smtplib.SMTP(host, port or 25, timeout=SECONDS)
                self.line.ehlo()
                if self.line.has_extn("starttls"):
                    self.line.starttls()
            if self.url.username:
                self.line.login(unquote(self.url.username), unquote(self.url.password or ""))
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(one_line(str(error))) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):  # it is gone already
            self.line.quit()

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over. Raises Unreachable if the connection broke before its words went out."""
        message = self.message(letter)
        try:
            self.line.ehlo_or_helo_if_needed()
            for code, words in self._envelope(letter):
                if not 200 <= code < 400:
                    self.line.rset()
                    return _answer(code, words)
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(one_line(str(error))) from error
        try:
            self.line.send(_dotted(message))
            return _answer(*self.line.getreply())
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Outcome.UNKNOWN, one_line(str(error)))

    def _envelope(self, letter: Letter) -> Iterator[tuple[int, bytes]]:
        """The server's answers before the letter's words, up to the first that is no consent."""
        yield self.line.mail(self.sender)
        yield self.line.rcpt(letter.address)
        yield self.line.docmd("DATA")

    def message(self, letter: Letter) -> bytes:
        """The letter as it goes over the line; its Message-ID is the notice's own."""
        made = EmailMessage(policy=POLICY)
        made["From"] = formataddr((one_line(self.name), self.sender))
        made["To"] = letter.address
        made["Subject"] = one_line(letter.subject)
        made["Date"] = format_datetime(timezone.now())
        made["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(letter.body, charset="utf-8", cte="base64")
        made["Content-Language"] = letter.language
        return made.as_bytes()


def _answer(code: int, words: bytes) -> Answer:
    text = f"{code} {one_line(words.decode('utf-8', 'replace'))}"
    if 200 <= code < 400:
        return Answer(Outcome.SENT, text)
    return Answer(Outcome.REFUSED if code >= 500 else Outcome.LATER, text)


def _dotted(message: bytes) -> bytes:
    """A line that begins with a dot gets another, and the end is a dot alone (RFC 5321, section 4.5.2)."""
    lines = message.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
