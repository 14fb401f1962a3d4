"""What the pages of administration show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import get_language

from gongkai.notifications import selectors as notices
from gongkai.notifications.enums import Channel
from gongkai.notifications.rules import Text
from gongkai.notifications.services import spoken
from gongkai.statutes import LawError, law
from gongkai.statutes.law import plain

LANGUAGES = {"zh-hans": "中文", "en": "English"}


@dataclass(frozen=True)
class WordingRow:
    """One notice's words, and what leads to them."""

    event: str
    label: str
    language: str
    language_name: str
    channel: Channel
    text: Text


@dataclass(frozen=True)
class ParameterRow:
    """One number that this house may set."""

    name: str
    label: str
    value: str
    basis: str
    reason: str


def wordings() -> list[WordingRow]:
    """Every notice, language and channel, in the order of the events."""
    return [
        WordingRow(event, label_of(event), language, LANGUAGES[language], channel, text)
        for event in notices.events()
        for language, by_channel in spoken(event).texts.items()
        for channel, text in by_channel.items()
    ]


def label_of(event: str) -> str:
    """What people call a notice, in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return spoken(event).label[language]


def text_of(event: str, language: str, channel: str) -> Text | None:
    """The words of one notice; None when there are none."""
    if event not in notices.events() or channel not in set(Channel):
        return None
    return spoken(event).texts.get(language, {}).get(Channel(channel))


def words_of(event: str) -> list[str]:
    """The names that may stand between double braces."""
    return sorted(spoken(event).words)


def parameters() -> list[ParameterRow]:
    """Everything that may be set, with its value today."""
    today, rows = localdate(), []
    for parameter in law().parameters.values():
        if not parameter.settable:
            continue
        try:
            value = law().in_force(parameter.name, today)
        except LawError:
            continue
        own = law().overrides.get(parameter.name)
        rows.append(
            ParameterRow(parameter.name, parameter.label, str(plain(value)), value.basis, own.reason if own else "")
        )
    return rows
