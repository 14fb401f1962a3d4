"""The arithmetic of programs that come in: keys of submissions, and how many requests a minute. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from .enums import News, Scope

PER_MINUTE = 120  # requests of one client, unless the administrator says otherwise
LONGEST_KEY = 128
MOST_UPLOADS = 50  # files of one client that nothing was made of yet
_KEY = re.compile(r"[\x21-\x7e]{16,128}")


# A message is tried again after these; then its address is left alone until a person has looked.
PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_TRIES = len(PAUSES) + 1
NEWS = {
    "register": News.REGISTERED,
    "ask_supplement": News.SUPPLEMENT_ASKED,
    "extend": News.EXTENDED,
    "sign": News.DECIDED,
}


class Denied(Exception):
    """What a program may not do; the text is for who runs it."""


class Reused(Denied):
    """A key that has stood for another content."""


class TooMany(Denied):
    """More requests than its minute holds."""

    def __init__(self, text: str, seconds: int) -> None:
        super().__init__(text)
        self.seconds = seconds


def is_key(text: str) -> bool:
    """Whether a text will do as the key of a submission: 16 to 128 visible signs of ASCII."""
    return _KEY.fullmatch(text) is not None


def own_key(client: str, key: str) -> str:
    """The key under which this client's submission is known in the house: no client meets another's."""
    return hashlib.sha256(f"client\n{client}\n{key}".encode()).hexdigest()


def digest(content: Mapping[str, object]) -> str:
    """The digest of what was sent, whatever the order of its names."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def known(names: Iterable[str]) -> list[Scope]:
    """The scopes among some names, in the order of the list."""
    wanted = set(names)
    return [scope for scope in Scope if scope.value in wanted]


def minute_of(moment: datetime) -> datetime:
    """The minute in which requests are counted together."""
    return moment.replace(second=0, microsecond=0)


def wait_after(tries: int) -> timedelta:
    """How long a message that was tried so often waits for its next try."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def news_of(act: str, *, closed: bool) -> News | None:
    """What programs are told of an act; None where it is nothing to them."""
    return News.CLOSED if closed else NEWS.get(act)
