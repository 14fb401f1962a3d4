"""The words of notices, as data: one YAML file an event in `data/templates`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml

from .enums import Channel
from .rules import Template, Text

FOLDER = Path(__file__).parent / "data" / "templates"
LANGUAGES = ("zh-hans", "en")


class UnknownEvent(Exception):
    """No template tells of this event."""


class BadTemplate(Exception):
    """A template that cannot be used; the message says which and why."""


@cache
def templates() -> dict[str, Template]:
    """Every template, by event. Raises BadTemplate."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def template(event: str) -> Template:
    """The template of an event. Raises UnknownEvent."""
    try:
        return templates()[event]
    except KeyError as error:
        raise UnknownEvent(f"No template in notifications/data/templates tells of {event}.") from error


def read(path: Path) -> Template:
    """One file. Every language has words for the same channels, and the same words to fill in. Raises BadTemplate."""
    data: dict[str, Any] = from_yaml(path.read_text(encoding="utf-8"))
    try:
        texts = {language: _texts(data[language]) for language in LANGUAGES}
        label = {language: str(data[language]["label"]) for language in LANGUAGES}
        made = Template(path.stem, label, bool(data.get("urgent", False)), texts)
    except (KeyError, TypeError, ValueError) as error:
        raise BadTemplate(f"{path.name}: {error!r} is missing or will not do.") from error
    if any(set(by_channel) != made.channels for by_channel in texts.values()):
        raise BadTemplate(f"{path.name}: the languages have words for different channels.")
    if any(Template(path.stem, label, False, {language: texts[language]}).words != made.words for language in texts):
        raise BadTemplate(f"{path.name}: the languages ask for different words.")
    return made


def _texts(data: dict[str, Any]) -> dict[Channel, Text]:
    found = {Channel(name): value for name, value in data.items() if name != "label"}
    if not found:
        raise KeyError("a channel")
    return {
        channel: Text(str(value["body"]), str(value["subject"])) if isinstance(value, dict) else Text(str(value))
        for channel, value in found.items()
    }
