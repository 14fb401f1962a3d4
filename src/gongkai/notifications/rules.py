"""The arithmetic of notices: who, when, how often, in which words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from .enums import Channel

HERE = ZoneInfo("Asia/Shanghai")
MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
SCATTER = 0.2  # part of a wait that chance may add or take away, that a mended server is not stormed
_WORD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\\x00-\x1f]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PHONE = re.compile(r"(\+?86)?1\d{10}")


class MissingWord(Exception):
    """A template asks for a word that was not given."""


@dataclass(frozen=True)
class Recipient:
    """Who is told: a person who signs in, by primary key, or somebody outside, by mail address and phone number."""

    user_id: int | None = None
    mail: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Notice:
    """What one person is to be told: see `telling.notify` for its parts."""

    event: str
    key: str
    to: Recipient
    context: Mapping[str, object]
    language: str = ""
    url: str = ""
    organ: str = ""


@dataclass(frozen=True)
class Text:
    """Words for one channel; `subject` is empty where the channel has none."""

    body: str
    subject: str = ""


def words_of(text: Text) -> frozenset[str]:
    """The names between double braces."""
    return frozenset(_WORD.findall(text.subject + text.body))


@dataclass(frozen=True)
class Template:
    """One event: what people call it, whether it may disturb the night, and its words by language and channel."""

    event: str
    label: Mapping[str, str]
    urgent: bool
    texts: Mapping[str, Mapping[Channel, Text]]

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels it has words for."""
        return frozenset(next(iter(self.texts.values())))

    @property
    def words(self) -> frozenset[str]:
        """The words it asks for."""
        texts = [text for by_channel in self.texts.values() for text in by_channel.values()]
        return frozenset(word for text in texts for word in words_of(text))


@dataclass(frozen=True)
class Quiet:
    """The hours of a night in which no phone is made to ring."""

    begins: time
    ends: time

    def after(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        here = moment.astimezone(HERE)
        clock = here.time()
        over_midnight = self.begins > self.ends
        if (clock >= self.begins or clock < self.ends) if over_midnight else (self.begins <= clock < self.ends):
            day = here.date() + timedelta(days=1 if clock >= self.ends else 0)
            return datetime.combine(day, self.ends, HERE)
        return moment


def parse_quiet(text: str) -> Quiet:
    """Quiet hours written as 21:00-08:00. Raises ValueError."""
    begins, _, ends = text.partition("-")
    return Quiet(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))


def fill(text: Text, context: Mapping[str, object]) -> Text:
    """The template with its words. Raises MissingWord. A word is put in as it is: no markup, no further filling."""

    def word(found: re.Match[str]) -> str:
        if found[1] not in context:
            raise MissingWord(found[1])
        return str(context[found[1]])

    return Text(body=_WORD.sub(word, text.body).strip(), subject=one_line(_WORD.sub(word, text.subject)))


def one_line(text: str) -> str:
    """A text that can stand in a header: no line ends, no control characters, at most 200 characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]


def is_mail_address(text: str) -> bool:
    """Whether mail can be sent there: one plain address and nothing else."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether an SMS can be sent there: a mobile number of the mainland, blanks and hyphens apart."""
    return _PHONE.fullmatch(plain_phone(text)) is not None


def plain_phone(text: str) -> str:
    """A phone number without blanks and hyphens."""
    return re.sub(r"[\s-]", "", text)


def wait_before(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries in vain: 1, 2, 4 … minutes to six hours, scattered by `chance` in 0..1."""
    plain = min(FIRST_WAIT * int(2 ** (tries - 1)), LONGEST_WAIT)
    return plain * (1 + SCATTER * (2 * chance - 1))
