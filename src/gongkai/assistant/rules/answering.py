"""What is made of the model's answer: the expected names, checked; all else is dropped. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications.rules import reply
from gongkai.statutes import Decision, decisions

from .grounds import Ground, checked, doubtful, rests_on
from .masking import PLACEHOLDER, put_back

LONGEST_REASONS = 2000
MOST_GROUNDS, LONGEST_GROUND = 12, 120
_OPEN = re.compile(r"[（(]请承办人填写[）)]")  # what the model is told to write where it does not know
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*?)\n\s*```\s*\Z", re.DOTALL)


class WrongShape(Exception):
    """The answer is not the object that was asked for."""


@dataclass(frozen=True)
class Written:
    """One text of the reply as the model drafted it, and what about it nobody has verified."""

    name: str
    label: str
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A proposal for an officer. `kind` and `outcome` are None where the model named none that there is."""

    outcome: Decision | None
    kind: reply.Kind | None
    reasons: str
    fields: tuple[Written, ...]
    grounds: tuple[Ground, ...]

    @property
    def taken(self) -> dict[str, str]:
        """The texts that may stand in the form: those without doubts."""
        return {field.name: field.text for field in self.fields if not field.doubts}


def read(content: str, day: date) -> dict[str, Any]:
    """The expected names of the answer, in plain values, still masked. Raises `WrongShape`."""
    text = _THOUGHT.sub("", content)
    fenced = _FENCED.match(text)
    try:
        found = json.loads(fenced["inside"] if fenced else text)
    except (ValueError, RecursionError) as error:
        raise WrongShape from error
    if not isinstance(found, dict):
        raise WrongShape
    kind = _kind(found, day)
    outcome = kind.code if kind else _code(found, day)
    told = {
        "outcome": outcome,
        "kind": kind.name if kind else "",
        "reasons": _text(found.get("reasons"), LONGEST_REASONS),
        "fields": _fields(found.get("fields"), kind),
        "basis": _basis(found.get("basis")) if kind else [],
    }
    if not outcome and not told["reasons"]:
        raise WrongShape
    return told


def suggestion(told: Mapping[str, Any], back: Mapping[str, str], *, wanted: str, day: date) -> Suggestion:
    """What an officer is shown: the data put back, each article held against the law."""
    kind = reply.kinds().get(told["kind"])
    outcome = next((found for found in decisions(day) if found.code == told["outcome"]), None)
    if kind is None or outcome is None:
        return Suggestion(outcome, None, put_back(told["reasons"], back), (), ())
    rests = rests_on(kind, day)
    fields = []
    for field in kind.fields:
        if text := put_back(told["fields"].get(field.name, ""), back):
            doubts = [*doubtful(text, rests, said=wanted), *_OPEN.findall(text), *PLACEHOLDER.findall(text)]
            fields.append(Written(field.name, field.label, text, tuple(doubts)))
    return Suggestion(outcome, kind, put_back(told["reasons"], back), tuple(fields), checked(told["basis"], rests))


def _kind(found: Mapping[str, Any], day: date) -> reply.Kind | None:
    """The kind of reply that was named, of the outcome that was named; the only one of an outcome needs no name."""
    code = _code(found, day)
    of_code = [kind for kind in reply.kinds().values() if kind.code == code]
    named = [kind for kind in of_code if kind.name == found.get("kind")]
    fitting = named or (of_code if len(of_code) == 1 else [])
    return fitting[0] if fitting else None


def _code(found: Mapping[str, Any], day: date) -> str:
    code = found.get("outcome")
    return code if isinstance(code, str) and code in {row.code for row in decisions(day)} else ""


def _fields(found: Any, kind: reply.Kind | None) -> dict[str, str]:
    if kind is None or not isinstance(found, dict):
        return {}
    texts = {field.name: _text(found.get(field.name), reply.LONGEST) for field in kind.fields}
    return {name: text for name, text in texts.items() if text}


def _basis(found: Any) -> list[str]:
    named = found if isinstance(found, list) else [found]
    texts = [_text(one, LONGEST_GROUND) for one in named[:MOST_GROUNDS]]
    return [text for text in texts if text]


def _text(found: Any, longest: int) -> str:
    """A text without signs that nobody sees; "" for what is none."""
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found if sign == "\n" or sign.isprintable()).strip()[:longest]
