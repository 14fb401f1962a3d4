"""What the pages of administration show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language

from gongkai.accounts import selectors as accounts
from gongkai.house_rules import rules
from gongkai.house_rules.selectors import history
from gongkai.notifications import selectors as notices
from gongkai.notifications.enums import Channel
from gongkai.notifications.rules import Text
from gongkai.notifications.services import spoken
from gongkai.statutes import Parameter, Value, law
from gongkai.statutes.units import label_of as unit_of

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
    topic: str
    value: str
    basis: str
    reason: str
    coming: tuple[Value, ...]


@dataclass(frozen=True)
class Step:
    """A number from one day on."""

    since: date
    value: str
    basis: str
    now: bool


@dataclass(frozen=True)
class Decided:
    """A decision, its value as it is read, who made it, and whether it can still be taken back."""

    row: Any
    value: str
    by: str
    early: bool


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


def settable(name: str) -> Parameter | None:
    """A number that this house may set; None for another."""
    found = law().parameters.get(name)
    return found if found is not None and found.settable else None


def parameters() -> list[ParameterRow]:
    """Everything that may be set, with its value today and what has been decided for later, in the order of topics."""
    found = [_row(parameter, localdate()) for parameter in law().parameters.values() if parameter.settable]
    return sorted(found, key=lambda row: list(law().topics.values()).index(row.topic))


def _row(parameter: Parameter, today: date) -> ParameterRow:
    values = law().timeline(parameter.name)
    value = _in_force(values, today)
    return ParameterRow(
        parameter.name,
        parameter.label,
        law().topics[parameter.topic],
        said(parameter, value.value),
        value.basis,
        value.reason,
        tuple(later for later in values if later.since > today and later.reason),
    )


def steps(parameter: Parameter) -> list[Step]:
    """A number through time, the latest first."""
    values, today = law().timeline(parameter.name), localdate()
    now = _in_force(values, today)
    return [Step(one.since, said(parameter, one.value), one.basis, one is now) for one in reversed(values)]


def now_of(parameter: Parameter) -> Value:
    """A number as it stands today; before its first day, as it will first stand."""
    return _in_force(law().timeline(parameter.name), localdate())


def _in_force(values: tuple[Value, ...], today: date) -> Value:
    return next((value for value in reversed(values) if value.since <= today), values[0])


def said(parameter: Parameter, value: object) -> str:
    """A value with its unit, as it is read."""
    text = rules.written(parameter, value)
    return f"{text} {unit_of(parameter.unit)}" if parameter.unit in rules.MOST else text


def setting(parameter: Parameter) -> dict[str, object]:
    """What the page of one number shows."""
    rows, today = list(history(parameter.name)), localdate()
    by = accounts.by_ids({int(row.decided_by) for row in rows if row.decided_by.isdecimal()})
    names = {str(pk): person.name for pk, person in by.items()}
    return {
        "parameter": parameter.name,
        "topic": law().topics[parameter.topic],
        "confirmed": parameter.confirmed,
        "counted": parameter.unit in rules.COUNTED,
        "steps": steps(parameter),
        "decisions": [
            Decided(row, said_of(parameter, row), names.get(row.decided_by, row.decided_by), row.since > today)
            for row in rows
        ],
    }


def said_of(parameter: Parameter, row: Any) -> str:
    """The value of a decision, as it is read."""
    return said(parameter, rules.taken_out(parameter, row.value))
